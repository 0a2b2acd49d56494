package desk

import (
	"context"
	"fmt"
	"path"
	"strings"
	"sync"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// collect is the work of a job that takes in what sources hold, with a line for each file and what it became. names are how
// the sources are called in the lines; a source that has no name is a mailbox, whose files get lines as they come.
func (c *call) collect(ctx context.Context, o *office.Office, j *job, what string, names, sources []string) (said, to string, err error) {
	return collectInto(ctx, c.live, c.speech, o, j, collection{what: what, names: names, sources: sources})
}

// collection is what is collected. ask gives the password of a mailbox.
type collection struct {
	what           string
	names, sources []string
	options        post.CollectOptions
	ask            func(string) (string, error)
}

func collectInto(ctx context.Context, l *live, s speech, o *office.Office, j *job, x collection) (said, to string, err error) {
	list := &lines{job: j, speech: s, byFile: map[string][]int{}, bySource: make([][]int, len(x.sources))}
	for i, name := range x.names {
		if name != "" {
			list.add(i, jobLine{What: name, Became: s.T("waiting"), Shape: "none"})
		}
	}
	f, unlock, _, err := o.OpenToWrite(l.dir, "desk: "+x.what)
	if err != nil {
		return "", "", err
	}
	defer unlock()
	x.options.Took = list.took
	out, err := (&post.Post{Office: o, Ask: x.ask, Accounts: l.desk.accounts(s)}).Collect(ctx, f, x.sources, x.options)
	if err != nil {
		return "", "", err
	}
	o.Parsed = list.parsed
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return "", "", err
	}
	list.settle(in, f)
	said = s.N(out.New, "%d file is new", "%d files are new") + s.N(out.Duplicates, ", %d was here already", ", %d were here already")
	if out.Attachments > 0 {
		said += s.N(out.Attachments, ", %d was kept as evidence", ", %d were kept as evidence")
	}
	if n := len(out.Events); n > 0 {
		said += s.N(n, ", %d message says what became of one of yours", ", %d messages say what became of yours")
	}
	var problems []string
	for _, p := range out.Problems {
		problems = append(problems, s.upper(strings.TrimSuffix(p, "."))+".")
	}
	if out.New+out.Duplicates == 0 && len(problems) > 0 { // what is in the way is all there is to say
		return s.T("Nothing was collected.") + " " + strings.Join(problems, " "), "", nil
	}
	return strings.Join(append([]string{said + "."}, problems...), " "), "", nil
}

// lines are those of a job that collects. Files are read by several goroutines.
type lines struct {
	job    *job
	speech speech
	mu     sync.Mutex
	// byFile are the lines of a file in returns/, bySource those of a source.
	byFile   map[string][]int
	bySource [][]int
	list     []jobLine
	isNew    map[string]bool
	told     map[int]bool
	// little are the recipients whose return counts with very little in it.
	little map[string]bool
}

func (l *lines) add(source int, x jobLine) int {
	l.list = append(l.list, x)
	l.bySource[source] = append(l.bySource[source], len(l.list)-1)
	l.job.setLines(l.list)
	return len(l.list) - 1
}

// took notes what became of one thing that a source held. The first takes the line of its source; more get lines of their
// own.
func (l *lines) took(x post.Taken) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.told == nil {
		l.told, l.isNew = map[int]bool{}, map[string]bool{}
	}
	name := strings.Join(x.Path, " › ")
	i := -1
	if own := l.bySource[x.Source]; len(own) > 0 && !l.told[own[0]] {
		i = own[0]
		if len(x.Path) > 1 {
			l.list[i].What = name
		}
	} else {
		i = l.add(x.Source, jobLine{What: name})
	}
	l.told[i] = true
	line := &l.list[i]
	switch {
	case x.Problem != "":
		line.Became, line.Shape, line.Found = l.speech.T("could not be read"), "out", x.Problem
	case x.Finding != nil && x.Finding.Code == models.FileOwnerTemporary:
		line.Became, line.Shape, line.Found, line.Code = l.speech.T("passed over"), "past", x.Finding.Message, x.Finding.Code
	case x.Finding != nil:
		line.Became, line.Shape, line.Found, line.Code = l.speech.T("could not be taken"), "out", x.Finding.Message+" "+x.Finding.Remedy, x.Finding.Code
	case x.Beside:
		line.Became, line.Shape, line.Found = l.speech.T("evidence"), "past", l.speech.T("It came beside a return, and is kept with it where that counts.")
	default:
		line.Became, line.Shape = l.speech.T("copied"), "part"
		l.byFile[x.File] = append(l.byFile[x.File], i)
		if x.New {
			l.isNew[x.File] = true
		} else if !l.isNew[x.File] || len(l.byFile[x.File]) > 1 {
			line.Became, line.Shape = l.speech.T("already here"), "past"
			line.Found = l.speech.T("The same bytes as %s. Not copied again.", x.File)
		}
	}
	l.job.setLines(l.list)
}

