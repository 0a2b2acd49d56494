package cmd_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

const templateThen = `id: small
version: "1"
title: "A small model"
publisher: "Example office"
source: "https://example.org"
licence: "Free"
language: en-GB
scoring: {method: mean}
answers: {not_applicable: true}
levels:
  - {number: 1, name: "Low", meaning: "Little."}
  - {number: 2, name: "Middle", meaning: "Some."}
  - {number: 3, name: "High", meaning: "Much."}
topics:
  - {id: "1", name: "Collecting"}
  - {id: "2", name: "Sharing"}
criteria:
  - {ref: "1.1", topic: "1", subject: "Planning", descriptors: {1: "No plan.", 2: "A plan for parts.", 3: "A plan for all."}}
  - {ref: "1.2", topic: "1", subject: "Forms", descriptors: {1: "No forms.", 2: "Some forms.", 3: "One form for all."}}
  - {ref: "1.3", topic: "1", subject: "Entry on screen", descriptors: {1: "On paper.", 2: "Typed later.", 3: "Typed at once."}}
  - {ref: "1.4", topic: "1", subject: "Entry on the road", descriptors: {1: "None outdoors.", 2: "Notes are taken.", 3: "By telephone."}}
  - {ref: "2.1", topic: "2", subject: "Answering requests", descriptors: {1: "Never.", 2: "When pressed.", 3: "In a week."}}
  - {ref: "2.2", topic: "2", subject: "Fax", descriptors: {1: "Broken.", 2: "Works.", 3: "Two of them."}}
`

// The second edition: 1.2 is reworded, 1.3 and 1.4 were merged into 1.3, 2.1 is 2.5 now, 2.2 is gone, 2.6 is new.
var templateNow = strings.NewReplacer(`version: "1"`, `version: "2"`, "Some forms.", "Forms for most things.", `ref: "2.1"`, `ref: "2.5"`,
	`  - {ref: "1.4", topic: "1", subject: "Entry on the road", descriptors: {1: "None outdoors.", 2: "Notes are taken.", 3: "By telephone."}}`+"\n", "",
	`subject: "Entry on screen", descriptors: {1: "On paper."`, `subject: "Entry", descriptors: {1: "On paper anywhere."`,
	`ref: "2.2", topic: "2", subject: "Fax", descriptors: {1: "Broken.", 2: "Works.", 3: "Two of them."}`,
	`ref: "2.6", topic: "2", subject: "Open data", descriptors: {1: "Nothing is open.", 2: "Tables on a page.", 3: "A catalogue."}`).Replace(templateThen)

const crosswalkNow = `from: {id: small, version: "1"}
to: {id: small, version: "2"}
entries:
  - {kind: same, from: ["1.1"], to: ["1.1"]}
  - {kind: same, from: ["1.2"], to: ["1.2"], note: "the same in substance"}
  - {kind: merged, from: ["1.3", "1.4"], to: ["1.3"]}
  - {kind: renamed, from: ["2.1"], to: ["2.5"]}
  - {kind: retired, from: ["2.2"]}
  - {kind: new, to: ["2.6"]}
`

func written(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func succeed(t *testing.T, args ...string) string {
	t.Helper()
	status, out := run(t, args...)
	if status != 0 {
		t.Fatalf("rubric %s: status %d: %s", strings.Join(args, " "), status, out)
	}
	return out
}

// fillIn answers the workbook of a recipient and puts it into returns/; words are ref=level, and name who did it.
func fillIn(t *testing.T, dir, id, name, words string) {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "outbox", id+" *.xlsx"))
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	b, err := os.ReadFile(list[0])
	if err != nil {
		t.Fatal(err)
	}
	labels := map[string]string{"1": "1 – Low", "2": "2 – Middle", "3": "3 – High"}
	f := assessment.Filling{Respondent: assessment.FillRespondent{Name: name}}
	for _, w := range strings.Fields(words) {
		ref, level, _ := strings.Cut(w, "=")
		f.Cells = append(f.Cells, assessment.FillCell{Ref: ref, Answer: labels[level]})
	}
	if b, err = assessment.Fill(b, f); err != nil {
		t.Fatal(err)
	}
	written(t, filepath.Join(dir, "returns", id+".xlsx"), string(b))
}

