package checks_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
)

// Several returns of one recipient, as a table: file, saved, received, level of all answers. The one that
// counts is named in want.
func TestSeveralReturns(t *testing.T) {
	cases := []struct {
		name    string
		returns string
		edit    func(w *world)
		want    string
		codes   []models.Code // of the one that counts
	}{
		{"the latest saved counts", `
			a.xlsx | 2026-03-01 10:00 | 2026-03-04 10:00 | 2
			b.xlsx | 2026-03-02 10:00 | 2026-03-03 10:00 | 3`, nil, "b.xlsx", []models.Code{models.SeveralReturns}},
		{"the first, where the round prefers it", `
			a.xlsx | 2026-03-01 10:00 | 2026-03-04 10:00 | 2
			b.xlsx | 2026-03-02 10:00 | 2026-03-03 10:00 | 3`, func(w *world) { w.Round.Prefer = "first" }, "a.xlsx", []models.Code{models.SeveralReturns}},
		{"the command goes before the round", `
			a.xlsx | 2026-03-01 10:00 | 2026-03-04 10:00 | 2
			b.xlsx | 2026-03-02 10:00 | 2026-03-03 10:00 | 3`, func(w *world) { w.Round.Prefer = "first"; w.Prefer = "latest" }, "b.xlsx", []models.Code{models.SeveralReturns}},
		{"the one chosen by hand", `
			a.xlsx | 2026-03-01 10:00 | 2026-03-04 10:00 | 2
			b.xlsx | 2026-03-02 10:00 | 2026-03-03 10:00 | 3
			c.xlsx | 2026-03-03 10:00 | 2026-03-03 10:00 | 4`, func(w *world) { w.PreferFiles = []string{"b.xlsx"} }, "b.xlsx", []models.Code{models.SeveralReturns}},
		{"the one chosen by hand last", `
			a.xlsx | 2026-03-01 10:00 | 2026-03-04 10:00 | 2
			b.xlsx | 2026-03-02 10:00 | 2026-03-03 10:00 | 3
			c.xlsx | 2026-03-03 10:00 | 2026-03-03 10:00 | 4`, func(w *world) { w.PreferFiles = []string{"b.xlsx", "a.xlsx"} }, "a.xlsx", []models.Code{models.SeveralReturns}},
		{"no time of saving: by receipt", `
			a.xlsx |                  | 2026-03-04 10:00 | 2
			b.xlsx |                  | 2026-03-03 10:00 | 3`, nil, "a.xlsx", []models.Code{models.SeveralReturns, models.TimesContradict}},
		{"one without a time of saving: all by receipt", `
			a.xlsx | 2026-03-02 10:00 | 2026-03-02 11:00 | 2
			b.xlsx |                  | 2026-03-03 10:00 | 3
			c.xlsx | 2026-03-01 10:00 | 2026-03-04 10:00 | 4`, nil, "c.xlsx", []models.Code{models.SeveralReturns, models.TimesContradict}},
		{"saved at the same time: by receipt", `
			a.xlsx | 2026-03-02 10:00 | 2026-03-03 11:00 | 2
			b.xlsx | 2026-03-02 10:00 | 2026-03-02 10:00 | 3`, nil, "a.xlsx", []models.Code{models.SeveralReturns, models.TimesContradict}},
		{"the time that the workbook was made with is no time of saving", `
			a.xlsx | 2026-03-01 10:00 | 2026-03-02 11:00 | 2
			b.xlsx | 2026-01-12 00:00 | 2026-03-03 10:00 | 3`, nil, "b.xlsx", []models.Code{models.SeveralReturns, models.TimesContradict}},
		{"a library's invented time is none", `
			a.xlsx | 2026-03-01 10:00 | 2026-03-02 11:00 | 2
			b.xlsx | 2006-09-16 00:00 | 2026-03-03 10:00 | 3`, nil, "b.xlsx", []models.Code{models.SeveralReturns, models.TimesContradict}},
		{"saved long after it was received: a wrong clock", `
			a.xlsx | 2027-03-01 10:00 | 2026-03-02 11:00 | 2
			b.xlsx | 2026-03-02 00:00 | 2026-03-03 10:00 | 3`, nil, "b.xlsx", []models.Code{models.SeveralReturns, models.TimesContradict}},
		{"saved a little after it was received: another time zone", `
			a.xlsx | 2026-03-02 12:00 | 2026-03-02 07:00 | 2
			b.xlsx | 2026-03-01 00:00 | 2026-03-03 10:00 | 3`, nil, "a.xlsx", []models.Code{models.SeveralReturns}},
		{"nothing tells them apart", `
			a.xlsx |                  | 2026-03-02 11:00 | 2
			b.xlsx |                  | 2026-03-02 11:00 | 3`, nil, "b.xlsx", []models.Code{models.SeveralReturns, models.TimesContradict}},
		{"a later one without answers does not count", `
			a.xlsx | 2026-03-01 10:00 | 2026-03-04 10:00 | 2
			b.xlsx | 2026-03-02 10:00 | 2026-03-03 10:00 | -`, nil, "a.xlsx", nil},
		{"one return", `
			a.xlsx |                  | 2026-03-04 10:00 | 2`, nil, "a.xlsx", nil},
		{"saved on the due date, west of Greenwich", `
			a.xlsx | 2026-03-07 09:00 | 2026-03-07 10:00 | 2`, nil, "a.xlsx", nil},
		{"late", `
			a.xlsx | 2026-03-08 09:00 | 2026-03-08 10:00 | 2`, nil, "a.xlsx", []models.Code{models.ReturnedAfter}},
		{"received late, and saved nobody knows when", `
			a.xlsx |                  | 2026-03-08 10:00 | 2`, nil, "a.xlsx", []models.Code{models.ReturnedAfter}},
		{"saved in time, received late", `
			a.xlsx | 2026-03-05 10:00 | 2026-03-20 10:00 | 2`, nil, "a.xlsx", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			if c.edit != nil {
				c.edit(w)
			}
			w.Returns = returns(t, w, "001", c.returns)
			reg := checks.Register(w.RegisterInput)
			e := reg.Entries[0]
			if e.Status != models.Returned || e.File != c.want || e.Return == nil || e.Return.File != c.want {
				t.Errorf("got %s %q, want %q", e.Status, e.File, c.want)
			}
			if len(e.Others) != len(w.Returns)-1 {
				t.Errorf("others: %q", e.Others)
			}
			for _, line := range reg.Files {
				switch {
				case line.File == c.want:
					if got := codes(line.Findings); !slices.Equal(got, c.codes) && len(got)+len(c.codes) > 0 {
						t.Errorf("%s: got %q, want %q", line.File, got, c.codes)
					}
				case line.Status == models.Superseded:
					if got := codes(line.Findings); !slices.Equal(got, []models.Code{models.SupersededFile}) || len(line.Changes) == 0 {
						t.Errorf("%s: got %q with %d changes", line.File, got, len(line.Changes))
					}
				case line.Status != models.Rejected:
					t.Errorf("%s: %s", line.File, line.Status)
				}
			}
			if late := slices.Contains(c.codes, models.ReturnedAfter); e.ReturnedLate != late {
				t.Errorf("ReturnedLate is %v", e.ReturnedLate)
			}
		})
	}
}

