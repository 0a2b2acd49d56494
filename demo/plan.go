package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/rubric-project/rubric/models"
)

// Plan is a demonstration round: who takes part and what comes back.
type Plan struct {
	Title, Organiser string
	Groups           []string
	Recipients       []models.Recipient
	Issued, Due      models.Date
	Deliveries       []Delivery
}

// Source says which workbook a delivery starts from.
type Source int

// The sources of a delivery.
const (
	// OwnWorkbook is the workbook generated for the recipient.
	OwnWorkbook Source = iota
	// EarlierRound is a workbook of another round for the recipient.
	EarlierRound
	// NoWorkbook is a file made of Content alone.
	NoWorkbook
)

// Delivery is one file that comes back.
type Delivery struct {
	// File is its path inside returns/.
	File      string
	Recipient models.Recipient
	Source    Source
	// Cells is what is filled in; none for a workbook that comes back as it was sent.
	Cells []Cell
	// Questions is what is answered on the sheet Start.
	Questions []Question
	// Saved is when the recipient saved it.
	Saved time.Time
	// Content is the file's bytes for NoWorkbook.
	Content []byte
	// Spoil damages the finished workbook's bytes, or is nil.
	Spoil func([]byte) []byte
	// Why says in a few words what is wrong with it; "" for a good return.
	Why string
}

// What a demonstration is where nothing else is asked for, and the least that it can be.
const (
	// Seed is the seed of the demonstration that is shown where none is given.
	Seed = 2026
	// Recipients is how many recipients it has.
	Recipients = 36
	// Fewest is how many it needs: those of whom something comes back in any case, one more whose answers a neighbour
	// sends, and one of whom nothing comes.
	Fewest = answering + 2
	// answering is how many of the shuffled recipients answer in any case: the first bring the bad returns, the last
	// the answers of a neighbour.
	answering = 12
)

// New makes the plan for n recipients, at least Fewest.
func New(t *models.Template, n int, seed uint64) (*Plan, error) {
	if n < Fewest {
		return nil, fmt.Errorf("a demonstration needs at least %d recipients, not %d, so that every kind of bad return has one", Fewest, n)
	}
	rng := rand.New(rand.NewPCG(seed, 7))
	s := settingFor(t)
	p := &Plan{Title: s.title, Organiser: s.organiser, Groups: s.groups, Recipients: s.invent(n, rng)}
	p.Issued, _ = models.ParseDate("2026-09-14")
	p.Due, _ = models.ParseDate("2026-10-30")
	people := make([]*person, n)
	for i := range people {
		people[i] = newPerson(t, rand.New(rand.NewPCG(seed, uint64(1000+i))))
	}
	p.deliver(t, people, rng, seed)
	slices.SortFunc(p.Deliveries, func(a, b Delivery) int {
		if a.File < b.File {
			return -1
		}
		return 1
	})
	return p, nil
}

// deliver makes the returns: the first recipients of a shuffled list bring the bad ones, about one in eight
// of the others stays silent, the rest return good workbooks.
func (p *Plan) deliver(t *models.Template, people []*person, rng *rand.Rand, seed uint64) {
	order := rng.Perm(len(p.Recipients))
	filled := make([][]Cell, len(people))
	for i, person := range people {
		filled[i] = person.fill(t)
	}
	answers := func(i int) []Cell { return slices.Clone(filled[i]) }
	saved := func(i int) time.Time {
		return p.Issued.Add(time.Duration(10+i*31%34)*24*time.Hour + time.Duration(9*60+i*37%420)*time.Minute)
	}
	add := func(i int, d Delivery) {
		d.Recipient = p.Recipients[i]
		if d.File == "" {
			d.File = p.Recipients[i].ID + ".xlsx"
		}
		if d.Saved.IsZero() {
			d.Saved = saved(i)
		}
		if len(d.Cells) > 0 {
			d.Questions = questions(t, rand.New(rand.NewPCG(seed, uint64(5000+i))))
		}
		p.Deliveries = append(p.Deliveries, d)
	}
	bad := p.badReturns(t, answers, saved)
	for k, i := range order {
		switch {
		case k < len(bad):
			for _, d := range bad[k](i) {
				add(i, d)
			}
		case k >= answering && k%8 == 5: // silent
		default:
			add(i, Delivery{Cells: answers(i)})
		}
	}
	// A neighbour's answers, saved into the own workbook.
	from, to := order[answering], order[answering-1]
	p.Deliveries = slices.DeleteFunc(p.Deliveries, func(d Delivery) bool { return d.Recipient.ID == p.Recipients[to].ID })
	add(to, Delivery{Cells: answers(from), Why: "the answers and comments of another organisation"})
}
