package pdf_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf"
)

// words are the texts of a document, page by page, by our own reader.
func textOf(t testing.TB, b []byte) string {
	t.Helper()
	f := readPDF(t, b)
	var s strings.Builder
	for i, p := range f.pages() {
		runs, _ := f.runs(t, i, p)
		last := run{}
		for _, r := range runs {
			if r.y != last.y || r.up != last.up || r.x > last.x+last.width+0.5 {
				s.WriteByte(' ')
			}
			s.WriteString(r.text)
			last = r
		}
		s.WriteByte('\n')
	}
	return s.String()
}

func summary(t testing.TB, p *pdf.Printer, in pdf.SummaryInput) ([]byte, []models.Finding) {
	t.Helper()
	var b bytes.Buffer
	findings, err := p.Summary(&b, in)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), findings
}

// figuresOf lists every figure of a scorecard as a reader looks for it, row by row as in the table of all
// figures: counts, distribution, statistics, score and range.
func figuresOf(card *models.Scorecard, staged bool) [][]string {
	score := func(f models.Figure, overall bool) string {
		v, ok := f.Get()
		switch {
		case !ok:
			return "–"
		case staged && overall:
			return f.Format(0)
		case staged:
			return models.Some(v*100).Format(1) + "%"
		}
		return f.Format(2)
	}
	var out [][]string
	add := func(g models.GroupScore) {
		overall := g.Topic == "" && g.Theme == ""
		var row []string
		for _, n := range []int{g.Criteria, g.Answered, g.NotApplicable, g.Blank} {
			row = append(row, fmt.Sprint(n))
		}
		for _, d := range g.Distribution {
			row = append(row, fmt.Sprint(d.Count))
		}
		row = append(row, g.Median.Format(1), g.Mean.Format(2), g.Lowest.Format(0),
			score(g.Score.Value, overall), score(g.Score.Low, overall), score(g.Score.High, overall))
		if g.Rating != "" {
			row = append(row, g.Rating)
		}
		out = append(out, row)
	}
	add(card.Overall)
	for _, list := range [][]models.GroupScore{card.Topics, card.Themes, card.Cells} {
		for _, g := range list {
			if g.Criteria > 0 {
				add(g)
			}
		}
	}
	return out
}

func TestSummaryHasEveryFigure(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		c := castOf(t, builtin(t, id), "a4", 24, 0.8)
		b, _ := summary(t, printer(t, c), c.input(2))
		got := strings.Join(strings.Fields(textOf(t, b)), " ")
		for _, row := range figuresOf(c.members[2].Scorecard, id == "csis-cdm3") {
			if want := strings.Join(row, " "); !strings.Contains(got, want) {
				t.Errorf("%s: the figures %q are not in the summary", id, want)
			}
		}
		if st := c.members[2].Scorecard.Staged; st != nil {
			for _, x := range st.Blockers {
				v, _ := x.Short.Get()
				if want := models.Some(v*100).Format(1) + "%"; !strings.Contains(got, want) {
					t.Errorf("%s: how far a section falls short, %s, is not in the summary", id, want)
				}
			}
		}
	}
}

// TestPopplerReadsTheSame holds pdftotext's reading against ours: what one finds, the other does.
func TestPopplerReadsTheSame(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext (poppler-utils) is not installed")
	}
	c := castOf(t, builtin(t, "csis-cdm3"), "a4", 24, 0.8)
	b, _ := summary(t, printer(t, c), c.input(2))
	cmd := exec.Command("pdftotext", "-raw", "-", "-")
	cmd.Stdin = bytes.NewReader(b)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, w := range strings.Fields(textOf(t, b)) {
		count[w]++
	}
	for _, w := range strings.Fields(string(out)) {
		count[w]--
	}
	for w, n := range count {
		if n != 0 && len(count) > 0 && !strings.ContainsAny(w, "-/@_–") { // words broken over lines
			t.Errorf("pdftotext has %q %d times less often than the file", w, n)
		}
	}
}

func TestQpdfFindsNothing(t *testing.T) {
	if _, err := exec.LookPath("qpdf"); err != nil {
		t.Skip("qpdf is not installed")
	}
	for name, b := range documents(t) {
		cmd := exec.Command("qpdf", "--check", "-")
		file := t.TempDir() + "/x.pdf"
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd.Args[2] = file
		if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "WARNING") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// TestOneRecipientNeverShowsAnother looks for every other recipient's name, id, answers' comments and scores.
func TestOneRecipientNeverShowsAnother(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		c := castOf(t, builtin(t, id), "a4", 24, 0.9)
		for i := range c.members {
			m := &c.members[i]
			m.Recipient.ID = fmt.Sprintf("id%03dx", i)
			if m.Return != nil {
				m.Return.Answers()[3].Comment = text(fmt.Sprintf("secret%03d", i))
				m.Return.Respondent.Name = text(fmt.Sprintf("person%03d", i))
			}
		}
		p := printer(t, c)
		in := c.input(0)
		in.Full = true
		b, _ := summary(t, p, in)
		got := textOf(t, b) + string(b)
		for i := 1; i < len(c.members); i++ {
			for _, secret := range []string{fmt.Sprintf("secret%03d", i), fmt.Sprintf("person%03d", i), fmt.Sprintf("id%03dx", i),
				fmt.Sprintf("District %02d", i+1)} {
				if strings.Contains(got, secret) {
					t.Errorf("%s: the summary of the first recipient shows %q", id, secret)
				}
			}
		}
		if !strings.Contains(got, "secret000") || !strings.Contains(got, "person000") {
			t.Errorf("%s: the summary does not show its own recipient's texts", id)
		}
	}
}

