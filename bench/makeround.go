package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// makeRound makes a round folder with returns that are real files, to try the commands on: about seven in eight of
// the invented recipients return. Unlike 'rubric demo' it runs nothing and keeps no outbox.
func makeRound(dir, templateID string, recipients int) error {
	t, err := templates.Builtin(templateID)
	if err != nil {
		return err
	}
	plan, err := demo.New(t, recipients, demo.Seed)
	if err != nil {
		return err
	}
	rows := [][]round.Cell{cellsOf(append([]string{"id", "name", "email", "contact"}, plan.Groups...))}
	for _, rc := range plan.Recipients {
		texts := []string{rc.ID, rc.Name, rc.Email, rc.Contact}
		for _, g := range plan.Groups {
			texts = append(texts, rc.Groups[g])
		}
		rows = append(rows, cellsOf(texts))
	}
	r, err := newRound(dir, t, round.Options{Title: plan.Title, Organiser: plan.Organiser, Recipients: rows, Issued: plan.Issued, Due: plan.Due, Groups: plan.Groups})
	if err != nil {
		return err
	}
	book, err := assessment.New(t, r.Config)
	if err != nil {
		return err
	}
	var places map[string]models.Answer
	n := 0
	for _, d := range plan.Deliveries {
		if d.Why != "" || len(d.Cells) == 0 {
			continue
		}
		m := models.Manifest{Round: r.Config.ID, Template: t.ID, TemplateVersion: t.Version, TemplateDigest: r.TemplateDigest,
			Recipient: d.Recipient.ID, Name: d.Recipient.Name}
		var b bytes.Buffer
		if err := book.Write(&b, d.Recipient, m.Sealed(r.Key), m.Reference(r.Key)); err != nil {
			return err
		}
		if places == nil {
			if places, err = inputCells(b.Bytes(), t); err != nil {
				return err
			}
		}
		out, err := fillQuickly(b.Bytes(), d.Cells, places)
		if err != nil {
			return err
		}
		name := filepath.Join(dir, "returns", d.File)
		if err := writeSaved(name, out, d.Saved); err != nil {
			return err
		}
		n++
	}
	fmt.Printf("%s: %d recipients, %d returns\n", dir, len(plan.Recipients), n)
	return nil
}

// newRound makes a round folder of a template, with what is the same in every round that is measured.
func newRound(dir string, t *models.Template, o round.Options) (*round.Round, error) {
	source, err := templates.Source(t.ID)
	if err != nil { // a part of a built-in one
		var b bytes.Buffer
		if err := templates.Encode(&b, t); err != nil {
			return nil, err
		}
		source = b.Bytes()
	}
	key := sha256.Sum256([]byte("a round to measure"))
	o.ID, o.Template, o.TemplateID, o.RecipientsFile, o.Key = "measured", source, t.ID, "the invented list", key[:]
	o.Paper, o.Language, o.Contact = "a4", t.Language, models.Contact{Name: "The data office", Email: "data-office@example.org"}
	return round.Init(dir, o)
}

// writeSaved writes a file that was saved at a time.
func writeSaved(name string, content []byte, at time.Time) error {
	if err := os.WriteFile(name, content, 0o644); err != nil {
		return err
	}
	return os.Chtimes(name, at, at)
}

func cellsOf(texts []string) []round.Cell {
	out := make([]round.Cell, len(texts))
	for i, s := range texts {
		out[i] = round.Cell{Text: s, Column: i + 1}
	}
	return out
}

// inputCells finds where the answers to each criterion go, which is the same in all workbooks of a round.
func inputCells(workbook []byte, t *models.Template) (map[string]models.Answer, error) {
	ret := returns.Read(context.Background(), bytes.NewReader(workbook), int64(len(workbook)), "empty.xlsx", returns.ReadOptions{Template: t})
	out := map[string]models.Answer{}
	for _, a := range ret.Answers() {
		out[a.Ref] = a
	}
	if len(out) < len(t.Criteria) {
		return nil, fmt.Errorf("the workbook has only %d of %d criteria", len(out), len(t.Criteria))
	}
	return out, nil
}

// fillQuickly writes answers as texts into the workbook's empty input cells. assessment.Fill, which also stores what the
// formulas come to, takes a hundred times as long.
func fillQuickly(workbook []byte, cells []demo.Cell, places map[string]models.Answer) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, err
	}
	names, err := sheetNames(z)
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, c := range cells {
		at := places[c.Ref]
		texts[at.Level.Origin.Cell], texts[at.Target.Origin.Cell] = c.Answer, c.Target
		texts[at.Evidence.Origin.Cell], texts[at.Comment.Origin.Cell] = c.Evidence, c.Comment
	}
	part := fmt.Sprintf("xl/worksheets/sheet%d.xml", slices.Index(names, assessment.SheetAssessment)+1)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		if f.Name != part {
			if err := w.Copy(f); err != nil {
				return nil, err
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		sheet, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		dst, err := w.Create(f.Name)
		if err != nil {
			return nil, err
		}
		filled := emptyCell.ReplaceAllFunc(sheet, func(c []byte) []byte {
			text := texts[attribute(c, "r")]
			if text == "" {
				return c
			}
			start := bytes.TrimSuffix(bytes.TrimSuffix(c, []byte("></c>")), []byte("/>"))
			return fmt.Appendf(nil, `%s t="inlineStr"><is><t>%s</t></is></c>`, start, html.EscapeString(text))
		})
		if _, err := dst.Write(filled); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

var emptyCell = regexp.MustCompile(`<c r="[A-Z]+[0-9]+"( s="[0-9]+")?(/>|></c>)`)
