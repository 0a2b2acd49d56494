package cmd_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/xuri/excelize/v2"
)

// withAddresses gives the round a sender, further settings, and its recipients an address each.
func withAddresses(t *testing.T, r, settings string) {
	t.Helper()
	addSettings(t, r, "contact: {email: \"office@example.org\"}\n"+settings)
	name := filepath.Join(r, "recipients.csv")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	for i := range lines {
		if lines[i] = strings.TrimRight(lines[i], "\r"); i == 0 {
			lines[i] += ",email"
		} else {
			lines[i] += ",data@example.org"
		}
	}
	putFile(t, name, strings.Join(lines, "\n")+"\n")
}

// TestCorrectionsInSpanish: whoever was asked in another language is asked for corrections in it.
func TestCorrectionsInSpanish(t *testing.T) {
	r := roundInTwoLanguages(t)
	withAddresses(t, r, "")
	put(t, r, "es.xlsx", filledBy(t, r, "02", "2 – Inicial", "2 o 3"))
	got := cmdtest.Rubric(t, 1, "-C", r, "validate", "--corrections")
	if !strings.Contains(got, "1 workbook to send back") || strings.Contains(got, "cannot be marked") {
		t.Errorf("validate says\n%s", got)
	}
	f, err := excelize.OpenFile(cmdtest.One(t, filepath.Join(r, "results", "corrections", "02*.xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Correcciones")
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, row := range rows {
		text += strings.Join(row, "|") + "\n"
	}
	for _, want := range []string{"Corrija, por favor: Round", "«2 o 3» no dice con certeza a qué opción se refiere.|Elija una entrada de la lista de esta celda."} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Choose") || strings.Contains(text, "does not") {
		t.Errorf("the sheet has English:\n%s", text)
	}
	cmdtest.Rubric(t, 0, "-C", r, "send", "--corrections")
	if list, err := filepath.Glob(filepath.Join(r, "outbox", "corrections", "02*.eml")); err != nil || len(list) != 1 {
		t.Errorf("the messages are %v, %v", list, err)
	}
}

// withoutProperties is a workbook as programs save it that drop its own properties.
func withoutProperties(t *testing.T, workbook []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	entry := regexp.MustCompile(`<(Override|Relationship) [^>]*docProps/custom\.xml[^>]*>(</(Override|Relationship)>)?`)
	for _, part := range z.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if part.Name == "docProps/custom.xml" {
			continue
		}
		if part.Name == "[Content_Types].xml" || part.Name == "_rels/.rels" {
			b = entry.ReplaceAll(b, nil)
		}
		w, err := to.Create(part.Name)
		if err == nil {
			_, err = w.Write(b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestCorrectionsOfReturnWithoutProperties: what the office made of a return that counts is sent, though a program of the
// sender's dropped a place that says whose the workbook is; what does not hold that return's answers is not sent.
func TestCorrectionsOfReturnWithoutProperties(t *testing.T) {
	r := smallRound(t)
	withAddresses(t, r, "")
	put(t, r, "first.xlsx", withoutProperties(t, filledBy(t, r, "01", "2 – Medio", "2 or 3")))
	if got := cmdtest.Rubric(t, 1, "-C", r, "validate", "--corrections"); !strings.Contains(got, "1 workbook to send back") || !strings.Contains(got, "[manifest-partly-lost]") {
		t.Fatalf("validate says\n%s", got)
	}
	correction := cmdtest.One(t, filepath.Join(r, "results", "corrections", "01*.xlsx"))
	cmdtest.Rubric(t, 0, "-C", r, "send", "--corrections")
	if list, err := filepath.Glob(filepath.Join(r, "outbox", "corrections", "01*.eml")); err != nil || len(list) != 1 {
		t.Fatalf("the messages are %v, %v", list, err)
	}
	if err := os.WriteFile(correction, filledBy(t, r, "01", "1 – Low", "2 or 3"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := cmdtest.Rubric(t, 1, "-C", r, "send", "--corrections", "--resend", "01")
	if !strings.Contains(got, "There is nothing to send") {
		t.Errorf("send says\n%s", got)
	}
}

// TestNoCorrections: where there is nothing to send back, no folder is named that is not there.
func TestNoCorrections(t *testing.T) {
	r := smallRound(t)
	put(t, r, "first.xlsx", filledBy(t, r, "01", "2 – Medio", "1 – Low"))
	got := cmdtest.Rubric(t, 0, "-C", r, "validate", "--corrections")
	if strings.Contains(got, "results/corrections") || !strings.Contains(got, "No workbook to send back") {
		t.Errorf("validate says\n%s", got)
	}
}

// TestIncompleteReturn: a return that is too empty goes back to be completed, is told by status, counts nowhere, and
// counts once the office says so.
func TestIncompleteReturn(t *testing.T) {
	r := smallRound(t)
	withAddresses(t, r, "completeness: 80\n")
	put(t, r, "half.xlsx", filledBy(t, r, "01", "2 – Medio", ""))
	got := cmdtest.Rubric(t, 1, "-C", r, "validate", "--corrections")
	if !strings.Contains(got, "[return-incomplete]") || !strings.Contains(got, "1 of 2 criteria are answered, fewer than the 80 %") || !strings.Contains(got, "Send it back to be completed") || !strings.Contains(got, "1 workbook to send back") {
		t.Errorf("validate says\n%s", got)
	}
	if e := register(t, r).Entries[0]; e.File != "" || e.Status != "corrections" {
		t.Errorf("the register has %+v", e)
	}
	cmdtest.Rubric(t, 0, "-C", r, "send", "--corrections")
	message, err := os.ReadFile(cmdtest.One(t, filepath.Join(r, "outbox", "corrections", "01*.eml")))
	if err != nil || !bytes.Contains(message, []byte("One entry in it")) {
		t.Errorf("the message is %v %.2000s", err, message)
	}
	cmdtest.Rubric(t, 0, "-C", r, "status", "--prefer", "half.xlsx")
	if e := register(t, r).Entries[0]; e.File != "half.xlsx" || e.Status != "returned" || e.Answered != 1 {
		t.Errorf("the register has %+v", e)
	}
}
