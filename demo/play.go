package demo

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// Options say what the invented round is like.
type Options struct {
	// Dir is the new folder, Template a built-in template's id or a file.
	Dir, Template string
	// Paper is a4 or letter, or "" for what the template's readers use; Language is such as es, or "" for the template's.
	Paper, Language string
	Recipients      int
	// Seed gives other recipients and answers; Seed is the usual one.
	Seed uint64
}

// Played is an invented round that was run to the end.
type Played struct {
	Plan *Plan
	// Folder is the round, and Intake what came back.
	Folder *office.Folder
	Intake *office.Intake
	Notes  []office.Note
}

// Play makes a round folder with invented recipients, generates their workbooks, fills most of them in, spoils some in
// the ways that real returns are spoilt, and runs everything: findings, consolidated workbook, summaries.
func Play(ctx context.Context, o *office.Office, opts Options) (*Played, error) {
	plan, err := begin(opts)
	if err != nil {
		return nil, err
	}
	f, unlock, notes, err := o.OpenToWrite(opts.Dir, "demo")
	if err != nil {
		return nil, err
	}
	defer unlock()
	made, err := o.Generate(ctx, f, office.GenerateOptions{})
	if err != nil {
		return nil, err
	}
	if err := playRecipients(ctx, o, f, plan); err != nil {
		return nil, err
	}
	if _, err := o.Validate(ctx, f, office.ValidateOptions{}); err != nil {
		return nil, err
	}
	if _, err := o.Consolidate(ctx, f, office.ConsolidateOptions{}); err != nil {
		return nil, err
	}
	reported, err := o.Report(ctx, f, office.ReportOptions{})
	if err != nil {
		return nil, err
	}
	in, err := o.TakeIn(ctx, f)
	return &Played{plan, f, in, slices.Concat(notes, made.Notes, reported.Notes)}, err
}

// begin makes the round folder.
func begin(opts Options) (*Plan, error) {
	source, t, err := office.TemplateNamed(opts.Template)
	if err != nil {
		return nil, err
	}
	language := cmp.Or(opts.Language, t.Language)
	plan, err := New(t.In(language), opts.Recipients, opts.Seed)
	if err != nil {
		return nil, office.Bad(err)
	}
	key := sha256.Sum256(fmt.Appendf(nil, "the key of demonstration %d", opts.Seed)) // fixed, so that a demonstration can be repeated
	_, err = round.Init(opts.Dir, round.Options{
		ID: fmt.Sprintf("demo-%d", opts.Seed), Title: plan.Title, Organiser: plan.Organiser, Template: source, TemplateID: t.ID,
		RecipientsFile: "the invented list", Recipients: rowsOf(plan),
		Issued: plan.Issued, Due: plan.Due, Paper: office.PaperFor(opts.Paper, t), Language: language,
		Contact: models.Contact{Name: "The data office", Email: "data-office@example.org"}, ReplyTo: "returns@example.org",
		Groups: plan.Groups, Key: key[:],
	})
	return plan, err
}

// playRecipients does what recipients do: fill in the workbook they got, save it, and send it back.
func playRecipients(ctx context.Context, o *office.Office, f *office.Folder, plan *Plan) error {
	earlier, err := earlierRound(f)
	if err != nil {
		return err
	}
	names := f.FileNames(".xlsx")
	return o.Each(ctx, "filling in workbooks", len(plan.Deliveries), func(i int) error {
		d := plan.Deliveries[i]
		content, err := returnOf(f, names, earlier, d)
		if err != nil {
			return err
		}
		name := filepath.Join(f.Dir, "returns", d.File)
		if err := os.WriteFile(name, content, 0o644); err != nil {
			return err
		}
		received := d.Saved.Add(20 * time.Minute)
		return os.Chtimes(name, received, received)
	})
}

// returnOf makes the bytes of one delivery.
func returnOf(f *office.Folder, names map[string]string, earlier func(models.Recipient) ([]byte, error), d Delivery) ([]byte, error) {
	var content []byte
	var err error
	switch d.Source {
	case NoWorkbook:
		content = d.Content
	case EarlierRound:
		content, err = earlier(d.Recipient)
	default:
		content, err = os.ReadFile(filepath.Join(f.Dir, filepath.FromSlash("outbox/"+names[d.Recipient.ID])))
	}
	if err != nil {
		return nil, err
	}
	if len(d.Cells) > 0 {
		says := saysIn(f.Config.Language)
		filling := assessment.Filling{Words: f.Template.In(f.Config.Language).Words(), Saved: d.Saved, Respondent: assessment.FillRespondent{
			Name: says.name, Role: says.role, Date: d.Saved.Format(time.DateOnly), SignedBy: says.signed}}
		for _, c := range d.Cells {
			filling.Cells = append(filling.Cells, assessment.FillCell{Ref: c.Ref, Answer: c.Answer, Target: c.Target, Evidence: c.Evidence, Comment: c.Comment})
		}
		for _, q := range d.Questions {
			filling.Questions = append(filling.Questions, assessment.FillQuestion(q))
		}
		if content, err = assessment.Fill(content, filling); err != nil {
			return nil, err
		}
	}
	if d.Spoil != nil {
		content = d.Spoil(content)
	}
	return content, nil
}

// earlierRound returns a function that makes the workbook a recipient had in an earlier round.
func earlierRound(f *office.Folder) (func(models.Recipient) ([]byte, error), error) {
	config := *f.Config
	config.ID, config.Title = "demo-earlier", config.Title+" (last year)"
	config.Issued, config.Due = models.Date{Time: config.Issued.AddDate(-1, 0, 0)}, models.Date{Time: config.Due.AddDate(-1, 0, 0)}
	book, err := assessment.New(f.Template, &config)
	if err != nil {
		return nil, err
	}
	return func(rc models.Recipient) ([]byte, error) {
		m := office.Piece{Recipient: rc}.Manifest(f)
		m.Round = config.ID
		key := []byte("the key of the earlier round")
		var b bytes.Buffer
		err := book.Write(&b, rc, m.Sealed(key), m.Reference(key))
		return b.Bytes(), err
	}, nil
}

// rowsOf writes the invented recipients as the rows of a recipients list.
func rowsOf(plan *Plan) [][]round.Cell {
	row := func(line int, texts ...string) []round.Cell {
		out := make([]round.Cell, len(texts))
		for i, s := range texts {
			out[i] = round.Cell{Text: s, Line: line, Column: i + 1}
		}
		return out
	}
	rows := [][]round.Cell{row(1, append([]string{"id", "name", "email", "contact"}, plan.Groups...)...)}
	for i, rc := range plan.Recipients {
		texts := []string{rc.ID, rc.Name, rc.Email, rc.Contact}
		for _, g := range plan.Groups {
			texts = append(texts, rc.Groups[g])
		}
		rows = append(rows, row(i+2, texts...))
	}
	return rows
}
