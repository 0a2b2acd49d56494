package pdf_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/pdf"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/scoring/disclosure"
	"github.com/rubric-project/rubric/templates"
)

// cast is a round with recipients and their scored returns, invented from a seed.
type cast struct {
	round         *models.Round
	template      *models.Template
	members       []models.Member
	consolidation models.Consolidation
	disclosure    *models.Disclosure
}

// castOf invents a round on a template. share is how much of a return is answered.
func castOf(t testing.TB, template *models.Template, paper string, recipients int, share float64) *cast {
	t.Helper()
	c := &cast{template: template, round: &models.Round{
		ID: "example", Title: "Data maturity 2026", Organiser: "Example County Office of Education",
		Template: template.ID, Issued: day("2026-09-01"), Due: day("2026-10-30"), Paper: paper, Language: "en-GB",
		Groups: []string{"Region", "Size"},
		Look:   settings.Look{Footer: "For internal use by the organisation named above"},
	}}
	r := rand.New(rand.NewPCG(7, 7))
	for i := range recipients {
		rc := models.Recipient{ID: fmt.Sprintf("%03d", i+1), Name: fmt.Sprintf("Example Unified School District %02d", i+1),
			Groups: map[string]string{"Region": []string{"North", "South"}[i%2], "Size": []string{"Large", "Small", "Small", "Small"}[i%4]}}
		if i%9 == 8 {
			c.members = append(c.members, models.Member{Recipient: rc})
			continue
		}
		ret := answer(template, r, share, 1+r.IntN(3))
		ret.File = fmt.Sprintf("return-%03d.xlsx", i+1)
		ret.Respondent = models.Respondent{
			Name: text("Bronwen Ŵyn-Jones"), Role: text("Head of Data"), Date: text("2026-10-12"), SignedBy: text("A. Example, Superintendent")}
		c.members = append(c.members, models.Member{Recipient: rc, Return: ret})
	}
	c.score()
	return c
}

func (c *cast) score() {
	s := c.round.ScoringFor(c.template)
	for i := range c.members {
		if m := &c.members[i]; m.Return != nil {
			card := scoring.Score(c.template, s, m.Return.Answers())
			card.Recipient = m.Recipient.ID
			m.Scorecard = &card
		}
	}
	c.consolidation = scoring.Consolidate(c.template, s, c.round.Groups, c.members)
	var err error
	c.disclosure, err = disclosure.New(disclosure.Input{Template: c.template, Scoring: s, Groups: c.round.Groups, Minimum: c.round.SmallestGroup(), Members: c.members})
	if err != nil {
		panic(err)
	}
}

// answer invents a return; typical is where its answers lie on each scale.
func answer(t *models.Template, r *rand.Rand, share float64, typical int) *models.Return {
	ret := &models.Return{}
	for i := range t.Criteria {
		c := &t.Criteria[i]
		scale := t.Scale(c)
		a := models.Answer{Ref: c.Ref}
		pick := func(around int) int {
			return min(max(around+r.IntN(3)-1, 0), len(scale)-1)
		}
		switch {
		case r.Float64() > share:
		case t.Answers.NotApplicable && r.IntN(40) == 0:
			a.Level.Value = models.NotApplicable()
			a.Comment = text("This is done for us by the county office.")
		default:
			at := pick(typical)
			if t.Topics[0].Level != nil && c.Kind == models.KindStatement { // higher levels are less in place
				for k, topic := range t.Topics {
					if topic.ID == c.Topic {
						at = pick(min(max(typical+3-k, 0), 3))
						if k == 0 {
							at = 3
						}
					}
				}
			}
			a.Level.Value = models.At(scale[at].Number)
			if t.Answers.Targets && r.IntN(3) > 0 {
				a.Target.Value = models.At(scale[min(at+r.IntN(3), len(scale)-1)].Number)
			}
			if r.IntN(14) == 0 {
				a.Comment = text("We began this in spring, together with the two neighbouring districts; the register is kept in a shared workbook.")
			}
		}
		ret.SetAnswers(append(ret.Answers(), a))
	}
	return ret
}

// results is what the round has come to.
func (c *cast) results() *models.Results {
	return models.NewResults(models.Results{Round: c.round, Template: c.template, Members: c.members, Consolidation: c.consolidation, Disclosure: c.disclosure})
}

// input is of one recipient's summary.
func (c *cast) input(i int) pdf.SummaryInput {
	return pdf.SummaryInput{Results: c.results(), Member: i}
}

// called gives a recipient another name.
func (c *cast) called(i int, name string) pdf.SummaryInput {
	c.members[i].Recipient.Name = name
	return c.input(i)
}

func builtin(t testing.TB, id string) *models.Template {
	t.Helper()
	x, err := templates.Builtin(id)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func printer(t testing.TB, c *cast, o ...pdf.Option) *pdf.Printer {
	t.Helper()
	p, err := pdf.NewPrinter(c.round, c.template, o...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func text(s string) models.Sourced[string] { return models.Sourced[string]{Value: s} }

func day(s string) models.Date {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return models.Date{Time: d}
}

func lorem(n int) string {
	s := strings.Repeat("Steady progress depends on people who know why the data matters; the rest follows with time and patience. ", n/100+1)
	return strings.TrimSpace(s[:n])
}

// logo is a picture of the given size, with transparency.
func logo(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetNRGBA(x, y, color.NRGBA{uint8(x), uint8(y), 120, uint8(255 * x / w)})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
