package office

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/xlsx/findings"
)

// ValidateOptions say which findings are looked at.
type ValidateOptions struct {
	// Files are paths inside returns/, or names of files there; none stand for all.
	Files []string
	// Corrections writes results/corrections/ as well.
	Corrections bool
}

// ValidateResult is the findings of the files that were asked for.
type ValidateResult struct {
	// Files is how many files came back in all.
	Files    int
	Findings []models.Finding
	// Corrections counts the workbooks to send back; NotMarked are returns of which there cannot be one, such as .ods.
	Corrections int
	NotMarked   []NotMarked
	Notes       []Note
}

// Validate lists the findings and writes all of them into results/findings.xlsx. The folder is open to write.
func (o *Office) Validate(ctx context.Context, f *Folder, opts ValidateOptions) (out ValidateResult, err error) {
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return out, err
	}
	out.Files, out.Notes = len(in.Register.Files), in.Notes
	if err := o.keepAttachments(ctx, f, in); err != nil {
		return out, err
	}
	if out.Findings, err = findingsOf(in, opts.Files); err != nil {
		return out, err
	}
	link, err := f.linksTo(in)
	if err != nil {
		return out, err
	}
	names := map[string]string{}
	for _, rc := range f.Recipients {
		names[rc.ID] = rc.Name
	}
	err = f.WriteFile("results/findings.xlsx", func(w io.Writer) error { return findings.Write(w, f.Config, f.Template, in.Findings, names, link) })
	if err == nil && opts.Corrections {
		var made Corrections
		made, err = o.writeCorrections(ctx, f, in)
		out.Corrections, out.NotMarked = made.Written, made.NotMarked
		out.Notes = append(out.Notes, f.NoteTouched(InCorrections, made.Touched)...)
		slices.Sort(made.names)
		out.Notes = append(out.Notes, f.noteDeep(made.names)...)
	}
	return out, err
}

// linksTo says where the file of a finding lies in returns/; "" where nobody should open it by a click: it was rejected, or
// was made to do harm, or holds a file of which that is so.
func (f *Folder) linksTo(in *Intake) (func(file string) string, error) {
	files, _, err := f.ReturnFiles()
	if err != nil {
		return nil, err
	}
	lies := map[string]bool{}
	for _, x := range files {
		lies[x.File] = true
	}
	// holder is the file in returns/ that holds another: names may have a ! of their own.
	holder := func(file string) string {
		for end := len(file); end > 0; end = strings.LastIndexByte(file[:end], '!') {
			if lies[file[:end]] {
				return file[:end]
			}
		}
		return ""
	}
	shunned := map[string]bool{}
	for _, line := range in.Register.Files {
		if line.Status == models.Rejected {
			shunned[holder(line.File)] = true
		}
	}
	for _, x := range in.Findings {
		if x.Code == models.FileHostile {
			shunned[holder(x.Origin.File)] = true
		}
	}
	return func(file string) string {
		if h := holder(file); !shunned[h] {
			return h
		}
		return ""
	}, nil
}

// findingsOf keeps the findings of the files named; a name that fits no file is refused.
func findingsOf(in *Intake, files []string) ([]models.Finding, error) {
	if len(files) == 0 {
		return in.Findings, nil
	}
	wanted := map[string]bool{}
	for _, name := range files {
		name = namedInReturns(name)
		found := filesCalled(name, len(in.Register.Files), func(i int) string { return in.Register.Files[i].File })
		if len(found) == 0 {
			return nil, noFile(name)
		}
		for _, i := range found {
			wanted[in.Register.Files[i].File] = true
		}
	}
	var out []models.Finding
	for _, x := range in.Findings {
		if wanted[x.Origin.File] {
			out = append(out, x)
		}
	}
	return out, nil
}

// namedInReturns is a name as people write it, as a path inside returns/.
func namedInReturns(name string) string {
	return strings.TrimPrefix(path.Clean(strings.ReplaceAll(strings.TrimSpace(name), `\`, "/")), "returns/")
}

// filesCalled are the places of the files that a person calls so, by path or by name alone; or else the one that differs in
// upper and lower case only, which Windows and macOS take for the same.
func filesCalled(name string, n int, file func(int) string) (found []int) {
	var folded []int
	for i := range n {
		switch f := file(i); {
		case f == name, path.Base(f) == name:
			found = append(found, i)
		case strings.EqualFold(f, name), strings.EqualFold(path.Base(f), name):
			folded = append(folded, i)
		}
	}
	if len(found) == 0 && len(folded) == 1 {
		return folded
	}
	return found
}

// noFile says that there is no such file in returns/; before names the option that named it.
func noFile(name string, before ...any) error {
	return Bad(append(before, fmt.Sprintf("there is no file %q in returns/; name it by its path there", name))...).with(actions.Status.On())
}
