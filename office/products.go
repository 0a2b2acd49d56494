package office

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
)

// Product is something that is made of what came back, as it lies in results/.
type Product struct {
	// Name is its place in the round folder, slash-separated: a file, or a folder of many, which ends in a slash.
	Name string
	// Files counts what is there, 0 for nothing; Size is how many bytes that is.
	Files int
	Size  int64
	// Made is when the newest of it was written.
	Made time.Time
	// Old counts what no longer shows what came back; Withdrawn what nothing stands behind any more.
	Old, Withdrawn int
	// Leaves says that it is made for those outside the office, by the rules of what may be shown.
	Leaves bool
}

// The products of a round.
const (
	ConsolidatedWorkbook = consolidatedFile
	PublishedWorkbook    = publishedFile
	FindingsWorkbook     = "results/findings.xlsx"
	OverviewReport       = overviewFile
	MergedSummaries      = mergedFile
	Summaries            = "results/pdf/"
	DataFiles            = "results/data/"
	CorrectionWorkbooks  = "results/corrections/"
	PlansWorkbook        = plansFile
	ActionPlans          = "results/plans/"
)

// Products says what of each product there is, and whether it still shows what came back. They are always the same, in the
// order in which an office looks at them.
func (o *Office) Products(ctx context.Context, f *Folder, in *Intake) ([]Product, error) {
	old, err := o.oldResults(ctx, f, in)
	if err != nil {
		return nil, err
	}
	oldSummaries, err := f.outdated(in)
	if err != nil {
		return nil, err
	}
	withdrawn, err := f.withdrawn(in)
	if err != nil {
		return nil, err
	}
	var out []Product
	for _, name := range []string{ConsolidatedWorkbook, FindingsWorkbook, OverviewReport, Summaries, MergedSummaries, DataFiles, PublishedWorkbook, CorrectionWorkbooks, PlansWorkbook, ActionPlans} {
		p := Product{Name: name, Leaves: name == PublishedWorkbook || name == Summaries || name == MergedSummaries || name == ActionPlans}
		p.look(f)
		switch {
		case p.Files == 0:
		case name == Summaries:
			p.Old, p.Withdrawn = len(oldSummaries), len(withdrawn)
		case name == DataFiles && old[ConsolidatedWorkbook], name == FindingsWorkbook && in.newerThan(f, name), old[name]:
			p.Old = p.Files
		}
		out = append(out, p)
	}
	return out, nil
}

// look counts the files of a product.
func (p *Product) look(f *Folder) {
	one := func(info fs.FileInfo) {
		if !info.Mode().IsRegular() {
			return
		}
		p.Files++
		p.Size += info.Size()
		if info.ModTime().After(p.Made) {
			p.Made = info.ModTime()
		}
	}
	names, _ := f.FilesOf(p.Name)
	for _, name := range names {
		if info, err := os.Lstat(f.path(name)); err == nil {
			one(info)
		}
	}
}

// OpenProduct opens a file of results/ or outbox/ to read; name is slash-separated. A name that leads out of these is
// refused. The caller closes the file.
func (f *Folder) OpenProduct(name string) (*os.File, error) {
	if !fs.ValidPath(name) || !strings.HasPrefix(name, "results/") && !strings.HasPrefix(name, "outbox/") {
		return nil, unreadable(name, fs.ErrNotExist)
	}
	root, err := os.OpenRoot(f.Dir)
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer root.Close()
	file, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, unreadable(name, err)
	}
	return file, nil
}

// Disclosure is the plan of what may be shown outside the office, and the day of the set of returns that it compares with;
// the day is zero where that is what counts now. The plan is not to be changed.
func (o *Office) Disclosure(ctx context.Context, f *Folder, in *Intake) (*models.Disclosure, time.Time, error) {
	c, err := o.compareWith(ctx, f, in, nil, false)
	if err != nil {
		return nil, time.Time{}, err
	}
	return c.plan, c.plan.AsOf, nil
}

// FilesOf lists the files of a product, slash-separated.
func (f *Folder) FilesOf(product string) ([]string, error) {
	dir, many := strings.CutSuffix(product, "/")
	if !many {
		if f.isThere(product) {
			return []string{product}, nil
		}
		return nil, nil
	}
	entries, err := os.ReadDir(f.path(dir))
	if err != nil {
		return nil, nil // what is not there holds nothing
	}
	var out []string
	for _, e := range entries {
		if name := product + e.Name(); e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") && name != OverviewReport && name != MergedSummaries {
			out = append(out, name)
		}
	}
	return out, nil
}