// A second round on a changed template, prefilled over a crosswalk: the figures are worked out by hand below.
func TestSecondRoundOverACrosswalk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	then, now := filepath.Join(dir, "then"), filepath.Join(dir, "now")
	list := written(t, filepath.Join(dir, "list.csv"), "id,name\nA,Example A\nB,Example B\nC,Example C\n")
	succeed(t, "init", then, "--template", written(t, filepath.Join(dir, "v1.yaml"), templateThen), "--recipients", list, "--title", "Then", "--due", "2027-01-29", "--contact-email", "o@example.org")
	succeed(t, "generate", "-C", then)
	fillIn(t, then, "A", "Ann", "1.1=1 1.2=2 1.3=2 1.4=2 2.1=3 2.2=1")
	fillIn(t, then, "B", "Ben", "1.1=3 1.2=1 1.3=1 1.4=3 2.1=2 2.2=2")

	out := succeed(t, "init", now, "--from", then, "--template", written(t, filepath.Join(dir, "v2.yaml"), templateNow), "--recipients",
		written(t, filepath.Join(dir, "list2.csv"), "id,name,previous_id\nA2,Example A,A\nB,Example B,\nC,Example C,\n"), "--title", "Now", "--due", "2028-01-28")
	if !strings.Contains(out, "entries are to be checked by you") && !strings.Contains(out, "entry is to be checked by you") {
		t.Errorf("init does not ask for the crosswalk to be checked: %s", out)
	}
	if text, _ := os.ReadFile(filepath.Join(now, "round.yaml")); !strings.Contains(string(text), "o@example.org") {
		t.Error("the contact was not taken over")
	}
	// The draft is used as far as it is beyond doubt: 1.1 and 2.5 only.
	if out = succeed(t, "generate", "-C", now, "--prefill", then); !strings.Contains(out, "not confirmed yet") || !strings.Contains(out, "4 answers into the workbooks of 2 recipients") {
		t.Errorf("with the draft: %s", out)
	}
	written(t, filepath.Join(now, "crosswalk.yaml"), crosswalkNow)
	// A: 1.1, 1.2, 1.3 (2 and 2 agree), 2.5; B: 1.1, 1.2, 2.5 (1 and 3 differ).
	if out = succeed(t, "generate", "-C", now, "--prefill", then); !strings.Contains(out, "7 answers into the workbooks of 2 recipients") {
		t.Errorf("with the crosswalk: %s", out)
	}
	fillIn(t, now, "A2", "Ann", "1.1=3 1.3=3 2.6=1") // 1.2 stays 2, 2.5 stays 3
	fillIn(t, now, "B", "", "")                      // saved, and nothing touched
	status, out := run(t, "validate", "-C", now)
	if status != 1 || !strings.Contains(out, "[carried-over-untouched]") || !strings.Contains(out, "2 of 5 answers stand as carried over from Then") {
		t.Errorf("validate: status %d: %s", status, out)
	}
	fillIn(t, now, "B", "Ben", "1.1=2 1.2=1 1.3=3 2.6=2") // 2.5 stays 2

	var got struct {
		Scorecards []models.Scorecard `json:"scorecards"`
		Comparison models.Comparison  `json:"comparison"`
	}
	if err := json.Unmarshal([]byte(succeed(t, "score", "-C", now, "--baseline", then, "--json")), &got); err != nil {
		t.Fatal(err)
	}
	c := got.Comparison
	// A, topic 1: (1+2+2)/3 = 1.67, then (3+2+3)/3 = 2.67. B, topic 1: of 1.3 nothing is known of then, so (3+1)/2 = 2 and (2+1)/2 = 1.5.
	for _, x := range []struct {
		what, want string
		of         models.ScoreChange
	}{{"A, topic 1", "1.67 2.67 1.00 of 3", c.Recipients[0].Topics[0]}, {"A, topic 2", "3.00 3.00 0.00 of 1", c.Recipients[0].Topics[1]},
		{"B, topic 1", "2.00 1.50 -0.50 of 2", c.Recipients[1].Topics[0]}, {"B, topic 2", "2.00 2.00 0.00 of 1", c.Recipients[1].Topics[1]}} {
		s := x.of.Earlier.Format(2) + " " + x.of.Later.Format(2) + " " + x.of.Change.Format(2) + " of " + models.Some(float64(x.of.Criteria)).Format(0)
		if s != x.want {
			t.Errorf("%s: %s, want %s", x.what, s, x.want)
		}
	}
	if c.Recipients[0].Recipient != "A2" || strings.Join(c.Added, " ") != "2.6" || strings.Join(c.Dropped, " ") != "2.2" || len(c.Altered) > 0 {
		t.Errorf("recipients, added, dropped, altered: %+v %v %v %v", c.Recipients, c.Added, c.Dropped, c.Altered)
	}
	succeed(t, "consolidate", "-C", now, "--baseline", then)
	succeed(t, "report", "-C", now, "--baseline", then)
	checkOverTime(t, filepath.Join(now, "results", "consolidated.xlsx"))
	checkChangePart(t, filepath.Join(now, "results", "pdf"))
	// Nobody's answers stand in another's workbook: C returned nothing then, and has no such column.
	for id, wants := range map[string]bool{"A2": true, "B": true, "C": false} {
		names, _ := filepath.Glob(filepath.Join(now, "outbox", id+" *.xlsx"))
		b, _ := os.ReadFile(names[0])
		if got := strings.Contains(shared(t, b), "Last time"); got != wants {
			t.Errorf("%s: earlier answers in the workbook: %v", id, got)
		}
	}
}

