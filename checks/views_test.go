package checks_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
)

// viewWorld is splitWorld with three respondents of 001 who are asked for a view each.
func viewWorld(t testing.TB) *world {
	w := splitWorld(t)
	asked := []models.Part{views.PartOf("Ann", "", "Head of IT", nil), views.PartOf("Ben", "", "Teacher", nil), views.PartOf("Cy", "", "", nil)}
	w.Parts = map[string][]models.Part{"001": asked}
	w.MadeParts = map[string][]models.Part{"001": asked}
	return w
}

// consensusFrom is a consensus workbook made of some views, saved on the day of March; it becomes known as made.
func (w *world) consensusFrom(t testing.TB, file string, made []models.Return, day int, table string) models.Return {
	var list []views.View
	for _, ret := range made {
		list = append(list, views.View{Part: models.Part{ID: ret.Claims[0].Manifest.Part}, Digest: ret.Digest})
	}
	p := models.Part{ID: views.ConsensusID, Name: "Consensus", Topics: views.Sources(list)}
	if w.Consensus == nil {
		w.Consensus = map[string][]models.Part{}
	}
	w.Consensus["001"] = append(w.Consensus["001"], p)
	w.MadeParts["001"] = append(w.MadeParts["001"], p)
	defer func() { w.MadeParts["001"] = w.MadeParts["001"][:len(w.MadeParts["001"])-1] }()
	return w.partOf(t, file, "001", p.ID, day, table)
}

const (
	annSays = "a1|1\na2|2\na3|3\nb1|4\nb2|4\nc1|5"
	benSays = "a1|1\na2|4\na3|3\nb1|4\nb2|n/a|| none\nc1|5"
	cySays  = "a1|1\na2|2\na3|3\nb1|4\nb2|4\nc1|5"
	agreed  = "a1|1\na2|3\na3|3\nb1|4\nb2|4\nc1|5"
	partly  = "a1|1\na2|\na3|3\nb1|4\nb2|\nc1|5" // what Ann and Ben agree about
)

