package office_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

const pdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

// enclosed is a part of a message. how is its disposition, attachment where it is not given, and may add header fields.
type enclosed struct{ name, how, content string }

// letterOf writes a message as a mail program does.
func letterOf(from, subject string, parts ...enclosed) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "From: A. Example <%s>\r\nTo: returns@example.org\r\nSubject: %s\r\nDate: Mon, 15 Feb 2027 10:00:00 +0000\r\nMessage-ID: <%s@example.org>\r\n", from, subject, subject)
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nHere it is.\r\n")
	for _, p := range parts {
		how := p.how
		if how == "" {
			how = "attachment"
		}
		kind := "application/octet-stream"
		if strings.HasSuffix(p.name, ".png") {
			kind = "image/png"
		}
		disposition, more, _ := strings.Cut(how, "\r\n")
		if more != "" {
			more = "\r\n" + more
		}
		fmt.Fprintf(&b, "--B\r\nContent-Type: %s; name=%q\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: %s; filename=%q%s\r\n\r\n", kind, p.name, disposition, p.name, more)
		text := base64.StdEncoding.EncodeToString([]byte(p.content))
		for len(text) > 76 {
			b.WriteString(text[:76] + "\r\n")
			text = text[76:]
		}
		b.WriteString(text + "\r\n")
	}
	b.WriteString("--B--\r\n")
	return []byte(b.String())
}