// TestWithheldFiguresAreNotDrawn gives figures that must not be shown values that can be found: those of the office's own
// consolidation. What the disclosure has is shown.
func TestWithheldFiguresAreNotDrawn(t *testing.T) {
	c := castOf(t, builtin(t, "uk-dmm"), "a4", 24, 1)
	poison := func(g *models.GroupView) {
		for i := range g.Topics {
			g.Topics[i] = models.Spread{N: 20, Min: models.Some(1.11), Q1: models.Some(1.23), Median: models.Some(1.37), Q3: models.Some(1.49), Max: models.Some(1.51), Mean: models.Some(1.61)}
		}
	}
	poison(&c.consolidation.All)
	for i := range c.consolidation.Groups {
		poison(&c.consolidation.Groups[i])
	}
	secret := []string{"1.11", "1.23", "1.37", "1.49", "1.51", "1.61"}
	drawn := func(in pdf.SummaryInput) string {
		b, _ := summary(t, printer(t, c), in)
		return textOf(t, b)
	}
	overview := func(n pdf.Naming) string {
		var b bytes.Buffer
		if _, err := printer(t, c).Overview(&b, pdf.OverviewInput{Results: c.results(), Names: n}); err != nil {
			t.Fatal(err)
		}
		return textOf(t, b.Bytes())
	}
	for what, got := range map[string]string{"summary": drawn(c.input(0)), "overview with names withheld": overview(pdf.Withheld)} {
		for _, x := range secret {
			if strings.Contains(got, x) {
				t.Errorf("the %s shows %s, which is the office's own", what, x)
			}
		}
	}
	if got := overview(pdf.ByName); !strings.Contains(got, "1.37") || !strings.Contains(got, "For the office only") {
		t.Error("the office's own overview lacks a median, or the mark that it is the office's own")
	}
	if got := overview(pdf.Withheld); strings.Contains(got, "For the office only") {
		t.Error("the overview with names withheld is marked as the office's own")
	}
	c.disclosure.Consolidation.All.Topics[0].Median = models.Some(4.77)
	if got := drawn(c.input(0)); !strings.Contains(got, "4.77") && !strings.Contains(got, "4.8") {
		t.Error("the summary does not show a median that may be shown")
	}
}

func TestOverviewNames(t *testing.T) {
	c := castOf(t, builtin(t, "uk-dmm"), "letter", 24, 0.9)
	refs := map[string]string{}
	for i, m := range c.members {
		refs[m.Recipient.ID] = fmt.Sprintf("REF%d-XXXX", 100-i)
	}
	draw := func(n pdf.Naming, members []models.Member) string {
		var b bytes.Buffer
		some := *c
		some.members = members
		if _, err := printer(t, c).Overview(&b, pdf.OverviewInput{Results: some.results(), Names: n, References: refs}); err != nil {
			t.Fatal(err)
		}
		return textOf(t, b.Bytes())
	}
	for _, x := range []struct {
		names     pdf.Naming
		has, lack string
	}{{pdf.ByName, "District 03", "REF98"}, {pdf.ByReference, "REF98", "District 03"}, {pdf.Withheld, "withheld", "District 0"}} {
		got := draw(x.names, c.members)
		if !strings.Contains(got, x.has) || strings.Contains(got, x.lack) {
			t.Errorf("names %d: want %q and not %q", x.names, x.has, x.lack)
		}
	}
	twins := slices.Clone(c.members)
	twins[1].Recipient.Name = twins[0].Recipient.Name
	if got := draw(pdf.ByName, twins); !strings.Contains(got, "("+twins[0].Recipient.ID+")") || !strings.Contains(got, "("+twins[1].Recipient.ID+")") || strings.Contains(got, "("+twins[2].Recipient.ID+")") {
		t.Error("two recipients of one name are not told apart")
	}
}

// TestSameBytes draws the same documents alone and at once, in different orders.
func TestSameBytes(t *testing.T) {
	c := castOf(t, builtin(t, "uk-dmm"), "a4", 12, 0.9)
	c.members[1].Recipient.Name = "Nguyễn Trãi Trường, Ελλάδα, Київ"
	p := printer(t, c, pdf.WithLogo(logo(t, 900, 200)))
	want := make([][]byte, 8)
	for i := range want {
		want[i], _ = summary(t, p, c.input(i))
	}
	q := printer(t, c, pdf.WithLogo(logo(t, 900, 200)))
	var wg sync.WaitGroup
	for i := 7; i >= 0; i-- {
		wg.Go(func() {
			var b bytes.Buffer
			if _, err := q.Summary(&b, c.input(i)); err != nil || !bytes.Equal(b.Bytes(), want[i]) {
				t.Errorf("summary %d differs from the first (%v)", i, err)
			}
		})
	}
	wg.Wait()
	if bytes.Equal(want[0], want[1]) {
		t.Error("two recipients have the same summary")
	}
}

