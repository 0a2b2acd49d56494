package pdf_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/pdf"
	"github.com/rubric-project/rubric/scoring"
)

// TestLongRun draws documents of random names, lengths, scripts, templates and papers and looks at where each line
// was set: inside the page, and on no other line. Characters that cannot be set must be reported. 500
// documents in a full run (RUBRIC_LONG=1), fewer by default.
func TestLongRun(t *testing.T) {
	n := 40
	if testing.Short() {
		n = 10
	} else if longRun() {
		n = 500
	}
	seeds := []int{43, 144, 228} // they once found lines on others
	for seed := range n {
		seeds = append(seeds, seed)
	}
	for _, seed := range seeds {
		r := rand.New(rand.NewPCG(uint64(seed), 11))
		c := randomCast(t, r)
		var options []pdf.Option
		if r.IntN(3) == 0 {
			options = append(options, pdf.WithLogo(logo(t, 10+r.IntN(300), 10+r.IntN(300))))
		}
		if r.IntN(3) == 0 {
			options = append(options, pdf.WithLanguage("es"))
		}
		p := printer(t, c, options...)
		var lines []pdf.Placed
		p.Watch(func(x pdf.Placed) { lines = append(lines, x) })
		w, h := p.Paper()
		var out bytes.Buffer
		var findings []models.Finding
		var err error
		if seed%5 == 4 {
			_, err = p.Overview(&out, pdf.OverviewInput{Results: c.results(), Names: pdf.Naming(r.IntN(3))})
		} else {
			in := c.input(0)
			in.Full = r.IntN(3) == 0
			findings, err = p.Summary(&out, in)
			if lacks(c.members[0].Recipient.Name) && !slices.ContainsFunc(findings, func(f models.Finding) bool {
				return f.Code == models.TextNotPrintable && strings.Contains(f.Message, "name of recipient")
			}) {
				t.Errorf("seed %d: the name %q is not reported", seed, c.members[0].Recipient.Name)
			}
		}
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		checkLines(t, seed, lines, w, h)
		if t.Failed() {
			return
		}
	}
}

// box is what a line covers: from the height of small letters to a little below the baseline.
type box struct{ x0, y0, x1, y1 float64 }

func boxOf(p pdf.Placed) box {
	length := max(p.X1-p.X0, 0)
	if p.Up {
		length = p.Y1 - p.Y0
		return box{p.X - 0.5*p.Size, p.Y, p.X + 0.1*p.Size, p.Y + length}
	}
	return box{p.X, p.Y - 0.1*p.Size, p.X + length, p.Y + 0.5*p.Size}
}

func checkLines(t *testing.T, seed int, lines []pdf.Placed, w, h float64) {
	t.Helper()
	pages := map[int][]pdf.Placed{}
	for _, l := range lines {
		b := boxOf(l)
		if b.x0 < 24 || b.x1 > w-24 || b.y0 < 10 || b.y1 > h-18 {
			t.Errorf("seed %d, page %d: %q is set from %.0f,%.0f to %.0f,%.0f, outside the page", seed, l.Page+1, l.Text, b.x0, b.y0, b.x1, b.y1)
		}
		if strings.TrimSpace(l.Text) != "" {
			pages[l.Page] = append(pages[l.Page], l)
		}
	}
	for page, list := range pages {
		for i, a := range list {
			p := boxOf(a)
			for _, b := range list[:i] {
				q := boxOf(b)
				if p.x0 < q.x1-0.3 && q.x0 < p.x1-0.3 && p.y0 < q.y1-0.3 && q.y0 < p.y1-0.3 {
					t.Errorf("seed %d, page %d: %q lies on %q", seed, page+1, a.Text, b.Text)
				}
			}
		}
	}
}

// lacks says whether a text of randomText holds what the typeface has not.
func lacks(s string) bool { return strings.ContainsAny(s, "学校مدرسةहिन्दी😀") }

var alphabets = []string{
	"abcdefghijklmnopqrstuvwxyz    ", "ABC DEF-GHI/JKL's 0123456789 (x) ", "ŵŷâêîôû Llŷn Gŵyr ", "zażółć gęślą jaźń ", "Tiếng Việt Nguyễn Trường ",
	"Ελληνικά Αθήνα ", "Київ Школа Україна ", "學学校 ", "مدرسة ", "हिन्दी ", "😀 ", "WWWWMMMM", "iiiiiiii", "\\()\r\n\t",
}

