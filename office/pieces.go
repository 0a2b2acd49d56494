package office

import (
	"sync"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// Piece is one workbook of a recipient: the whole one, or a part of it, whose id is not "" then.
type Piece struct {
	Recipient models.Recipient
	Part      models.Part
	// Name is the file's name without a folder.
	Name string
}

// Pieces says which workbooks there are of each recipient, and what their files are called.
type Pieces struct {
	f     *Folder
	parts map[string][]models.Part
	// Ever holds all parts that were ever made, by recipient.
	Ever  map[string][]models.Part
	names map[[2]string]string // by recipient and part
	// plans are the action plans that were ever made, and consensus the consensus workbooks, by recipient, the latest last.
	plans, consensus map[string][]models.Part
}

// Pieces reads from the journal how the workbooks were last made.
func (f *Folder) Pieces() (*Pieces, error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	p := &Pieces{f: f}
	p.parts, p.Ever = round.PartsMade(events)
	p.plans, p.consensus = round.PlansMade(events), round.ConsensusBooks(events)
	p.name()
	return p, nil
}

// longestOwner and longestPart are how many bytes of a file's name say whose it is, and which part. Together they
// are within what a path on a Windows drive has room for.
const longestOwner, longestPart = 60, 50

// name gives every workbook a name of its own, safe on every system: whole ones as ever, parts with the respondent or
// the topic after a dash.
func (p *Pieces) name() {
	p.names = map[[2]string]string{}
	var taken round.Names
	for _, rc := range p.f.Recipients {
		p.names[[2]string{rc.ID}] = taken.Take(rc.ID+" "+rc.Name, ".xlsx")
	}
	for _, rc := range p.f.Recipients {
		for _, list := range [][]models.Part{p.parts[rc.ID], p.Ever[rc.ID]} {
			for _, part := range list {
				key := [2]string{rc.ID, part.ID}
				if p.names[key] == "" {
					p.names[key] = taken.Take(short(rc.ID+" "+rc.Name, longestOwner)+" - "+short(part.Name, longestPart), ".xlsx")
				}
			}
		}
	}
	w := p.f.Config.Words()
	for _, last := range [][2]string{{plans.PartID, w.Get("plan.file")}, {views.ConsensusID, w.Get("consensus.file")}} { // so that the others are called what they ever were
		for _, rc := range p.f.Recipients {
			p.names[[2]string{rc.ID, last[0]}] = taken.Take(short(rc.ID+" "+rc.Name, longestOwner)+" - "+short(last[1], longestPart), ".xlsx")
		}
	}
}

// Plan is the action plan of a recipient as it was made last, and whether there is one. Its rows stand in the place of the
// part's topics.
func (p *Pieces) Plan(rc models.Recipient) (Piece, bool) {
	list := p.plans[rc.ID]
	if len(list) == 0 {
		return p.piece(rc, models.Part{ID: plans.PartID, Name: p.f.Config.Words().Get("plan.file")}), false
	}
	return p.piece(rc, list[len(list)-1]), true
}

// Consensus is the consensus workbook of a recipient as it was made last, likewise, with its views in the place of topics.
func (p *Pieces) Consensus(rc models.Recipient) (Piece, bool) {
	list := p.consensus[rc.ID]
	if len(list) == 0 {
		return p.piece(rc, models.Part{ID: views.ConsensusID, Name: p.f.Config.Words().Get("consensus.file")}), false
	}
	return p.piece(rc, list[len(list)-1]), true
}

// short cuts a text to a number of bytes, between characters.
func short(s string, most int) string {
	cut := 0
	for i, r := range s {
		if i+len(string(r)) > most {
			break
		}
		cut = i + len(string(r))
	}
	return s[:cut]
}

// Of lists the workbooks of a recipient.
func (p *Pieces) Of(rc models.Recipient) []Piece {
	parts := p.parts[rc.ID]
	if len(parts) == 0 {
		parts = []models.Part{{}}
	}
	out := make([]Piece, len(parts))
	for i, part := range parts {
		out[i] = p.piece(rc, part)
	}
	return out
}

func (p *Pieces) piece(rc models.Recipient, part models.Part) Piece {
	return Piece{Recipient: rc, Part: part, Name: p.names[[2]string{rc.ID, part.ID}]}
}

// Manifest is what the workbook says about itself, not yet sealed.
func (p Piece) Manifest(f *Folder) models.Manifest {
	m := f.manifest(p.Recipient)
	m.Part, m.Topics, m.Role = p.Part.ID, models.TopicList(p.Part.Topics), p.Part.Role
	return m
}

// books holds the workbooks that are prepared: one for each set of criteria that somebody is asked.
type books struct {
	f    *Folder
	mu   sync.Mutex
	made map[string]func() (*assessment.Workbook, error)
}

// of is the prepared workbook for a piece, with room for the answers of an earlier round where since names one; it is
// made once, however many ask for it at the same time.
func (b *books) of(p Piece, since string) (*assessment.Workbook, error) {
	topics := models.TopicList(p.Part.Topics)
	lang := b.f.LanguageOf(p.Recipient)
	kind := "" // a part with all topics is no whole workbook, and a view says that it is one
	if p.Part.IsView() {
		kind = "view"
	}
	key := lang + "\n" + b.f.Template.NotAsked(p.Recipient) + "\n" + topics + "\n" + since + "\n" + kind
	b.mu.Lock()
	if b.made == nil {
		b.made = map[string]func() (*assessment.Workbook, error){}
	}
	book := b.made[key]
	if book == nil {
		book = sync.OnceValues(func() (*assessment.Workbook, error) {
			t := b.f.Template.For(p.Recipient)
			var options []assessment.Option
			if since != "" {
				options = append(options, assessment.Following(since))
			}
			if p.Part.IsView() {
				return assessment.NewView(t, b.f.In(lang), p.Part.Topics, options...)
			}
			if p.Part.ID == "" {
				return assessment.New(t, b.f.In(lang), options...)
			}
			return assessment.NewPart(t, b.f.In(lang), p.Part.Topics, options...)
		})
		b.made[key] = book
	}
	b.mu.Unlock()
	return book()
}
