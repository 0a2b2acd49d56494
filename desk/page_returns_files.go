package desk

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
)

// fileRow is a file that came back, and what became of it.
type fileRow struct {
	File, To, Whose, WhoseTo, Why string
	Kind                          string
	// Code is that of the finding that says why.
	Code models.Code
	// Guessed says that nothing but the file's name, or what nothing confirms, says whose it is.
	Guessed bool
	St      shaped
	// Do says what is to be done, DoTo where; For is said with it to those who do not see the row.
	Do, DoTo string
}

// number writes a whole number.
func (c *call) number(n int) string { return strconv.Itoa(n) }

// upper begins a word with a capital.
func (speech) upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// statusOf is a status in words, with its shape.
func (s speech) statusOf(status models.Status) shaped {
	switch status {
	case models.Returned:
		return shaped{"in", s.T("returned")}
	case models.Partial:
		return shaped{"part", s.T("in part")}
	case models.Outstanding:
		return shaped{"none", s.T("outstanding")}
	case models.Late:
		return shaped{"none", s.T("late")}
	case models.Corrections:
		return shaped{"look", s.T("corrections to make")}
	case models.Counted:
		return shaped{"in", s.T("counts")}
	case models.PlanCounts:
		return shaped{"in", s.T("action plan")}
	case models.ViewCounts:
		return shaped{"part", s.T("view of a respondent")}
	case models.Superseded:
		return shaped{"past", s.T("superseded")}
	case models.Waiting:
		return shaped{"look", s.T("not confirmed")}
	case models.Rejected:
		return shaped{"out", s.T("rejected")}
	case models.Unidentified:
		return shaped{"look", s.T("whose is it?")}
	}
	return shaped{"past", s.T("passed over")}
}

// passedOver stands for a file that is looked at and not read.
const passedOver models.Status = "passed over"

// fileRows has a row for each file in returns/, and for what was passed over there.
func (c *call) fileRows() []fileRow {
	in := c.view.Intake
	names := c.names()
	var out []fileRow
	known := map[string]bool{}
	for i := range in.Register.Files {
		line := &in.Register.Files[i]
		known[line.File] = true
		for _, a := range line.Attachments {
			known[a.From] = true
		}
		out = append(out, c.fileRow(line, names))
	}
	for _, f := range in.Findings {
		if file := f.Origin.File; file != "" && !known[file] {
			known[file] = true
			out = append(out, fileRow{File: file, Kind: string(passedOver), St: c.statusOf(passedOver), Why: f.Message, Code: f.Code, Do: f.Remedy})
		}
	}
	return out
}

// names are the recipients' names by id.
func (c *call) names() map[string]string {
	names, _ := once(c.view, "names", func() (map[string]string, error) {
		out := map[string]string{}
		for _, rc := range c.view.Folder.Recipients {
			out[rc.ID] = rc.Name
		}
		return out, nil
	})
	return names
}

func (c *call) fileRow(line *models.FileLine, names map[string]string) fileRow {
	r := fileRow{File: line.File, To: c.to("return", "file", line.File), Kind: string(line.Status), St: c.statusOf(line.Status), Whose: names[line.Recipient]}
	if r.Whose == "" && len(line.Candidates) > 0 {
		r.Whose, r.Guessed = names[line.Candidates[0]], true
	}
	if f := reason(line); f != nil {
		r.Why, r.Code = f.Message, f.Code
	}
	switch line.Status {
	case models.Rejected:
		r.Do, r.DoTo = c.T("Write to the sender"), r.To+"#write"
	case models.Unidentified:
		r.Do, r.DoTo = c.T("Say whose it is"), c.decideAbout(line.File)
	case models.Waiting:
		r.Do, r.DoTo = c.T("Decide whether it counts"), c.decideAbout(line.File)
	case models.Superseded:
		r.Do = c.T("nothing to do")
	}
	return r
}

// decideAbout is where a person decides about a file.
func (c *call) decideAbout(file string) string { return c.to("decide", "file", file) }

// reason is the finding that says why a file is what it is: the first error, or else the first that is no repair.
func reason(line *models.FileLine) *models.Finding {
	order := map[models.Severity]int{models.Error: 0, models.Warning: 1, models.Repair: 2}
	var best *models.Finding
	for i := range line.Findings {
		f := &line.Findings[i]
		if line.Status == models.Superseded && f.Code == models.SupersededFile {
			return f
		}
		if best == nil || order[f.Severity] < order[best.Severity] {
			best = f
		}
	}
	return best
}

// takenUp says that a file counts for something: as a return, a plan or a view.
func takenUp(r fileRow) bool {
	return r.Kind == string(models.Counted) || r.Kind == string(models.PlanCounts) || r.Kind == string(models.ViewCounts)
}

// listFiles narrows the files down as the address asks for: those that do not count, where it says nothing.
func (c *call) listFiles(p *returnsPage, all []fileRow) {
	chosen := c.query("files")
	counts := map[string]int{}
	not := 0
	for _, r := range all {
		if counts[r.Kind]++; !takenUp(r) {
			not++
		}
	}
	option := func(value, text string, n int) {
		if n > 0 || value == chosen {
			p.FileKinds.Options = append(p.FileKinds.Options, facetOption{text, c.withFiles(value, 1), n, value == chosen})
		}
	}
	p.FileKinds.Name = c.T("Files")
	p.FileKinds.Options = []facetOption{{c.T("That do not count"), c.withFiles("", 1), not, chosen == ""}}
	option("all", c.T("All"), len(all))
	for _, s := range []models.Status{models.Counted, models.PlanCounts, models.ViewCounts, models.Unidentified, models.Waiting, models.Rejected, models.Superseded, passedOver} {
		option(string(s), c.upper(c.statusOf(s).Text), counts[string(s)])
	}
	shown := slices.DeleteFunc(slices.Clone(all), func(r fileRow) bool {
		return chosen == "" && takenUp(r) || chosen != "" && chosen != "all" && r.Kind != chosen
	})
	if p.FilesTitle = c.T("Files that do not count"); chosen != "" {
		p.FilesTitle = c.T("Files that came back")
		p.Kept = append(p.Kept, [2]string{"files", chosen})
	}
	p.FilesTotal = len(all)
	at, _ := strconv.Atoi(c.query("fp"))
	pages := max((len(shown)+rowsAPage-1)/rowsAPage, 1)
	at = min(max(at, 1), pages)
	from, to := (at-1)*rowsAPage, min(at*rowsAPage, len(shown))
	p.FilePages = pager{Total: len(shown), Pages: pages, From: from + 1, To: to}
	if at > 1 {
		p.FilePages.Before = c.withFiles(chosen, at-1)
	}
	if at < pages {
		p.FilePages.After = c.withFiles(chosen, at+1)
	}
	p.Files = shown[from:to]
}

// withFiles is the page's address with another choice of files, and a page of theirs.
func (c *call) withFiles(value string, at int) string {
	u, err := url.Parse(c.with("files", value))
	if err != nil {
		return c.to("returns")
	}
	q := u.Query()
	q.Del("fp")
	if at > 1 {
		q.Set("fp", strconv.Itoa(at))
	}
	u.RawQuery, u.Fragment = q.Encode(), "files-list"
	return strings.TrimSuffix(u.String(), "?")
}
