package cluster_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// made is a round that is made so that everything that looks across files lies in different shards.
type made struct {
	t   *testing.T
	o   *office.Office
	dir string
}

func day(n int) time.Time { return time.Date(2027, 2, n, 9, 0, 0, 0, time.UTC) }

// smallTemplate has two topics of 15 criteria.
func smallTemplate() string {
	var b strings.Builder
	b.WriteString(`id: small
version: "1"
title: "A small model"
publisher: "Example office"
source: "https://example.org"
licence: "Free"
language: en-GB
scoring: {method: mean}
levels:
  - {number: 1, name: "Low", meaning: "Little."}
  - {number: 2, name: "Middle", meaning: "Some."}
  - {number: 3, name: "High", meaning: "Much."}
topics:
  - {id: "1", name: "Collecting"}
  - {id: "2", name: "Sharing"}
criteria:
`)
	for i := range 30 {
		fmt.Fprintf(&b, "  - {ref: %q, topic: %q, subject: \"Subject %d\", descriptors: {1: \"None.\", 2: \"Some.\", 3: \"All.\"}}\n", ref(i), ref(i)[:1], i)
	}
	return b.String()
}

func ref(i int) string { return fmt.Sprintf("%d.%d", 1+i/15, 1+i%15) }

var levels = []string{"1 – Low", "2 – Middle", "3 – High"}

const respondents = "recipient,name,email,topics\n05,A. Head,head@example.org,1\n05,B. Data,data@example.org,1;2\n06,C. Head,,1\n06,D. Data,,1;2\n"

// makeRound makes the round of 24 recipients.
func makeRound(t *testing.T) *made {
	t.Helper()
	r := &made{t, officeAt(day(1)), filepath.Join(t.TempDir(), "round")}
	list, model := filepath.Join(t.TempDir(), "list.csv"), filepath.Join(t.TempDir(), "small.yaml")
	recipients := "id,name,email,contact,region\n"
	for i := 1; i <= 24; i++ {
		recipients += fmt.Sprintf("%02d,Example School %02d,s%02d@example.org,A. Example,%s\n", i, i, i, []string{"North", "South", ""}[i%3])
	}
	r.write(list, recipients)
	r.write(model, smallTemplate())
	_, err := r.o.Init(t.Context(), office.InitOptions{Dir: r.dir, Template: model, Recipients: list, Title: "Spring", Due: models.Date{Time: day(28)},
		Contact: models.Contact{Name: "The office", Email: "office@example.org"}, ReplyTo: "returns@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	r.write(filepath.Join(r.dir, "respondents.csv"), respondents)
	r.open(func(f *office.Folder) {
		if _, err := r.o.Generate(t.Context(), f, office.GenerateOptions{Split: "respondents"}); err != nil {
			t.Fatal(err)
		}
	})
	return r
}

func (r *made) write(name, content string) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		r.t.Fatal(err)
	}
	if err := os.Chtimes(name, day(20), day(20)); err != nil {
		r.t.Fatal(err)
	}
}

func (r *made) open(work func(*office.Folder)) {
	r.t.Helper()
	f, unlock, _, err := r.o.OpenToWrite(r.dir, "test")
	if err != nil {
		r.t.Fatal(err)
	}
	defer unlock()
	work(f)
}

// filled is the workbook whose name in outbox/ begins so, filled in: criterion i has the level pick(i) and a text of who.
func (r *made) filled(begins, who string, saved time.Time, pick func(i int) int) string {
	r.t.Helper()
	names, err := filepath.Glob(filepath.Join(r.dir, "outbox", begins+"*.xlsx"))
	if err != nil || len(names) != 1 {
		r.t.Fatalf("%d workbooks %s in outbox/ (%v)", len(names), begins, err)
	}
	book, err := os.ReadFile(names[0])
	if err != nil {
		r.t.Fatal(err)
	}
	return r.fill(book, who, saved, pick)
}

func (r *made) fill(book []byte, who string, saved time.Time, pick func(i int) int) string {
	filling := assessment.Filling{Respondent: assessment.FillRespondent{Name: who}, Saved: saved}
	for i := range 30 {
		if k := pick(i); k > 0 {
			filling.Cells = append(filling.Cells, assessment.FillCell{Ref: ref(i), Answer: levels[k-1],
				Comment: fmt.Sprintf("What %s says about number %d in their own words", who, i)})
		}
	}
	out, err := assessment.Fill(book, filling)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(out)
}