// returns reads a table: file, saved, received, level of all answers (- for none).
func returns(t *testing.T, w *world, id, table string) []models.Return {
	var out []models.Return
	for line := range strings.Lines(table) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		f := strings.Split(line, "|")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		r := w.ret(t, f[0], id)
		r.Saved, r.Received = moment(t, f[1]), moment(t, f[2])
		level := 0
		if f[3] == "-" {
			r.SetAnswers(answers(t, "1.1|\n"))
		} else {
			fmt.Sscan(f[3], &level)
			r.SetAnswers(answers(t, strings.ReplaceAll(filled(level), fmt.Sprintf("|%d\n", level), fmt.Sprintf("|%d||a comment\n", level))))
		}
		out = append(out, r)
	}
	return out
}

func TestRegisterStatuses(t *testing.T) {
	w := newWorld(t)
	unfilled := w.ret(t, "3.xlsx", "003")
	unfilled.SetAnswers(answers(t, "1.1|"))
	old := newWorld(t)
	old.Round.ID, old.Key = "example-2025", []byte("another key")
	w.Returns = []models.Return{w.ret(t, "1.xlsx", "001"), unfilled, old.ret(t, "4.xlsx", "004")}
	status := func() (out []models.Status) {
		for _, e := range checks.Register(w.RegisterInput).Entries {
			out = append(out, e.Status)
		}
		return out
	}
	want := []models.Status{models.Returned, models.Late, models.Corrections, models.Late, models.Late, models.Late}
	if got := status(); !slices.Equal(got, want) {
		t.Errorf("after the due date: got %q, want %q", got, want)
	}
	w.Today = w.Round.Due
	want = []models.Status{models.Returned, models.Outstanding, models.Corrections, models.Outstanding, models.Outstanding, models.Outstanding}
	if got := status(); !slices.Equal(got, want) {
		t.Errorf("on the due date: got %q, want %q", got, want)
	}
	e := checks.Register(w.RegisterInput).Entries[0]
	if e.Answered != 30 || e.Criteria != 30 || e.Errors != 0 {
		t.Errorf("counts: %+v", e)
	}
}

