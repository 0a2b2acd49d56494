package byothers_test

import (
	"archive/zip"
	"encoding/csv"
	"github.com/rubric-project/rubric/cmd/cmdtest"
	"html"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// loanwords are what a text in Spanish and one in English may have alike beside names, refs and numbers: words that both
// languages have, signs of the field, and names of programs, formats and methods.
var loanwords = strings.Fields("Error ID No Global General SHA-256 QUARTILE n/a Total N P L F n Q1 Q3 Excelize Go rubric profile mean weakest staged cumulative si Sensible x")

// TestSpanishRound plays a round of each model in Spanish to the end, and the same round in English. No text of workbooks,
// findings, summaries and messages may be the same in both, but for names, refs, numbers and what the recipients wrote.
func TestSpanishRound(t *testing.T) {
	for _, template := range cmdtest.SomeOf("csis-cdm3", "uk-dmm") {
		t.Run(template, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			texts := map[string]map[string]string{}
			own := map[string]bool{}
			for _, language := range []string{"en-GB", "es"} {
				r := filepath.Join(dir, language)
				cmdtest.Rubric(t, 0, "demo", r, "--template", template, "--language", language, "--recipients", "30")
				cmdtest.Rubric(t, 1, "-C", r, "consolidate", "--publish")
				cmdtest.Rubric(t, 1, "-C", r, "validate", "--corrections")
				cmdtest.Rubric(t, 0, "-C", r, "send")
				texts[language] = textsOfRound(t, r)
				ownTexts(t, r, own)
			}
			names := slices.DeleteFunc(slices.SortedFunc(maps.Keys(own), func(a, b string) int { return len(b) - len(a) }), func(s string) bool { return len(s) <= 3 })
			same := 0
			for _, text := range slices.Sorted(maps.Keys(texts["es"])) {
				at := texts["es"][text]
				if _, ok := texts["en-GB"][text]; !ok || own[text] || onlyNames(text, own, names) || onHiddenSheet(text) || strings.HasSuffix(at, ".pdf") && pieceOf(text, own) {
					continue
				}
				same++
				t.Errorf("%s is the same in English: %q", at, text)
			}
			t.Logf("%d texts in Spanish, %d of them as in English", len(texts["es"]), same)
			if len(texts["es"]) < 2000 {
				t.Errorf("only %d texts were found", len(texts["es"]))
			}
		})
	}
}

// ownTexts adds what is the round's own: recipients, the template in its first language, what recipients wrote.
func ownTexts(t *testing.T, dir string, own map[string]bool) {
	t.Helper()
	for _, x := range []struct {
		file    string
		columns []string
	}{{"recipients.csv", nil}, {"results/data/answers.csv", []string{"evidence", "comment", "ref"}}, {"results/data/question_answers.csv", []string{"answer"}},
		{"results/data/recipients.csv", []string{"completed_by", "role", "signed_off_by"}}, {"results/data/findings.csv", []string{"code", "file"}}} {
		f, err := os.Open(filepath.Join(dir, filepath.FromSlash(x.file)))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for i, s := range row {
				if x.columns == nil || slices.Contains(x.columns, rows[0][i]) {
					own[strings.TrimSpace(s)] = true
				}
			}
		}
	}
	for _, file := range []string{"template.yaml", "round.yaml"} {
		b, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(b), "\n") { // the consolidated workbook keeps the template line by line
			own[strings.TrimSpace(line)] = true
			if _, value, ok := strings.Cut(line, ": "); ok {
				own[strings.Trim(strings.TrimSpace(value), `"`)] = true
			}
		}
	}
	delete(own, "")
}

var (
	wordsIn = regexp.MustCompile(`[\p{L}][\p{L}'/-]*[\p{L}0-9]|\p{L}`)
	noWords = regexp.MustCompile(`https?://\S+|\S+@\S+|\S+\.(xlsx|pdf|eml|yaml|csv|html)\b|\b[0-9a-f]{8,}\b|\b[A-Z0-9]+(-[A-Z0-9]+)+\b|&[A-Z]|\bL[0-9] [A-Z]{2}\b|\b[A-Z]{1,3}[0-9]+\b|\bn[0-9]+\b|yyyy-mm-dd`)
)

// onlyNames says that a text is made of the round's own texts, loan words, refs and numbers. names are the longer of the
// own texts, the longest first.
func onlyNames(text string, own map[string]bool, names []string) bool {
	rest := noWords.ReplaceAllString(text, " ")
	for _, s := range names {
		if strings.Contains(rest, s) {
			rest = strings.ReplaceAll(rest, s, " ")
		}
	}
	for _, w := range wordsIn.FindAllString(rest, -1) {
		if !slices.Contains(loanwords, w) && !own[w] {
			return false
		}
	}
	return true
}

// pieceOf says that a line of a PDF is a piece of a text of the round's own, or of several names that follow one another.
func pieceOf(line string, own map[string]bool) bool {
	names := map[string]bool{}
	for s := range own {
		if len(line) > 7 && strings.Contains(s, line) {
			return true
		}
		if strings.HasPrefix(s, "Example ") {
			for _, w := range wordsIn.FindAllString(s, -1) {
				names[w] = true
			}
		}
	}
	return !slices.ContainsFunc(wordsIn.FindAllString(line, -1), func(w string) bool { return !names[w] }) || strings.HasSuffix(line, ".") && lastOf(line, own)
}