func (r *made) returned(name, content string) {
	r.write(filepath.Join(r.dir, "returns", filepath.FromSlash(name)), content)
}

// letter is a message with files.
func letter(from string, files ...[2]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "From: <%s>\r\nTo: returns@example.org\r\nSubject: Ours\r\nDate: Mon, 15 Feb 2027 10:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n", from)
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n")
	for _, f := range files {
		fmt.Fprintf(&b, "--B\r\nContent-Type: application/octet-stream; name=%q\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=%q\r\n\r\n", f[0], f[0])
		for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString([]byte(f[1]))), 76) {
			b.Write(append(line, '\r', '\n'))
		}
	}
	b.WriteString("--B--\r\n")
	return b.String()
}

func archive(t *testing.T, files ...[2]string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		e, err := w.Create(f[0])
		if err == nil {
			_, err = e.Write([]byte(f[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const somePDF = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

// fillRound puts into returns/ what looks across files, and settles what a person would.
func (r *made) fillRound() {
	t := r.t
	by := func(n int) func(int) int { return func(i int) int { return 1 + (i*i+n*i+n)%3 } }
	first := func(n int) func(int) int { // of topic 1 alone
		return func(i int) int {
			if i >= 15 {
				return 0
			}
			return by(n)(i)
		}
	}
	// A copied pair, at the two ends of the list; and a pair of which only some answers are copied.
	r.returned("01.xlsx", r.filled("01 ", "the same hand", day(10), by(1)))
	r.returned("24.xlsx", r.filled("24 ", "the same hand", day(10), by(1)))
	r.returned("03.xlsx", r.filled("03 ", "another hand", day(10), by(3)))
	r.returned("22.xlsx", r.filled("22 ", "another hand", day(11), func(i int) int {
		if i%5 == 0 {
			return 1 + by(3)(i)%3
		}
		return by(3)(i)
	}))
	// Several returns of one recipient, and the same file twice.
	r.returned("02.xlsx", r.filled("02 ", "B. Two", day(10), by(2)))
	r.returned("again/02.xlsx", r.filled("02 ", "B. Two", day(12), by(5)))
	nine := r.filled("09 ", "I. Nine", day(12), by(9))
	r.returned("09.xlsx", nine)
	r.returned("z/copy of 09.xlsx", nine)
	// Nobody's: one that stays so, twice, and one that is credited by hand.
	r.returned("whose.xlsx", r.nobodys("Nobody", by(7)))
	r.returned("z/whose.xlsx", r.nobodys("Nobody", by(7)))
	r.returned("credited.xlsx", r.nobodys("Somebody", by(8)))
	// Parts that differ: settled for one recipient, open for another.
	for _, x := range [][3]string{{"05", "A. Head", "B. Data"}, {"06", "C. Head", "D. Data"}} {
		r.returned(x[0]+"/one.xlsx", r.filled(x[0]+" Example School "+x[0]+" - "+x[1], x[1], day(10), first(4)))
		r.returned(x[0]+"/two.xlsx", r.filled(x[0]+" Example School "+x[0]+" - "+x[2], x[2], day(11), by(6)))
	}
	// A return in a message in an archive, with evidence; and two recipients' in one, whose evidence is nobody's.
	r.returned("post.zip", archive(t, [2]string{"letters/07.eml", letter("s07@example.org", [2]string{"ours.xlsx", r.filled("07 ", "G. Seven", day(12), by(10))}, [2]string{"minutes.pdf", somePDF})}))
	r.returned("both.zip", archive(t, [2]string{"10.xlsx", r.filled("10 ", "J. Ten", day(12), by(11))}, [2]string{"17.xlsx", r.filled("17 ", "Q. Seventeen", day(12), by(12))},
		[2]string{"policy.pdf", somePDF}))
	r.returned("other sender.eml", letter("someone@example.net", [2]string{"11.xlsx", r.filled("11 ", "K. Eleven", day(13), by(13))}, [2]string{"plan.pdf", somePDF + "x"}))
	// A late one, one that is half empty, and what is no return.
	r.returned("08.xlsx", r.filled("08 ", "H. Eight", time.Date(2027, 3, 2, 9, 0, 0, 0, time.UTC), by(14)))
	if err := os.Chtimes(filepath.Join(r.dir, "returns", "08.xlsx"), time.Time{}, time.Date(2027, 3, 3, 9, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	r.returned("12.xlsx", r.filled("12 ", "L. Twelve", day(10), func(i int) int { return by(15)(i) * (i % 2) }))
	r.returned("notes.txt", "Dear office")
	r.returned("~$12.xlsx", "left behind")
	r.returned("empty.xlsx", "")
	r.o = officeAt(day(25))
	r.open(func(f *office.Folder) {
		_, err := r.o.Decide(t.Context(), f, decisions.Batch{Reason: "asked on the telephone", By: "The office", Requests: []decisions.Request{
			{Kind: decisions.From, Recipient: "05", Ref: "1.2", File: "05/two.xlsx"},
			{Kind: decisions.From, Recipient: "05", File: "05/one.xlsx"},
			{Kind: decisions.Recipient, Recipient: "13", File: "credited.xlsx"},
			{Kind: decisions.Answer, File: "12.xlsx", Ref: "1.1", Value: "3"},
		}})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// nobodys is a workbook of the round that does not say whose it is.
func (r *made) nobodys(who string, pick func(int) int) string {
	var out string
	r.open(func(f *office.Folder) {
		book, err := assessment.New(f.Template, f.Config)
		if err != nil {
			r.t.Fatal(err)
		}
		var b bytes.Buffer
		if err := book.Write(&b, models.Recipient{}, models.Manifest{}, ""); err != nil {
			r.t.Fatal(err)
		}
		out = r.fill(b.Bytes(), who, day(10), pick)
	})
	return out
}

// What looks across files and recipients is found whatever shards they lie in.
func TestAcrossShards(t *testing.T) {
	r := makeRound(t)
	r.fillRound()
	one := onOneMachine(t, r.dir)
	one.holds(t)
	one.sameInShards(t, 1, 2, 8, 16)
}

// holds sees that the round has what it was made for.
func (one *oneMachine) holds(t *testing.T) {
	t.Helper()
	codes := map[models.Code][]string{}
	for _, f := range one.reg.Files {
		for _, x := range f.Findings {
			codes[x.Code] = append(codes[x.Code], f.File)
		}
	}
	for code, files := range map[models.Code][]string{
		models.CopiedReturn: {"01.xlsx", "03.xlsx", "22.xlsx", "24.xlsx"}, models.SeveralReturns: {"again/02.xlsx"}, models.SameFile: {"z/copy of 09.xlsx", "z/whose.xlsx"},
		models.ManifestMissing: {"whose.xlsx", "z/whose.xlsx"}, models.AssignedByHand: {"credited.xlsx"}, models.ReturnedAfter: {"08.xlsx"}, models.MailOtherSender: {"other sender.eml!11.xlsx"},
		models.EvidenceLeft: {"both.zip!policy.pdf"}, models.AnswerDecided: {"12.xlsx"},
	} {
		if got := slices.Compact(slices.Sorted(slices.Values(codes[code]))); !slices.Equal(got, files) {
			t.Errorf("%s: %q, want %q", code, got, files)
		}
	}
	if !slices.Contains(codes[models.PartsSettled], "05/two.xlsx") && !slices.Contains(codes[models.PartsSettled], "05/one.xlsx") || len(codes[models.PartsDisagree]) == 0 {
		t.Errorf("parts are settled in %q and differ in %q", codes[models.PartsSettled], codes[models.PartsDisagree])
	}
	for _, f := range one.reg.Files {
		if f.File == "post.zip!letters/07.eml!ours.xlsx" && len(f.Attachments) != 1 {
			t.Errorf("%s has the attachments %v", f.File, f.Attachments)
		}
	}
}

// A round of the size of a district, whose files are real: 2,000 recipients.
func TestTwoThousand(t *testing.T) {
	if os.Getenv("RUBRIC_LONG") == "" {
		t.Skip("RUBRIC_LONG=1 runs it, as .ci/run does")
	}
	dir := filepath.Join(t.TempDir(), "round")
	c := exec.Command("go", "run", "./bench", "-make", dir, "-recipients", "2000")
	c.Dir = ".."
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	one := onOneMachine(t, dir)
	one.sameInShards(t, 1, 2, 8, 16)
}