// parsed notes that a file is being read.
func (l *lines) parsed(file string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, i := range l.byFile[file] {
		if l.list[i].Shape == "part" {
			l.list[i].Became = l.speech.T("read")
		}
	}
	l.job.setLines(l.list)
}

// settle says at the end what the register says of each file.
func (l *lines) settle(in *office.Intake, f *office.Folder) {
	l.mu.Lock()
	defer l.mu.Unlock()
	names := map[string]string{}
	for _, rc := range f.Recipients {
		names[rc.ID] = rc.Name
	}
	entries := map[string]models.Entry{}
	for _, e := range in.Register.Entries {
		entries[e.Recipient.ID] = e
	}
	l.little = map[string]bool{}
	for _, e := range in.LittleFilled(f) {
		l.little[e.Recipient.ID] = true
	}
	for k := range in.Register.Files {
		line := &in.Register.Files[k]
		for _, file := range []string{line.File, holder(line.File)} {
			for _, i := range l.byFile[file] {
				l.became(&l.list[i], line, names, entries)
			}
			if file == holder(file) {
				break
			}
		}
	}
	for i := range l.list {
		if !l.told[i] {
			l.list[i].Became, l.list[i].Shape, l.list[i].Found = l.speech.T("passed over"), "past", l.speech.T("A file that a system keeps for itself; nothing of it is a return.")
		}
	}
	l.job.setLines(l.list)
}

// holder is the file in returns/ that holds another.
func holder(file string) string { before, _, _ := strings.Cut(file, "!"); return before }

func (l *lines) became(x *jobLine, line *models.FileLine, names map[string]string, entries map[string]models.Entry) {
	x.To = line.File
	if x.Shape == "past" && x.Found != "" { // it was here before
		x.Whose = names[line.Recipient]
		return
	}
	st := l.speech.statusOf(line.Status)
	x.Became, x.Shape, x.Whose = st.Text, st.Shape, names[line.Recipient]
	if line.Status == models.Counted {
		e := entries[line.Recipient]
		x.Found = l.speech.T("%d of %d answers", e.Answered, e.Criteria)
		if l.little[line.Recipient] {
			x.Found += l.speech.T(", very little")
		}
		errors, warnings, _ := models.Count(line.Findings)
		if errors > 0 {
			x.Found += l.speech.N(errors, ", %d error", ", %d errors")
		}
		if warnings > 0 {
			x.Found += l.speech.N(warnings, ", %d thing to look at", ", %d things to look at")
			if f := firstWarning(line); errors == 0 && f != nil { // how many alone tells nobody whether it matters
				x.Found, x.Code = x.Found+": "+text.Cut(f.Message, 100, "…"), f.Code
			}
		}
		return
	}
	if f := reason(line); f != nil {
		x.Found, x.Code = fmt.Sprintf("%s %s", f.Message, f.Remedy), f.Code
	}
	if x.What == "" {
		x.What = path.Base(line.File)
	}
}

// firstWarning is the first thing to look at in a file.
func firstWarning(line *models.FileLine) *models.Finding {
	for i := range line.Findings {
		if line.Findings[i].Severity == models.Warning {
			return &line.Findings[i]
		}
	}
	return nil
}

// setLines shows these lines in place of those before.
func (j *job) setLines(list []jobLine) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines[:0:0], list...)
}