func TestSameFile(t *testing.T) {
	w := newWorld(t)
	a, b := w.ret(t, "a.xlsx", "001"), w.ret(t, "b/a.xlsx", "001")
	b.Digest = a.Digest
	w.Returns = []models.Return{b, a}
	reg := checks.Register(w.RegisterInput)
	if reg.Entries[0].File != "a.xlsx" || reg.Files[1].Status != models.Superseded || !slices.Equal(codes(reg.Files[1].Findings), []models.Code{models.SameFile}) {
		t.Errorf("got %+v", reg)
	}
	if got := codes(reg.Files[0].Findings); len(got) != 0 {
		t.Errorf("the file itself: %q", got)
	}

	// Of nobody's file there is a copy too.
	w.Returns[0].Claims, w.Returns[1].Claims = nil, nil
	reg = checks.Register(w.RegisterInput)
	if got := codes(reg.Files[1].Findings); !slices.Equal(got, []models.Code{models.ManifestMissing, models.SameFile}) || reg.Files[1].Status != models.Unidentified {
		t.Errorf("got %q, %s", got, reg.Files[1].Status)
	}
}

func TestAssigned(t *testing.T) {
	lost := func(w *world) models.Return {
		r := w.ret(t, "a.xlsx", "001")
		r.Claims = nil
		return r
	}
	cases := []struct {
		name   string
		ret    func(w *world) models.Return
		to     string
		status models.Status
		id     string
		codes  []models.Code
	}{
		{"nothing says whose it is", lost, "002", models.Counted, "002", []models.Code{models.AssignedByHand}},
		{"against what the workbook says", func(w *world) models.Return { return w.ret(t, "a.xlsx", "001") }, "002", models.Counted, "002", []models.Code{models.AssignedByHand}},
		{"another round's workbook of the same template", func(*world) models.Return {
			old := newWorld(t)
			old.Round.ID, old.Key = "example-2025", []byte("another key")
			return old.ret(t, "a.xlsx", "001")
		}, "001", models.Counted, "001", []models.Code{models.AssignedByHand}},
		{"another round's workbook of another version", func(*world) models.Return {
			old := newWorld(t)
			old.Round.ID, old.Template.Version = "example-2025", "2"
			return old.ret(t, "a.xlsx", "001")
		}, "001", models.Rejected, "001", []models.Code{models.OtherTemplateVersion}},
		{"to nobody in the list", lost, "009", models.Unidentified, "", []models.Code{models.RecipientUnknown}},
		{"a file that cannot be read", func(*world) models.Return {
			return models.Return{File: "a.xlsx", Findings: []models.Finding{models.NewFinding(models.FileDamaged, models.Origin{File: "a.xlsx"}, "Damaged.")}}
		}, "001", models.Rejected, "001", []models.Code{models.AssignedByHand, models.FileDamaged}},
		{"a workbook that contradicts itself", func(w *world) models.Return {
			r := w.ret(t, "a.xlsx", "001")
			r.Findings = []models.Finding{models.NewFinding(models.ManifestContradictory, models.Origin{File: "a.xlsx"}, "Two values.")}
			return r
		}, "001", models.Counted, "001", []models.Code{models.AssignedByHand}},
		{"taken back", lost, "", models.Unidentified, "", []models.Code{models.ManifestMissing}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.Assigned["a.xlsx"] = c.to
			line := w.one(c.ret(w))
			if got := codes(line.Findings); line.Status != c.status || line.Recipient != c.id || !slices.Equal(got, c.codes) {
				t.Errorf("got %s for %q with %q, want %s for %q with %q", line.Status, line.Recipient, got, c.status, c.id, c.codes)
			}
		})
	}
}