func TestSmallFiles(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		c := castOf(t, builtin(t, id), "a4", 24, 1)
		b, _ := summary(t, printer(t, c), c.input(0))
		if len(b) > 150_000 {
			t.Errorf("%s: a summary has %d bytes", id, len(b))
		}
	}
}

func TestTextsThatCannotBeSet(t *testing.T) {
	c := castOf(t, builtin(t, "uk-dmm"), "a4", 12, 1)
	p := printer(t, c)
	for _, x := range []struct {
		name, shows string
		missing     bool
	}{
		{"Ysgol Gyfun Gŵyr, Llŷn", "Ysgol Gyfun Gŵyr, Llŷn", false},
		{"Szkoła Łódź, Żółć", "Szkoła Łódź, Żółć", false},
		{"Trường Nguyễn Thị Định", "Trường Nguyễn Thị Định", false},
		{"Cafe\u0301 Co\u0302te", "Café Côte", false}, // composed
		{"Σχολείο Αθηνών", "Σχολείο Αθηνών", false},
		{"Школа № 7, Україна", "Школа № 7, Україна", false},
		{"学校 42", "[…] 42", true},
		{"مدرسة", "001 […]", true},
		{"Smiley 😀 School", "Smiley […] School", true},
		{"Line\x07bell\u200b", "Linebell", false},
	} {
		b, findings := summary(t, p, c.called(0, x.name))
		if got := textOf(t, b); !strings.Contains(got, x.shows) {
			t.Errorf("%q: the summary does not show %q", x.name, x.shows)
		}
		reported := len(findings) > 0 && findings[0].Code == models.TextNotPrintable && findings[0].Recipient == "001"
		if reported != x.missing {
			t.Errorf("%q: findings %v", x.name, findings)
		}
	}
}

func TestLanguages(t *testing.T) {
	c := castOf(t, builtin(t, "csis-cdm3"), "letter", 24, 0.9)
	for tag, want := range map[string][]string{
		"en-GB": {"12 October 2026", "At a glance"}, "en-US": {"October 12, 2026"},
		"es-MX": {"12 de octubre de 2026", "De un vistazo", "Página 1 de"},
	} {
		b, _ := summary(t, printer(t, c, pdf.WithLanguage(tag)), c.input(0))
		for _, w := range want {
			if !strings.Contains(textOf(t, b), w) {
				t.Errorf("%s: no %q", tag, w)
			}
		}
	}
	if _, err := pdf.NewPrinter(c.round, c.template, pdf.WithLanguage("tlh")); err == nil || !strings.Contains(err.Error(), "en-GB") {
		t.Errorf("an unknown language: %v", err)
	}
}

func TestLogoThatCannotBeRead(t *testing.T) {
	c := castOf(t, builtin(t, "uk-dmm"), "a4", 3, 1)
	for name, b := range map[string][]byte{"text": []byte("<svg/>"), "cut off": logo(t, 50, 50)[:80], "empty": nil} {
		if _, err := pdf.NewPrinter(c.round, c.template, pdf.WithLogo(b)); err == nil {
			t.Errorf("%s: the logo was taken", name)
		}
	}
}

// TestMerge: one document of several summaries, each with its bookmark and its own page numbers.
func TestMerge(t *testing.T) {
	c := castOf(t, builtin(t, "uk-dmm"), "a4", 12, 0.9)
	var b bytes.Buffer
	if _, err := printer(t, c).Merge(&b, []pdf.SummaryInput{c.input(0), c.input(1), c.input(2)}); err != nil {
		t.Fatal(err)
	}
	f := readPDF(t, b.Bytes())
	var titles []string
	pages := map[ref]int{}
	for i, k := range f.dict(f.root()["Pages"])["Kids"].([]any) {
		pages[k.(ref)] = i
	}
	text := map[int]string{}
	for i, p := range f.pages() {
		runs, _ := f.runs(t, i, p)
		for _, r := range runs {
			text[i] += r.text
		}
	}
	item := f.dict(f.root()["Outlines"])["First"]
	for item != nil {
		o := f.dict(item)
		title := decode(o["Title"].(string))
		titles = append(titles, title)
		dest := f.get(o["Dest"]).([]any)
		if page := text[pages[dest[0].(ref)]]; !strings.Contains(page, title) || !strings.Contains(page, "Page 1 of ") {
			t.Errorf("the bookmark %q does not lead to the first page of its summary", title)
		}
		if f.dict(o["First"]) == nil {
			t.Errorf("the bookmark %q has none for its sections", title)
		}
		item = o["Next"]
	}
	want := []string{"Example Unified School District 01", "Example Unified School District 02", "Example Unified School District 03"}
	if strings.Join(titles, "|") != strings.Join(want, "|") {
		t.Errorf("bookmarks %q", titles)
	}
}
