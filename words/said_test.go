package words_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/disk"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// Every English text that stands in the program is in the files of each language that has them, and nothing else is.
func TestTextsOfTheProgramAreTranslated(t *testing.T) {
	english := map[string]string{}
	for _, folder := range slices.Concat(saying, writing) {
		for text, at := range textsIn(t, folder) {
			english[text] = at
		}
	}
	for _, code := range models.Catalogue() {
		english[code.Remedy], english[code.Meaning] = "the remedy of "+string(code.Code), "the meaning of "+string(code.Code)
	}
	// These stand in tables or are given back by a function, where textsIn does not see them.
	for _, text := range []string{"a mailbox of Outlook (.pst or .ost)", "an archive of Outlook for Mac (.olm)", "there is no such file or folder", "you may not read it",
		"the file is a document of an older kind, and is damaged or not complete", "'{1}'"} {
		english[text] = "a table"
	}
	// What went wrong with a file of the system, and what to do about it.
	for why, remedy := range disk.AllWords() {
		english[why], english[remedy] = "internal/disk", "internal/disk"
	}
	if len(english) < 800 {
		t.Fatalf("only %d texts were found in the program", len(english))
	}
	w, ok := words.For("es")
	if !ok {
		t.Fatal("there is no Spanish")
	}
	missing := 0
	for _, text := range slices.Sorted(maps.Keys(english)) {
		if !w.Has(words.Said{Form: text}) && !slices.Contains(sameInAll, text) {
			missing++
			t.Errorf("es has no text of %q (%s)", text, english[text])
		}
	}
	t.Logf("%d texts of the program, %d not in Spanish", len(english), missing)
	for text, at := range saidFiles(t) {
		if _, ok := english[text]; !ok {
			t.Errorf("%s: nothing in the program says %q", at, text)
		}
	}
}

// saidFiles lists the English texts of the files of all languages, and where they stand.
func saidFiles(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*/[fc]*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	pair := regexp.MustCompile(`^("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*")$`)
	out := map[string]string{}
	for _, f := range files {
		if base := filepath.Base(f); base != "findings.yaml" && base != "consolidated.yaml" {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range strings.Split(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n") {
			if l == "" || strings.HasPrefix(l, "#") {
				continue
			}
			m := pair.FindStringSubmatch(l)
			if m == nil {
				t.Errorf("%s:%d: not two texts in quotation marks: %s", f, i+1, l)
				continue
			}
			english, err := strconv.Unquote(m[1])
			if err != nil {
				t.Errorf("%s:%d: %v", f, i+1, err)
			}
			out[english] = fmt.Sprintf("%s:%d", f, i+1)
		}
	}
	return out
}

// A sheet's name fits, and no two sheets or columns of a table of Spanish are called alike where those of English are not.
func TestNamesOfSheetsFit(t *testing.T) {
	w, _ := words.For("es")
	seen := map[string]string{}
	for text, at := range textsIn(t, "xlsx/consolidated") {
		if !strings.Contains(at, ".go") || !slices.Contains(sheetNames, text) {
			continue
		}
		name := w.TextOf(text)
		if len([]rune(name)) > 31 || strings.ContainsAny(name, `:\/?*[]'`) {
			t.Errorf("%q cannot be the name of a sheet", name)
		}
		if other, twice := seen[strings.ToLower(name)]; twice {
			t.Errorf("%q and %q are both called %q", text, other, name)
		}
		seen[strings.ToLower(name)] = text
	}
	if len(seen) != len(sheetNames) {
		t.Errorf("%d of %d sheets were found", len(seen), len(sheetNames))
	}
}

var sheetNames = []string{"Overview", "Register", "Questions", "Heat map", "Levels", "Groups", "Topics", "Compare", "Over time", "Over time by recipient",
	"Priorities", "Criteria", "Criteria by group", "Distribution by group", "Risks", "Sensitivity", "Comments", "Matrix", "Targets", "Answers", "Template", "Method", "Choices", "Decisions"}

func TestSaid(t *testing.T) {
	day := time.Date(2026, 10, 30, 0, 0, 0, 0, time.UTC)
	es, _ := words.For("es")
	us, _ := words.For("en-US")
	row := words.Sayf("The row of %s (%s) is not in the workbook.", "1.1", "Sharing {2} %d")
	parts := words.Sayf("The return was saved on %s, after the due date of %s.", day, day)
	nested := words.Joined(" ", words.Sayf("There is no answer to %s (%s).", "1.1", "Sharing"), words.Said{}, words.Sayf("Otherwise: %s", row))
	small := words.Sayf("it has more than %d sheets", 5)
	small.Kind = words.SaidSentence
	for _, x := range []struct {
		said words.Said
		in   *words.Words
		want string
	}{
		{row, words.English(), "The row of 1.1 (Sharing {2} %d) is not in the workbook."},
		{row, es, "La fila de 1.1 (Sharing {2} %d) no está en el libro."},
		{row, es.Calling(map[string]string{"Sharing {2} %d": "Compartir"}), "La fila de 1.1 (Compartir) no está en el libro."},
		{parts, words.English(), "The return was saved on 30 October 2026, after the due date of 30 October 2026."},
		{parts, us, "The return was saved on October 30, 2026, after the due date of October 30, 2026."},
		{parts, es, "El libro se guardó el 30 de octubre de 2026, después de la fecha límite, el 30 de octubre de 2026."},
		{nested, es, "No hay respuesta a 1.1 (Sharing). Por lo demás: La fila de 1.1 (Sharing {2} %d) no está en el libro."},
		{small, words.English(), "It has more than 5 sheets."},
		{small, es, "Tiene más de 5 hojas."},
		{words.Sayf("Over 50 % of nothing"), es, "Over 50 % of nothing"},
		{words.Sayf("%d of %d %%", 1, 2), es, "1 of 2 %"},
		{words.Sayf("%[2]s before %[1]s", "b", "a"), es, "a before b"},
		{words.Counted(1, "answer", "answers"), es, "1 respuesta"},
		{words.Counted(3, "answer", "answers"), es, "3 respuestas"},
		{words.FirstFew(words.Named([]string{"a", "b", "c", "d"}), 3, ", and %d more"), es, "a, b, c y 1 más"},
		{words.FirstFew(words.Named([]string{"a", "b"}), 3, ", and %d more"), es, "a, b"},
		{words.Alternatives([]string{"1.1", "1.10", "1.2"}), es, "1.1 o 1.10 o 1.2"},
		{words.Label("column_level"), es, "Nivel actual"},
		{words.Said{}, es, ""},
	} {
		if got := x.in.Tell(x.said); got != x.want {
			t.Errorf("%s says %q, want %q", x.in.Tag(), got, x.want)
		}
	}
	if !es.Has(nested) || es.Has(words.Sayf("No such text of %d", 3)) || es.Has(words.Sayf("The cell %s.", words.Sayf("is not there"))) {
		t.Error("what the language has of texts within texts is not seen")
	}
	if got, want := es.TellFormula("%s of %s recipients have returned their assessment.", "A1", "B1"), `A1&" de "&B1&" destinatarios han devuelto su evaluación."`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
