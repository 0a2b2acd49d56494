package cmd_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// Of 1,000 returns, in an order and under names that say nothing, 100 are bad in ten ways. The register is right for
// each recipient and each file, each answer is credited to who gave it, and the number of jobs makes no difference.
func TestThousandReturns(t *testing.T) {
	t.Parallel()
	const n = 1000
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	id := func(i int) string { return fmt.Sprintf("%04d", i) }
	var list strings.Builder
	list.WriteString("id,name\n")
	for i := range n {
		fmt.Fprintf(&list, "%s,Example School %s\n", id(i), id(i))
	}
	template, recipients := write("template.yaml", []byte(smallTemplate)), write("schools.csv", []byte(list.String()))
	round, other := filepath.Join(dir, "round"), filepath.Join(dir, "earlier")
	for _, r := range []string{round, other} {
		cmdtest.Rubric(t, 0, "init", r, "--template", template, "--recipients", recipients, "--title", "A thousand "+filepath.Base(r), "--due", "2027-04-30", "--issued", "2027-02-01")
	}
	cmdtest.Rubric(t, 0, "-C", round, "generate", "--quiet")
	var taken []string // of the other round
	for i := 63; i < n; i += 100 {
		taken = append(taken, id(i))
	}
	cmdtest.Rubric(t, 0, "-C", other, "generate", "--quiet", "--only", strings.Join(taken, ","))

	level := func(i, k int) int { return 1 + (i/powers[k]+k)%4 } // no two near each other are alike
	first, err := os.ReadFile(filepath.Join(round, "outbox", "0000 Example School 0000.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	small, err := templates.Load(template, strings.NewReader(smallTemplate))
	if err != nil {
		t.Fatal(err)
	}
	places := returns.Read(context.Background(), bytes.NewReader(first), int64(len(first)), "", returns.ReadOptions{Template: small}).Answers()
	saved := time.Date(2027, 2, 20, 12, 0, 0, 0, time.UTC)
	filled := func(from string, i int, change string) []byte {
		t.Helper()
		book, err := os.ReadFile(filepath.Join(from, "outbox", fmt.Sprintf("%s Example School %s.xlsx", id(i), id(i))))
		if err != nil {
			t.Fatal(err)
		}
		texts := map[string]string{}
		for k := range powers {
			texts[places[k].Level.Origin.Cell] = names[level(i, k)]
			texts[places[k].Comment.Origin.Cell] = fmt.Sprintf("Comment %d of %s", k, id(i))
		}
		if change != "" {
			texts[places[1].Level.Origin.Cell] = change
		}
		return withTexts(t, book, texts, saved)
	}

	type expected struct {
		status models.Status
		code   models.Code // a finding of the file, or ""
	}
	want := map[string]expected{} // by file
	status := make([]models.Status, n)
	answers := map[string]int{} // by recipient and ref
	put := func(i, again int, content []byte, e expected) {
		t.Helper()
		name := fmt.Sprintf("attachment%04dx%d", i*317%n, again)
		if err := os.WriteFile(filepath.Join(round, "returns", name), content, 0o600); err != nil {
			t.Fatal(err)
		}
		want[name] = e
	}
	for i := range n {
		status[i] = models.Outstanding
		bad := -1
		if i%10 == 3 {
			bad = i / 10 % 10
		}
		counted := bad < 0 || bad >= 8
		if counted {
			status[i] = models.Returned
			for k := range powers {
				answers[fmt.Sprintf("%s 1.%d", id(i), k+1)] = level(i, k)
			}
		}
		switch bad {
		case 0:
			b := filled(round, i, "")
			put(i, 1, b[:len(b)/2], expected{models.Rejected, models.FileCutOff})
		case 1:
			b := filled(round, i, "")
			b[bytes.Index(b, []byte("xl/worksheets/sheet2.xml"))+200] ^= 4
			put(i, 1, b, expected{models.Rejected, models.FileDamaged})
		case 2:
			put(i, 1, []byte("%PDF-1.7\n%%EOF\n"), expected{models.Rejected, models.FilePDF})
		case 3:
			put(i, 1, []byte("<!DOCTYPE html><html><head><title>Sign in to your account</title></head><body></body></html>"), expected{models.Rejected, models.FileWebPage})
		case 4:
			put(i, 1, nil, expected{models.Rejected, models.FileEmpty})
		case 5:
			b, err := os.ReadFile(filepath.Join(round, "outbox", fmt.Sprintf("%s Example School %s.xlsx", id(i), id(i))))
			if err != nil {
				t.Fatal(err)
			}
			put(i, 1, b, expected{models.Rejected, models.ReturnedAsSent})
			status[i] = models.Corrections // it is known whose it is
		case 6:
			put(i, 1, filled(other, i, ""), expected{models.Rejected, models.OtherRound})
		case 7:
			put(i, 1, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing more"), expected{models.Rejected, ""})
		case 8: // one answer that nobody can read
			delete(answers, id(i)+" 1.2")
			put(i, 1, filled(round, i, "2 or 3"), expected{models.Counted, models.AnswerAmbiguous})
		case 9: // sent twice; the second says something else
			put(i, 1, filled(round, i, names[5-level(i, 1)]), expected{models.Superseded, ""})
			saved = saved.Add(time.Hour)
			put(i, 2, filled(round, i, ""), expected{models.Counted, ""})
			saved = saved.Add(-time.Hour)
		default:
			put(i, 1, filled(round, i, ""), expected{models.Counted, ""})
		}
	}
	reg := register(t, round)
	if len(reg.Entries) != n || len(reg.Files) != len(want) {
		t.Fatalf("the register has %d recipients and %d files, not %d and %d", len(reg.Entries), len(reg.Files), n, len(want))
	}
	for i, e := range reg.Entries {
		if e.Recipient.ID != id(i) || e.Status != status[i] {
			t.Errorf("%s is %s, not %s", e.Recipient.ID, e.Status, status[i])
		}
	}
	for _, f := range reg.Files {
		e := want[f.File]
		has := func(f models.Finding) bool { return f.Code == e.code }
		if f.Status != e.status || e.code != "" && !slices.ContainsFunc(f.Findings, has) {
			t.Errorf("%s is %s with %v, not %s with %s", f.File, f.Status, f.Findings, e.status, e.code)
		}
	}
	one := cmdtest.Rubric(t, 1, "-C", round, "--jobs", "1", "validate", "--json")
	if eight := cmdtest.Rubric(t, 1, "-C", round, "--jobs", "8", "validate", "--json"); one != eight {
		t.Error("validate says other things with 8 jobs than with 1")
	}

	cmdtest.Rubric(t, 1, "-C", round, "consolidate", "--quiet")
	f, err := os.Open(filepath.Join(round, "results", "data", "answers.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	col := func(name string) int { return slices.Index(rows[0], name) }
	for _, r := range rows[1:] {
		key := r[col("recipient")] + " " + r[col("ref")]
		got, given := strconv.Atoi(r[col("level")])
		w, ok := answers[key]
		if ok != (given == nil) || ok && got != w {
			t.Errorf("%s: level %q, want %d", key, r[col("level")], w)
		}
		if k, _ := strings.CutPrefix(r[col("ref")], "1."); r[col("comment")] != fmt.Sprintf("Comment %d of %s", int(k[0]-'1'), r[col("recipient")]) {
			t.Errorf("%s has the comment %q", key, r[col("comment")])
		}
		delete(answers, key)
	}
	if len(answers) > 0 {
		t.Errorf("%d answers are lost: %v", len(answers), answers)
	}
}

// withTexts writes texts into empty cells of the sheet Assessment, as inline strings, and sets the time of saving.
// It is for many workbooks: package xlsx fills in one like a person would, which takes much longer.
func withTexts(t *testing.T, book []byte, texts map[string]string, saved time.Time) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		var change func([]byte) []byte
		switch f.Name {
		case "xl/worksheets/sheet2.xml":
			change = func(part []byte) []byte {
				return emptyCell.ReplaceAllFunc(part, func(c []byte) []byte {
					m := emptyCell.FindSubmatch(c)
					if text := texts[string(m[1])]; text != "" {
						return fmt.Appendf(nil, `<c r="%s"%s t="inlineStr"><is><t>%s</t></is></c>`, m[1], m[2], text)
					}
					return c
				})
			}
		case "docProps/core.xml":
			change = func(part []byte) []byte {
				return modified.ReplaceAll(part, []byte("${1}"+saved.Format(time.RFC3339)+"<"))
			}
		}
		if change == nil {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		dst, err := w.Create(f.Name)
		if err == nil {
			_, err = dst.Write(change(part))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var (
	emptyCell = regexp.MustCompile(`<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?(?:/>|></c>)`)
	modified  = regexp.MustCompile(`(<dcterms:modified[^>]*>)[^<]*<`)
)

var (
	powers = [5]int{1, 4, 16, 64, 256}
	names  = [5]string{"", "1 – None", "2 – Some", "3 – Most", "4 – All"}
)

const smallTemplate = `id: small
version: "1"
title: "A small assessment"
publisher: "Example County Office"
source: "https://example.org/small"
licence: "Free to use"
language: en-GB
scoring: {method: mean}
levels:
  - {number: 1, name: "None", meaning: "Nothing yet."}
  - {number: 2, name: "Some", meaning: "Here and there."}
  - {number: 3, name: "Most", meaning: "As a rule."}
  - {number: 4, name: "All", meaning: "Always."}
topics:
  - {id: "1", name: "Collecting"}
criteria:
  - {ref: "1.1", topic: "1", subject: "Who collects", descriptors: {1: "Nobody.", 2: "One person.", 3: "A team.", 4: "Everyone."}}
  - {ref: "1.2", topic: "1", subject: "Where it is kept", descriptors: {1: "On paper.", 2: "In files.", 3: "In a system.", 4: "In one place."}}
  - {ref: "1.3", topic: "1", subject: "Who may see it", descriptors: {1: "Not known.", 2: "Asked each time.", 3: "Listed.", 4: "Set and checked."}}
  - {ref: "1.4", topic: "1", subject: "How good it is", descriptors: {1: "Not known.", 2: "Guessed.", 3: "Measured once.", 4: "Measured each term."}}
  - {ref: "1.5", topic: "1", subject: "What it is for", descriptors: {1: "Not said.", 2: "Said by some.", 3: "Written down.", 4: "Written and used."}}
`