func randomText(r *rand.Rand, longest int) string {
	n := 1 + r.IntN(longest)
	if r.IntN(3) > 0 {
		n = 1 + r.IntN(min(longest, 40))
	}
	alphabet := []rune(alphabets[r.IntN(len(alphabets))])
	if r.IntN(2) == 0 {
		alphabet = []rune(alphabets[0])
	}
	out := make([]rune, n)
	for i := range out {
		out[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(out)
}

// randomCast invents a template of 1 to 40 topics, its round and recipients.
func randomCast(t *testing.T, r *rand.Rand) *cast {
	t.Helper()
	x := &models.Template{ID: "random", Version: "1", Title: randomText(r, 120), Publisher: randomText(r, 200), Source: randomText(r, 500),
		Licence: randomText(r, 500), Language: "en-GB", Answers: models.AnswerRules{NotApplicable: true, Targets: r.IntN(2) == 0}}
	levels := 2 + r.IntN(9)
	for i := range levels {
		x.Levels = append(x.Levels, models.Level{Number: i + 1, Name: randomText(r, 60), AltName: randomText(r, 60), Meaning: randomText(r, 400)})
	}
	staged := r.IntN(3) == 0
	x.Scoring.Method = []methods.Name{methods.Profile, methods.Mean, methods.Weakest}[r.IntN(3)]
	if staged {
		x.Scoring.Method = []methods.Name{methods.Staged, methods.Cumulative}[r.IntN(2)]
	}
	themes := r.IntN(9)
	if staged {
		themes = 1 + r.IntN(4)
	}
	for i := range themes {
		x.Themes = append(x.Themes, models.Theme{ID: fmt.Sprintf("T%d", i), Name: randomText(r, 80)})
	}
	topics := 1 + r.IntN(40)
	if staged {
		topics = levels
	}
	for i := range topics {
		id := fmt.Sprint(i + 1)
		if r.IntN(9) == 0 {
			id = "long-id-of-a-topic-" + id
		}
		topic := models.Topic{ID: id, Name: randomText(r, 120)}
		if staged {
			level := i + 1
			topic.Level = &level
		}
		x.Topics = append(x.Topics, topic)
		for k := range 1 + r.IntN(4) {
			c := models.Criterion{Ref: fmt.Sprintf("%d.%d", i+1, k+1), Topic: id, Subject: randomText(r, 120)}
			if r.IntN(20) == 0 {
				c.Ref = strings.Repeat("R", 30) + c.Ref
			}
			if themes > 0 {
				c.Theme = fmt.Sprintf("T%d", r.IntN(themes))
			}
			if staged {
				c.Kind, c.Statement = models.KindStatement, randomText(r, 1000)
				if i == 0 && k == 0 {
					c.Kind = models.KindSymptom
				}
			} else {
				c.Descriptors = map[int]string{}
				for l := range levels {
					c.Descriptors[l+1] = randomText(r, 400)
				}
			}
			x.Criteria = append(x.Criteria, c)
		}
	}
	for i := range r.IntN(5) {
		x.Advice = append(x.Advice, models.Advice{Ref: fmt.Sprintf("A-%d", i), Level: 1 + r.IntN(levels), Text: randomText(r, 1000)})
	}
	c := &cast{template: x, round: &models.Round{ID: "r", Title: randomText(r, 120), Organiser: randomText(r, 120), Template: x.ID,
		Issued: day("2026-09-01"), Due: day("2026-10-30"), Paper: []string{"a4", "letter"}[r.IntN(2)], Language: "en-GB", Groups: []string{"Region"},
		Look: settings.Look{Header: randomText(r, 120), Footer: randomText(r, 120), Marking: randomText(r, 60), Accent: fmt.Sprintf("#%06x", r.IntN(1<<24))}}}
	for i := range 6 + r.IntN(30) {
		rc := models.Recipient{ID: fmt.Sprint(i), Name: randomText(r, 200), Groups: map[string]string{"Region": randomText(rand.New(rand.NewPCG(uint64(i%3), 1)), 60)}}
		ret := answer(x, r, r.Float64(), r.IntN(levels))
		answers := ret.Answers()
		for k := range answers {
			if r.IntN(12) == 0 {
				answers[k].Comment = text(randomText(r, 5000))
			}
			if r.IntN(12) == 0 {
				answers[k].Evidence = text(randomText(r, 2000))
			}
		}
		ret.Respondent = models.Respondent{Name: text(randomText(r, 200)), Role: text(randomText(r, 200)), Date: text(randomText(r, 40)), SignedBy: text(randomText(r, 3000))}
		c.members = append(c.members, models.Member{Recipient: rc, Return: ret})
	}
	s := x.Scoring
	for i := range c.members {
		card := scoring.Score(x, s, c.members[i].Return.Answers())
		c.members[i].Scorecard = &card
	}
	c.consolidation = scoring.Consolidate(x, s, c.round.Groups, c.members)
	return c
}

// longRun says whether the run of 500 documents was asked for.
func longRun() bool { return os.Getenv("RUBRIC_LONG") != "" }