func TestViews(t *testing.T) {
	type file struct {
		name, who string
		day       int
		answers   string
		of        []string // for a consensus workbook, the views in it
		checked   bool
		signed    bool
	}
	ann, ben, cy := file{name: "ann.xlsx", who: "Ann", day: 1, answers: annSays}, file{name: "ben.xlsx", who: "Ben", day: 2, answers: benSays}, file{name: "cy.xlsx", who: "Cy", day: 3, answers: cySays}
	meeting := file{name: "meeting.xlsx", day: 9, answers: agreed, of: []string{"ann.xlsx", "ben.xlsx", "cy.xlsx"}, checked: true, signed: true}
	as := func(f file, change func(*file)) file { change(&f); return f }
	for _, c := range []struct {
		name    string
		files   []file
		settled string
		// counts is the file that counts, or files; status is the recipient's, back how many views are.
		counts    string
		consensus bool
		status    models.Status
		back      int
		codes     string // of severity error or warning, and those of views
	}{
		{name: "one view", files: []file{ann}, status: models.Late, back: 1, codes: "consensus-missing"},
		{name: "views differ: no dispute, and nothing counts", files: []file{ann, ben, cy}, status: models.Late, back: 3, codes: "consensus-missing"},
		{name: "a consensus counts", files: []file{ann, ben, cy, meeting}, counts: "meeting.xlsx", consensus: true, status: models.Returned, back: 3},
		{name: "nobody confirms what was proposed", files: []file{ann, ben, cy, as(meeting, func(f *file) { f.checked = false })}, counts: "meeting.xlsx", consensus: true, status: models.Returned, back: 3, codes: "consensus-unconfirmed"},
		{name: "nothing but what was proposed", files: []file{ann, ben, cy, as(meeting, func(f *file) { f.checked, f.signed, f.answers = false, false, partly })}, status: models.Corrections, back: 3, codes: "consensus-missing consensus-untouched"},
		{name: "nothing but what was proposed, and confirmed", files: []file{ann, ben, cy, as(meeting, func(f *file) { f.answers = partly })}, counts: "meeting.xlsx", consensus: true, status: models.Returned, back: 3, codes: "answer-missing"},
		{name: "a view comes after the consensus was made", files: []file{ann, ben, cy, as(meeting, func(f *file) { f.of = f.of[:2] })}, counts: "meeting.xlsx", consensus: true, status: models.Returned, back: 3, codes: "consensus-behind-views"},
		{name: "somebody sends another view after", files: []file{ann, ben, cy, as(ann, func(f *file) { f.name, f.day = "ann 2.xlsx", 8 }), meeting}, counts: "meeting.xlsx", consensus: true, status: models.Returned, back: 3, codes: "consensus-behind-views several-returns superseded"},
		{name: "two consensus workbooks: the later", files: []file{ann, ben, cy, meeting, as(meeting, func(f *file) { f.name, f.day, f.answers = "second.xlsx", 10, annSays })}, counts: "second.xlsx", consensus: true, status: models.Returned, back: 3, codes: "several-returns superseded"},
		{name: "all agree: they count together", files: []file{ann, as(ben, func(f *file) { f.answers = annSays }), cy}, counts: "ann.xlsx; ben.xlsx; cy.xlsx", status: models.Returned, back: 3, codes: "views-agree"},
		{name: "all who are back agree, one is out", files: []file{ann, cy}, status: models.Late, back: 2, codes: "consensus-missing"},
		{name: "a blank agrees with nothing", files: []file{ann, as(ben, func(f *file) { f.answers = strings.TrimSuffix(annSays, "5") }), cy}, status: models.Late, back: 3, codes: "answer-missing consensus-missing"},
		{name: "the office lets a view decide", files: []file{ann, ben, cy}, settled: "ben.xlsx", counts: "ben.xlsx", status: models.Returned, back: 3, codes: "view-chosen"},
		{name: "a consensus goes before that", files: []file{ann, ben, cy, meeting}, settled: "ben.xlsx", counts: "meeting.xlsx", consensus: true, status: models.Returned, back: 3},
		{name: "two files of one respondent", files: []file{ann, as(ann, func(f *file) { f.name, f.day = "ann 2.xlsx", 4 })}, status: models.Late, back: 1, codes: "consensus-missing several-returns superseded"},
		{name: "one who is not asked", files: []file{as(ann, func(f *file) { f.name, f.who = "dee.xlsx", "Dee" })}, status: models.Late, back: 1, codes: "consensus-missing part-not-planned"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := viewWorld(t)
			made := map[string]models.Return{}
			var all []models.Return
			for _, f := range c.files {
				var ret models.Return
				if f.of == nil {
					w.MadeParts["001"] = append(w.MadeParts["001"], views.PartOf("Dee", "", "", nil))
					ret = w.partOf(t, f.name, "001", "view:"+f.who, f.day, f.answers)
					ret.Digest = fmt.Sprintf("%x", sha256.Sum256([]byte(f.name)))
					made[f.name] = ret
				} else {
					var of []models.Return
					for _, name := range f.of {
						of = append(of, made[name])
					}
					ret = w.consensusFrom(t, f.name, of, f.day, f.answers)
				}
				if f.checked {
					ret.Respondent.Checked.Value = "Yes"
				}
				if f.signed {
					ret.Respondent.Name.Value = "The meeting"
				}
				all = append(all, ret)
			}
			if c.settled != "" {
				w.Settled = []models.Settlement{{Recipient: "001", File: c.settled}}
			}
			in := w.RegisterInput
			in.Returns = all
			reg := checks.Register(in)
			e := reg.Entries[0]
			back, _ := e.PartsBack()
			if e.File != c.counts || e.Consensus != c.consensus || e.Status != c.status || back != c.back || (e.Return == nil) != (c.counts == "") {
				t.Errorf("%q counts (consensus %v), %s, %d views; want %q (%v), %s, %d", e.File, e.Consensus, e.Status, back, c.counts, c.consensus, c.status, c.back)
			}
			var codes []string
			for _, line := range reg.Files {
				for _, x := range line.Findings {
					if x.Code != models.ReturnedAfter {
						codes = append(codes, string(x.Code))
					}
				}
				if want := models.ViewCounts; line.Status == want && !(models.Part{ID: line.Part}).IsView() {
					t.Errorf("%s is a view", line.File)
				}
			}
			slices.Sort(codes)
			if got := strings.Join(slices.Compact(codes), " "); got != c.codes {
				t.Errorf("findings %q, want %q", got, c.codes)
			}
			// Whatever the order of the files, the same comes of them.
			slices.Reverse(in.Returns)
			again := checks.Register(in)
			if fmt.Sprint(again.Files) != fmt.Sprint(reg.Files) || again.Entries[0].File != e.File {
				t.Error("another order of files gives another register")
			}
		})
	}
}

// A seal covers the role, and none is credited to another: a view whose manifest was given another role or name is not
// confirmed by its seal.
func TestTheRoleIsSealed(t *testing.T) {
	w := viewWorld(t)
	m := w.manifest("001")
	m.Part, m.Role = "view:Ann", "Head of IT"
	m = m.Sealed(w.Key)
	if !m.SealFits(w.Key) {
		t.Fatal("the seal does not fit")
	}
	other := m
	other.Role = "Head"
	if other.SealFits(w.Key) || other.Reference(w.Key) != m.Reference(w.Key) {
		t.Error("another role fits the seal, or has another reference")
	}
	if other.Role = ""; other.SealFits(w.Key) {
		t.Error("no role fits the seal")
	}
}