// packed is an archive of names and contents.
func packed(t *testing.T, files ...enclosed) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		e, err := w.Create(f.name)
		if err == nil {
			_, err = e.Write([]byte(f.content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	return b.Bytes()
}

// generated is a desk whose workbooks have gone out.
func generated(t *testing.T) *desk {
	d := newDesk(t)
	d.folder("generate", func(f *office.Folder) {
		if _, err := d.o.Generate(context.Background(), f, office.GenerateOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	return d
}

// filled is a recipient's workbook with two answers, sent what was generated.
func (d *desk) filled(id, answer string) string {
	d.t.Helper()
	book, err := assessment.Fill([]byte(d.sent(id)), assessment.Filling{Respondent: assessment.FillRespondent{Name: "D. Example"}, Saved: day(10),
		Cells: []assessment.FillCell{{Ref: "1.1", Answer: answer}, {Ref: "1.2", Answer: answer}}})
	if err != nil {
		d.t.Fatal(err)
	}
	return string(book)
}

func (d *desk) sent(id string) string {
	d.t.Helper()
	b, err := os.ReadFile(filepath.Join(d.dir, "outbox", id+" Example School "+id+".xlsx"))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(b)
}

func (d *desk) put(name string, content []byte) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, "returns", name), content, 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// validated is what validate finds: severity, code and file of each.
func (d *desk) validated() (out []string) {
	d.t.Helper()
	d.folder("validate", func(f *office.Folder) {
		found, err := d.o.Validate(context.Background(), f, office.ValidateOptions{})
		if err != nil {
			d.t.Fatal(err)
		}
		out = said(found.Findings)
	})
	return out
}

func said(list []models.Finding) []string {
	var out []string
	for _, x := range list {
		if x.Code != models.MailOtherSender {
			out = append(out, fmt.Sprintf("%s %s %s", x.Severity, x.Code, x.Origin.File))
		}
	}
	return out
}

// kept lists what lies below attachments/, with contents.
func (d *desk) kept() map[string]string {
	d.t.Helper()
	out := map[string]string{}
	filepath.WalkDir(filepath.Join(d.dir, "attachments"), func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			b, _ := os.ReadFile(p)
			rel, _ := filepath.Rel(filepath.Join(d.dir, "attachments"), p)
			out[filepath.ToSlash(rel)] = string(b)
		}
		return nil
	})
	return out
}

// lines are the register's files: status, file, and attachments with where they are kept.
func (d *desk) lines() (out []string) {
	d.t.Helper()
	f, err := d.o.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	status, err := d.o.Status(context.Background(), f, office.StatusOptions{})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, l := range status.Register.Files {
		line := string(l.Status) + " " + l.File
		for _, a := range l.Attachments {
			line += " | " + a.Name + " in " + a.File
		}
		out = append(out, line)
	}
	return out
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Evidence beside a return in a message is kept beside the returns, once, and no error is made of it.
func TestEvidenceIsKept(t *testing.T) {
	d := generated(t)
	d.put("return.eml", letterOf("one@example.org", "return", enclosed{"01.xlsx", "", d.filled("01", "3 – High")},
		enclosed{"Data policy.pdf", "", pdf}, enclosed{"chart.png", "", png},
		enclosed{"image001.png", "inline\r\nContent-ID: <a@b>", png + "signature"}, enclosed{"me.vcf", "", "BEGIN:VCARD"},
		enclosed{`..\..\:evil?.pdf`, "", pdf + "2"}, enclosed{"Data policy.pdf", "", pdf + "another"}, enclosed{"run.pdf.exe", "", "MZ\x90\x00"}))
	same(t, "before", d.lines(), []string{"counted return.eml!01.xlsx | evil-.pdf in  | Data policy (2).pdf in  | Data policy.pdf in  | chart.png in ", "rejected return.eml!run.pdf.exe"})
	if d.exists("attachments") {
		t.Error("status has written")
	}
	same(t, "findings", d.validated(), []string{"warning evidence-left return.eml!run.pdf.exe"})
	want := map[string]string{"01/Data policy.pdf": pdf, "01/chart.png": png, "01/evil-.pdf": pdf + "2", "01/Data policy (2).pdf": pdf + "another"}
	if got := d.kept(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("kept %q", got)
	}
	// Again, and by another command: the same.
	journal := func() string {
		b, _ := os.ReadFile(filepath.Join(d.dir, ".rubric", "journal.jsonl"))
		lines := slices.DeleteFunc(strings.SplitAfter(string(b), "\n"), func(l string) bool {
			return strings.Contains(l, `"`+string(round.ResultMade)+`"`) // the consolidated workbook's own
		})
		return strings.Join(lines, "")
	}
	before := journal()
	d.validated()
	d.folder("consolidate", func(f *office.Folder) {
		if _, err := d.o.Consolidate(context.Background(), f, office.ConsolidateOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	if got := d.kept(); fmt.Sprint(got) != fmt.Sprint(want) || journal() != before {
		t.Errorf("then kept %q; the journal has %d bytes more", got, len(journal())-len(before))
	}
	csv, err := os.ReadFile(filepath.Join(d.dir, "results", "data", "attachments.csv"))
	if err != nil || !strings.Contains(string(csv), `"01","return.eml!01.xlsx","chart.png","attachments/01/chart.png"`) {
		t.Errorf("attachments.csv: %v\n%s", err, csv)
	}
	f, _ := d.o.Open(d.dir)
	story, err := d.o.Log(context.Background(), f, "01")
	told, _ := json.Marshal(story.Events)
	if err != nil || !strings.Contains(string(told), "attachments/01/Data policy.pdf") {
		t.Errorf("the log: %s, %v", told, err)
	}
	// What somebody removed is there again; what somebody changed stays, and the file gets a number.
	os.Remove(filepath.Join(d.dir, "attachments", "01", "chart.png"))
	os.WriteFile(filepath.Join(d.dir, "attachments", "01", "chart.png"), []byte("mine"), 0o644)
	os.Remove(filepath.Join(d.dir, "attachments", "01", "evil-.pdf"))
	d.validated()
	if got := d.kept(); got["01/chart.png"] != "mine" || got["01/evil-.pdf"] != pdf+"2" {
		t.Errorf("after a change: %q", got)
	}
}

// Evidence is a return's where it is certain whose, and the return can count. Otherwise it stays, and is named.
func TestEvidenceThatIsNot(t *testing.T) {
	for _, test := range []struct {
		name           string
		make           func(d *desk) []byte
		file           string
		findings, kept []string
	}{
		{"nothing beside", func(d *desk) []byte { return letterOf("one@example.org", "x", enclosed{"01.pdf", "", pdf}) }, "a.eml",
			[]string{"error file-pdf a.eml!01.pdf"}, nil},
		{"beside the workbook as it was sent", func(d *desk) []byte {
			return letterOf("one@example.org", "x", enclosed{"01.xlsx", "", d.sent("01")}, enclosed{"p.pdf", "", pdf})
		}, "a.eml", []string{"error returned-as-sent a.eml!01.xlsx", "warning evidence-left a.eml!p.pdf"}, nil},
		{"beside a workbook that cannot be read", func(d *desk) []byte {
			return letterOf("one@example.org", "x", enclosed{"01.xlsx", "", "\x01\x02 damaged"}, enclosed{"p.png", "", png})
		}, "a.eml", nil, nil},
		{"beside the returns of two", func(d *desk) []byte {
			return letterOf("one@example.org", "x", enclosed{"01.xlsx", "", d.filled("01", "1 – Low")}, enclosed{"02.xlsx", "", d.filled("02", "1 – Low")}, enclosed{"p.pdf", "", pdf})
		}, "a.eml", []string{"warning evidence-left a.eml!p.pdf"}, nil},
		{"in the folders of an archive", func(d *desk) []byte {
			return packed(d.t, enclosed{"01/01.xlsx", "", d.filled("01", "1 – Low")}, enclosed{"01/evidence/p.pdf", "", pdf},
				enclosed{"02/02.xlsx", "", d.filled("02", "2 – Middle")}, enclosed{"02/p.png", "", png}, enclosed{"both.pdf", "", pdf + "3"})
		}, "a.zip", []string{"warning evidence-left a.zip!both.pdf"}, []string{"01/p.pdf", "02/p.png"}},
		{"packed, beside the workbook", func(d *desk) []byte {
			return letterOf("one@example.org", "x", enclosed{"01.xlsx", "", d.filled("01", "1 – Low")}, enclosed{"evidence.zip", "", string(packed(d.t, enclosed{"a/p.pdf", "", pdf}, enclosed{"b/p.pdf", "", pdf + "4"}, enclosed{"c/q.pdf", "", pdf}))})
		}, "a.eml", nil, []string{"01/p (2).pdf", "01/p.pdf"}},
		{"the original beside the filled copy", func(d *desk) []byte {
			return letterOf("one@example.org", "x", enclosed{"01 done.xlsx", "", d.filled("01", "1 – Low")}, enclosed{"01.xlsx", "", d.sent("01")}, enclosed{"p.pdf", "", pdf})
		}, "a.eml", []string{"repair original-beside a.eml!01.xlsx"}, []string{"01/p.pdf"}},
		{"a workbook of something else", func(d *desk) []byte {
			return letterOf("one@example.org", "x", enclosed{"01.xlsx", "", d.filled("01", "1 – Low")}, enclosed{"budget.xlsx", "", string(foreign(d.t))})
		}, "a.eml", []string{"repair foreign-beside a.eml!01.xlsx"}, []string{"01/budget.xlsx"}},
		{"a signed PDF, by itself and in an archive", func(d *desk) []byte {
			return letterOf("one@example.org", "x", enclosed{"01.xlsx", "", d.filled("01", "1 – Low")}, enclosed{"Policy.pdf.p7m", "", signed(pdf)},
				enclosed{"more.zip", "", string(packed(d.t, enclosed{"Minutes.pdf.csig", "", signed(pdf + "2")}))})
		}, "a.eml", nil, []string{"01/Minutes.pdf", "01/Policy.pdf"}},
		{"a signed PDF and no return", func(d *desk) []byte {
			return letterOf("one@example.org", "x", enclosed{"Policy.pdf.p7m", "", signed(pdf)})
		}, "a.eml", []string{"error file-pdf a.eml!Policy.pdf.p7m!Policy.pdf"}, nil},
		{"an empty file", func(d *desk) []byte {
			return packed(d.t, enclosed{"01.xlsx", "", d.filled("01", "1 – Low")}, enclosed{"p.pdf", "", ""})
		}, "a.zip", []string{"warning evidence-left a.zip!p.pdf"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := generated(t)
			d.put(test.file, test.make(d))
			got := d.validated()
			if test.name == "beside a workbook that cannot be read" {
				if len(got) != 2 || !strings.HasPrefix(got[0], "error file-") || got[1] != "warning evidence-left a.eml!p.png" {
					t.Errorf("findings %q", got)
				}
			} else {
				same(t, "findings", got, test.findings)
			}
			var kept []string
			for name := range d.kept() {
				kept = append(kept, name)
			}
			slices.Sort(kept)
			same(t, "kept", kept, test.kept)
		})
	}
}

// signed is a file in a signed message (RFC 5652, 5.1), as programs that sign files write it; the signature itself is left out.
func signed(content string) string {
	in := func(tag byte, parts ...string) string {
		body := strings.Join(parts, "")
		return string([]byte{tag, 0x83, byte(len(body) >> 16), byte(len(body) >> 8), byte(len(body))}) + body
	}
	of := func(kind byte) string { return "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07" + string([]byte{kind}) }
	return in(0x30, of(2), in(0xa0, in(0x30, "\x02\x01\x01", "\x31\x00", in(0x30, of(1), in(0xa0, in(0x04, content))), "\x31\x00")))
}

// foreign is a workbook that is not of the round.
func foreign(t *testing.T) []byte {
	return packed(t, enclosed{"[Content_Types].xml", "", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		enclosed{"_rels/.rels", "", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		enclosed{"xl/workbook.xml", "", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Budget" sheetId="1" r:id="r1"/></sheets></workbook>`},
		enclosed{"xl/_rels/workbook.xml.rels", "", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		enclosed{"xl/worksheets/sheet1.xml", "", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>12</v></c></row></sheetData></worksheet>`})
}

// What is collected from elsewhere is told apart in the same way, and nothing is taken twice.
func TestCollectKeepsEvidence(t *testing.T) {
	d := generated(t)
	inbox := t.TempDir()
	box := "From a@b Mon Feb 15 10:00:00 2027\n" + string(letterOf("one@example.org", "first", enclosed{"01 done.xlsx", "", d.filled("01", "3 – High")}, enclosed{"01.xlsx", "", d.sent("01")}, enclosed{"policy.pdf", "", pdf}, enclosed{"chart.png", "", png})) +
		"\nFrom a@b Mon Feb 15 10:00:00 2027\n" + string(letterOf("two@example.org", "second", enclosed{"02.xlsx", "", d.sent("02")}, enclosed{"policy.pdf", "", pdf + "of two"})) +
		"\nFrom a@b Mon Feb 15 10:00:00 2027\n" + string(letterOf("three@example.org", "third", enclosed{"03.pdf", "", pdf + "alone"}))
	if err := os.WriteFile(filepath.Join(inbox, "a.mbox"), []byte(strings.ReplaceAll(box, "\r\n", "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	p := &post.Post{Office: d.o}
	for i, want := range []post.Collected{{New: 4, Attachments: 2}, {Duplicates: 4}} {
		d.folder("collect", func(f *office.Folder) {
			got, err := p.Collect(context.Background(), f, []string{inbox}, post.CollectOptions{})
			if err != nil || got.New != want.New || got.Duplicates != want.Duplicates || got.Attachments != want.Attachments {
				t.Errorf("run %d: %+v, %v", i, got, err)
			}
			same(t, "collect says", said(got.Findings), []string{"warning evidence-left a.mbox!message 2!policy.pdf"})
		})
	}
	same(t, "findings", d.validated(), []string{"repair original-beside 01.xlsx", "error returned-as-sent 02.xlsx", "error file-pdf 03.pdf"})
	same(t, "register", d.lines(), []string{"counted 01 done.xlsx | chart.png in attachments/01/chart.png | policy.pdf in attachments/01/policy.pdf",
		"superseded 01.xlsx", "rejected 02.xlsx", "rejected 03.pdf"})
}

// A link in place of the folder would lead what came by mail out of the round.
func TestAttachmentsFollowNoLink(t *testing.T) {
	d := generated(t)
	outside := t.TempDir()
	link := filepath.Join(d.dir, "attachments")
	if err := os.Symlink(outside, link); err != nil {
		t.Skip("no links on this system: ", err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 { // wine says that it made one
		t.Skip("no links on this system")
	}
	d.put("a.eml", letterOf("one@example.org", "x", enclosed{"01.xlsx", "", d.filled("01", "1 – Low")}, enclosed{"p.pdf", "", pdf}))
	d.folder("validate", func(f *office.Folder) {
		if _, err := d.o.Validate(context.Background(), f, office.ValidateOptions{}); err == nil || !strings.Contains(err.Error(), "link") {
			t.Errorf("got %v", err)
		}
	})
	if list, _ := os.ReadDir(outside); len(list) > 0 {
		t.Errorf("%v was written outside", list)
	}
}