func TestCopiedReturn(t *testing.T) {
	// table writes n answers with the comment pattern, which gets the row's number.
	table := func(n, level int, comment string) string {
		var b strings.Builder
		for i := 1; i <= n; i++ {
			text := comment
			if strings.Contains(text, "%d") {
				text = fmt.Sprintf(comment, i)
			}
			fmt.Fprintf(&b, "1.%d|%d||%s\n", i, level, text)
		}
		for i := n + 1; i <= 29; i++ {
			fmt.Fprintf(&b, "1.%d|%d||\n", i, level)
		}
		return b.String() + "1.30|0\n"
	}
	const own = "Our governors look at point %d every year"
	cases := []struct {
		name   string
		a, b   string
		copied bool
	}{
		{"all the same with texts of one's own", table(29, 3, own), table(29, 3, own), true},
		{"three speaking texts and all answers the same", table(3, 3, own), table(3, 3, own), true},
		{"two speaking texts and all answers the same", table(2, 3, own), table(2, 3, own), false},
		{"20 answers word for word, others not", table(20, 3, own), strings.Replace(table(20, 3, own), "1.25|3", "1.25|2", 1), true},
		{"19 answers word for word, others not", table(19, 3, own), strings.Replace(table(19, 3, own), "1.25|3", "1.25|2", 1), false},
		{"the same texts with other levels", table(29, 3, own), table(29, 2, own), false},
		{"all the same without texts", filled(3), filled(3), false},
		{"all the same with short texts", table(29, 3, "see policy"), table(29, 3, "see policy"), false},
		{"case and spaces apart", table(29, 3, own), strings.ToUpper(table(29, 3, own)), true},
		{"different", table(29, 3, own), table(29, 3, "We have not begun with %d, but mean to"), false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			a, b := w.ret(t, "a.xlsx", "001"), w.ret(t, "b.xlsx", "002")
			a.SetAnswers(answers(t, c.a))
			b.SetAnswers(answers(t, c.b))
			w.Returns = []models.Return{a, b}
			for i, line := range checks.Register(w.RegisterInput).Files {
				var message string
				for _, f := range line.Findings {
					if f.Code == models.CopiedReturn {
						message = f.Message
					}
				}
				if (message != "") != c.copied {
					t.Errorf("%s: copied is %v, want %v", line.File, message != "", c.copied)
				}
				if other := []string{"b.xlsx", "a.xlsx"}[i]; c.copied && !strings.Contains(message, other) {
					t.Errorf("%s: the message does not name %s: %s", line.File, other, message)
				}
			}
		})
	}
	// Two returns of one recipient are not copies of one another.
	w := newWorld(t)
	a, b := w.ret(t, "a.xlsx", "001"), w.ret(t, "b.xlsx", "001")
	a.SetAnswers(answers(t, cases[0].a))
	b.SetAnswers(answers(t, cases[0].b))
	w.Returns = []models.Return{a, b}
	for _, line := range checks.Register(w.RegisterInput).Files {
		if slices.Contains(codes(line.Findings), models.CopiedReturn) {
			t.Errorf("%s is taken for a copy of the same recipient's", line.File)
		}
	}
	// A sentence that a district gave to all its schools is no sign.
	w = newWorld(t)
	for i := 7; i <= 30; i++ {
		w.Recipients = append(w.Recipients, models.Recipient{ID: fmt.Sprintf("%03d", i), Name: fmt.Sprintf("Example School %02d", i)})
	}
	for i, rc := range w.Recipients {
		r := w.ret(t, rc.ID+".xlsx", rc.ID)
		r.SetAnswers(answers(t, strings.Replace(table(29, 3, own), "1.1|3", fmt.Sprintf("1.1|%d", i%5+1), 1)))
		r.Answers()[1].Comment.Value = "This school's own remark, number " + rc.ID
		w.Returns = append(w.Returns, r)
	}
	for _, line := range checks.Register(w.RegisterInput).Files {
		if slices.Contains(codes(line.Findings), models.CopiedReturn) {
			t.Errorf("%s: a text that 30 schools share is taken for copied", line.File)
		}
	}
}

// The register is the same in whatever order the files were read.
func TestRegisterOrder(t *testing.T) {
	w := newWorld(t)
	for i, id := range []string{"001", "001", "001", "002", "003", "004"} {
		r := w.ret(t, fmt.Sprintf("%c.xlsx", 'a'+i), id)
		r.SetAnswers(answers(t, filled(i%5+1)))
		w.Returns = append(w.Returns, r)
	}
	w.Returns[0].Saved = moment(t, "")
	w.Returns[2].Digest = w.Returns[1].Digest
	w.Returns[4].Claims = nil
	w.Returns[5].Claims[0].Manifest = w.manifest("002")
	w.Returns[5].Digest = w.Returns[4].Digest
	text := func() string {
		reg := checks.Register(w.RegisterInput)
		for i := range reg.Entries {
			reg.Entries[i].Return = nil
		}
		return fmt.Sprintf("%+v", reg)
	}
	want := text()
	before := slices.Clone(w.Returns)
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		random.Shuffle(len(w.Returns), func(i, j int) { w.Returns[i], w.Returns[j] = w.Returns[j], w.Returns[i] })
		if got := text(); got != want {
			t.Fatalf("the order of the files matters:\n%s\n%s", got, want)
		}
	}
	slices.SortFunc(w.Returns, func(a, b models.Return) int { return strings.Compare(a.File, b.File) })
	if !reflect.DeepEqual(w.Returns, before) {
		t.Error("the returns were changed")
	}
}

// Each file's line has the digest of the file, whatever became of it.
func TestRegisterDigests(t *testing.T) {
	w := newWorld(t)
	w.Returns = []models.Return{w.ret(t, "a.xlsx", "001"), w.ret(t, "b.xlsx", "001"), {File: "c.pdf", Digest: "digest of c.pdf"}}
	for _, line := range checks.Register(w.RegisterInput).Files {
		if want := "digest of " + line.File; line.Digest != want {
			t.Errorf("%s (%s): digest %q, want %q", line.File, line.Status, line.Digest, want)
		}
	}
}
