package main

import (
	"fmt"
	"os"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// consolidateRubric writes the consolidated workbook: what is measured is consolidated.Write, which works out
// all figures and writes the file. Reading and scoring the returns is done before.
func consolidateRubric(_, output string, n int) error {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		return err
	}
	in := consolidatedInput(t, 2000)
	return measured(func() error {
		for range n {
			f, err := os.Create(output)
			if err != nil {
				return err
			}
			if err := consolidated.Write(f, in); err != nil {
				return err
			}
			if err := f.Close(); err != nil {
				return err
			}
		}
		return nil
	})
}

// consolidateExcelize writes the cells of rubric's workbook with excelize's StreamWriter, without styles, charts
// and the rest.
func consolidateExcelize(input, output string, n int) error {
	sheets, err := loadCells(input)
	if err != nil {
		return err
	}
	for _, s := range sheets {
		for _, row := range s.rows {
			for i, v := range row.Cells {
				if f, ok := v.([]any); ok {
					row.Cells[i] = excelize.Cell{Formula: f[0].(string), Value: f[1]}
				}
			}
		}
	}
	return measured(func() error {
		for range n {
			if err := streamed(sheets, output); err != nil {
				return err
			}
		}
		return nil
	})
}

func streamed(sheets []sheetCells, output string) error {
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range sheets {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", s.name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(s.name); err != nil {
			return err
		}
		w, err := f.NewStreamWriter(s.name)
		if err != nil {
			return err
		}
		for _, row := range s.rows {
			cell, err := excelize.CoordinatesToCellName(1, row.Row)
			if err != nil {
				return err
			}
			if err := w.SetRow(cell, row.Cells); err != nil {
				return err
			}
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return f.SaveAs(output)
}

// consolidatedInput is a round in which every answer has a target, evidence and a comment.
func consolidatedInput(t *models.Template, recipients int) consolidated.Input {
	s := t.Scoring
	in := consolidated.Input{Results: &models.Results{Round: benchRound, Template: t, Scoring: s, Version: "bench"}}
	var returns []models.Return
	var list []models.Recipient
	for i := range recipients {
		rc := models.Recipient{ID: fmt.Sprintf("%05d", i), Name: fmt.Sprintf("Example Organisation %d", i),
			Groups: map[string]string{"sector": []string{"Culture", "Environment", "Transport"}[i%3], "size": []string{"Large", "Small"}[i%2]}}
		m := models.Manifest{Round: benchRound.ID, Template: t.ID, TemplateVersion: t.Version, Recipient: rc.ID, Name: rc.Name}.Sealed(benchKey)
		ret := models.Return{File: rc.ID + ".xlsx", Format: "xlsx", Claims: []models.Claim{{Place: models.HiddenSheet, Manifest: m}}}
		for k, c := range t.Criteria {
			at := func(col string) models.Origin {
				return models.Origin{File: ret.File, Sheet: assessment.SheetAssessment, Cell: fmt.Sprintf("%s%d", col, k+9)}
			}
			ret.SetAnswers(append(ret.Answers(), models.Answer{Ref: c.Ref,
				Level:    models.Sourced[models.Choice]{Value: models.At((i+k)%5 + 1), Origin: at("H")},
				Target:   models.Sourced[models.Choice]{Value: models.At(min(5, (i+k)%5+2)), Origin: at("I")},
				Evidence: models.Sourced[string]{Value: fmt.Sprintf("Register %d kept by the data team, reviewed each quarter.", i*k%1009), Origin: at("J")},
				Comment:  models.Sourced[string]{Value: fmt.Sprintf("This differs between our %d sites; the answer is for the majority.", 2+(i*7+k*13)%511), Origin: at("K")}}))
		}
		returns, list = append(returns, ret), append(list, rc)
	}
	in.Register = checks.Register(checks.RegisterInput{Round: benchRound, Template: t, Key: benchKey, Recipients: list, Returns: returns, Today: benchRound.Due})
	for _, e := range in.Register.Entries {
		m := models.Member{Recipient: e.Recipient, Return: e.Return}
		if e.Return != nil {
			card := scoring.Score(t, s, e.Return.Answers())
			m.Scorecard = &card
		}
		in.Members = append(in.Members, m)
	}
	in.Consolidation = scoring.Consolidate(t, s, benchRound.Groups, in.Members)
	return in
}

// writeCells makes the input of the peers.
func writeCells(book, name string) error {
	if err := consolidateRubric("", book, 1); err != nil {
		return err
	}
	return dumpCells(book, name)
}