// checkOverTime looks up what the consolidated workbook says of the second round. Then and now of the overall score are
// the means of the two topics: A (1.67+3)/2 = 2.33 and (2.67+3)/2 = 2.83, B 2 and (1.5+2)/2 = 1.75. With two recipients
// a median is the mean of both: (2.33+2)/2 = 2.17, (2.83+1.75)/2 = 2.29, (0.5-0.25)/2 = 0.125.
func checkOverTime(t *testing.T, file string) {
	t.Helper()
	b, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for sheet, wants := range map[string][]string{
		"Over time": {
			"Overall|2|2.167|2.292|0.125|-0.062|0.312|1|0|1", "Collecting|2|1.833|2.083|0.250|-0.125|0.625|1|0|1", "Sharing|2|2.500|2.500|0.000|0.000|0.000|0|2|0",
			"1.1  Planning|2|2.000|2.500|0.500|1|0|1", "1.2  Forms|2|1.500|1.500|0.000|0|2|0", "1.3  Entry (then 1.3, 1.4)|1|2.000|3.000|1.000|1|0|0",
			"2.5  Answering requests (then 2.1)|2|2.500|2.500|0.000|0|2|0", "2.6  Open data|Added", "2.2|Dropped",
		},
		"Over time by recipient": {"A2|Example A|2.333|2.833|0.500|1.667|2.667|1.000|3.000|3.000|0.000", "B|Example B|2.000|1.750|-0.250|2.000|1.500|-0.500|2.000|2.000|0.000"},
	} {
		rows, err := b.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !slices.ContainsFunc(rows, func(row []string) bool { return sameRow(row, strings.Split(want, "|")) }) {
				t.Errorf("sheet %s has no row %s:\n%q", sheet, want, rows)
			}
		}
	}
}

// sameRow compares texts as they are, and figures to a thousandth.
func sameRow(row, want []string) bool {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return slices.EqualFunc(row, want, func(a, b string) bool {
		x, errX := strconv.ParseFloat(a, 64)
		y, errY := strconv.ParseFloat(b, 64)
		return a == b || errX == nil && errY == nil && math.Abs(x-y) < 0.001
	})
}

// checkChangePart looks up the table of changes in the summaries.
func checkChangePart(t *testing.T, dir string) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Log("pdftotext is not there to read the summaries with (Debian: poppler-utils)")
		return
	}
	for name, wants := range map[string][]string{
		"A2 Example A.pdf": {"1 Collecting 3 1.67 2.67 +1.00", "2 Sharing 1 3.00 3.00 0.00"},
		"B Example B.pdf":  {"1 Collecting 2 2.00 1.50 −0.50", "2 Sharing 1 2.00 2.00 0.00"},
	} {
		out, err := exec.Command("pdftotext", "-layout", filepath.Join(dir, name), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(string(out)), " ")
		_, part, _ := strings.Cut(text, "Change since the last round")
		for _, want := range append(wants, "Compared with: Then, 29 January 2027.") {
			if !strings.Contains(part, want) {
				t.Errorf("%s: the changes lack %q:\n%s", name, want, text)
			}
		}
	}
}

// shared is the shared strings of a workbook.
func shared(t *testing.T, b []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