// lastOf says that a line ends a text of the round's own.
func lastOf(line string, own map[string]bool) bool {
	for s := range own {
		if strings.HasSuffix(s, " "+line) {
			return true
		}
	}
	return false
}

// onHiddenSheet says that a text is a heading or a key on a sheet that nobody sees, and by which the program finds its way;
// or one of the answers that somebody wrote by hand, in English, into a return of the demonstration.
func onHiddenSheet(text string) bool {
	return slices.Contains(hiddenHeadings, text) || strings.HasPrefix(text, "Options of ") || strings.HasPrefix(text, "Next steps from level ") ||
		strings.HasPrefix(text, "Too low") || strings.HasPrefix(text, "Attained") || strings.HasPrefix(text, "Stopped") || strings.HasSuffix(text, " or more")
}

var hiddenHeadings = []string{"Lists", "Applies", "Choice", "Counts for level", "Criterion", "Done", "Key", "Level", "Level 3", "Level N", "Level L", "Level F", "Level P", "Long text", "Whose", "Up to", "Name", "Name and meaning",
	"Next", "Not applicable", "Number", "Place", "Priority", "Section", "Short of largely", "Target", "Value", "What it needs", "Worth", "na", "N/A", "format", "layout", "recipient", "reference", "round",
	"seal", "template", "template_digest", "template_version", "answers", "consolidated workbook 1", "criterion", "digest of the answers", "digest of the template", "due", "form",
	"group columns", "lines of the template", "returns", "rubric kept", "a", "b"}

// textsOfRound are the texts of the files that a round makes, each with a place.
func textsOfRound(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	add := func(file, text string) {
		if text = strings.TrimSpace(html.UnescapeString(text)); text != "" {
			out[text] = strings.TrimPrefix(filepath.ToSlash(file), filepath.ToSlash(dir)+"/")
		}
	}
	var files []string
	for _, pattern := range []string{"outbox/*", "results/*.xlsx", "results/corrections/*", "results/pdf/*"} {
		found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(pattern, "outbox") { // all are alike
			found = append(found[:4:4], found[len(found)-2:]...)
		}
		files = append(files, found...)
	}
	kinds := map[string]int{}
	for _, file := range files {
		kind := filepath.Ext(file)
		kinds[kind]++
		switch kind {
		case ".xlsx":
			textsOfWorkbook(t, file, func(s string) { add(file, s) })
		case ".eml":
			textsOfMessage(t, file, func(s string) { add(file, s) })
		case ".pdf":
			if kinds[kind] > 6 && filepath.Base(file) != "overview.pdf" {
				continue
			}
			if _, err := exec.LookPath("pdftotext"); err != nil {
				t.Log("pdftotext is not there to read the summaries with (Debian: poppler-utils)")
				continue
			}
			text, err := exec.Command("pdftotext", file, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitSeq(string(text), "\n") {
				add(file, line)
			}
		}
	}
	if kinds[".xlsx"] < 7 || kinds[".eml"] < 2 || kinds[".pdf"] < 10 {
		t.Fatalf("files of the round: %v", kinds)
	}
	return out
}

var (
	cellText  = regexp.MustCompile(`<(?:a:)?t(?: [^>]*)?>([^<]*)</(?:a:)?t>|t="str"[^>]*>(?:<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>|<c:v>([^<]*)</c:v>`)
	shownText = regexp.MustCompile(`(?:prompt|promptTitle|error|errorTitle|tooltip|descr|formatCode)="([^"]*)"|<odd(?:Header|Footer)>([^<]*)<|<sheet name="([^"]*)"`)
	formula   = regexp.MustCompile(`<(?:f|formula|formula1|c:f)(?: [^>]*)?>([^<]*)</`)
	inFormula = regexp.MustCompile(`"((?:[^"]|"")*)"`)
)

// textsOfWorkbook gives each text of a workbook: of cells, formulas, prompts, headers, charts and sheets.
func textsOfWorkbook(t *testing.T, file string, add func(string)) {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, part := range z.File {
		if !strings.HasSuffix(part.Name, ".xml") || strings.HasPrefix(part.Name, "docProps/") || strings.Contains(part.Name, "theme") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, of := range []*regexp.Regexp{cellText, shownText} {
			for _, m := range of.FindAllStringSubmatch(string(b), -1) {
				add(strings.Join(m[1:], ""))
			}
		}
		for _, m := range formula.FindAllStringSubmatch(string(b), -1) {
			for _, s := range inFormula.FindAllStringSubmatch(html.UnescapeString(m[1]), -1) {
				add(s[1])
			}
		}
	}
}

// textsOfMessage gives the subject of a message and the lines of its text.
func textsOfMessage(t *testing.T, file string, add func(string)) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := mail.ReadMessage(f)
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	add(subject)
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(kind, "multipart/") {
		t.Fatalf("%s: %s, %v", file, kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			return
		}
		if !strings.HasPrefix(p.Header.Get("Content-Type"), "text/plain") {
			continue
		}
		var body io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			body = quotedprintable.NewReader(p)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(text), "\n") {
			add(line)
		}
	}
}
