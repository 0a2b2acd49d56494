package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/scoring"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx"
)

// doJob does one of the jobs that Go programs do, n times.
func doJob(job, input, output string, n int) error {
	do, ok := map[string]func(input, output string, n int) error{
		"write_rubric": writeRubric, "write_excelize": writeExcelize,
		"read_rubric": readRubric, "read_excelize": readExcelize,
		"consolidate_rubric": consolidateRubric, "consolidate_excelize": consolidateExcelize,
	}[job]
	if !ok {
		return fmt.Errorf("there is no job %q", job)
	}
	return do(input, output, n)
}

var benchRound = &models.Round{ID: "bench", Title: "Measured round", Template: "uk-dmm", Paper: "a4", Language: "en-GB",
	Issued: models.Date{Time: time.Date(2026, 9, 14, 0, 0, 0, 0, time.UTC)}, Due: models.Date{Time: time.Date(2026, 10, 30, 0, 0, 0, 0, time.UTC)},
	Groups: []string{"sector", "size"}}

var benchKey = []byte("0123456789abcdef0123456789abcdef")

func workbook(book *xlsx.Assessment, t *models.Template, rc models.Recipient, w io.Writer) error {
	m := models.Manifest{Round: benchRound.ID, Template: t.ID, TemplateVersion: t.Version, Recipient: rc.ID, Name: rc.Name}
	return book.Write(w, rc, m.Sealed(benchKey), m.Reference(benchKey))
}

// writeReturn writes a filled-in workbook for the reading jobs.
func writeReturn(name string) error {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		return err
	}
	plan, err := demo.New(t, 14, 1)
	if err != nil {
		return err
	}
	book, err := xlsx.NewAssessment(t, benchRound)
	if err != nil {
		return err
	}
	for _, d := range plan.Deliveries {
		if d.Why != "" || len(d.Cells) == 0 {
			continue
		}
		var b bytes.Buffer
		if err := workbook(book, t, d.Recipient, &b); err != nil {
			return err
		}
		filling := xlsx.Filling{Saved: d.Saved}
		for _, c := range d.Cells {
			filling.Cells = append(filling.Cells, xlsx.FillCell(c))
		}
		out, err := xlsx.Fill(b.Bytes(), filling)
		if err != nil {
			return err
		}
		return os.WriteFile(name, out, 0o644)
	}
	return fmt.Errorf("the plan has no good return")
}

func writeRubric(_, output string, n int) error {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		return err
	}
	book, err := xlsx.NewAssessment(t, benchRound)
	if err != nil {
		return err
	}
	for i := range n {
		rc := models.Recipient{ID: fmt.Sprintf("%05d", i), Name: fmt.Sprintf("Example Organisation %d", i)}
		f, err := os.Create(output)
		if err != nil {
			return err
		}
		if err := workbook(book, t, rc, f); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

// writeExcelize writes the peers' plain workbook with excelize, cell by cell.
func writeExcelize(input, output string, n int) error {
	var s spec
	if err := readJSON(input, &s); err != nil {
		return err
	}
	for range n {
		f := excelize.NewFile()
		if err := f.SetSheetName("Sheet1", "Assessment"); err != nil {
			return err
		}
		wrap, _ := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
		entry, _ := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}, Protection: &excelize.Protection{}})
		for r, row := range append([][]string{s.Headings}, s.Rows...) {
			for c, v := range row {
				ref, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if v != "" {
					f.SetCellStr("Assessment", ref, v)
				}
				style := wrap
				if c >= len(row)-4 {
					style = entry
				}
				f.SetCellStyle("Assessment", ref, ref, style)
			}
		}
		f.NewSheet("Lists")
		f.SetSheetCol("Lists", "A1", &s.Choices)
		dv := excelize.NewDataValidation(true)
		dv.SetSqref("H2:I98")
		dv.SetSqrefDropList("Lists!$A$1:$A$5")
		f.AddDataValidation("Assessment", dv)
		f.ProtectSheet("Assessment", &excelize.SheetProtectionOptions{})
		if err := f.SaveAs(output); err != nil {
			return err
		}
		f.Close()
	}
	return nil
}

func readRubric(input, _ string, n int) error {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		return err
	}
	for range n {
		f, err := os.Open(input)
		if err != nil {
			return err
		}
		info, err := f.Stat()
		if err != nil {
			return err
		}
		ret := xlsx.ReadReturn(context.Background(), f, info.Size(), "return.xlsx", xlsx.ReadOptions{Template: t})
		f.Close()
		if ret.Answered() < 80 {
			return fmt.Errorf("read only %d answers", ret.Answered())
		}
	}
	return nil
}

func readExcelize(input, _ string, n int) error {
	for range n {
		f, err := excelize.OpenFile(input)
		if err != nil {
			return err
		}
		rows, err := f.GetRows("Assessment")
		if err != nil {
			return err
		}
		if len(rows) < 97 {
			return fmt.Errorf("read only %d rows", len(rows))
		}
		f.Close()
	}
	return nil
}

// consolidateRubric writes the whole consolidated workbook: answers, matrix, scores, charts, findings.
func consolidateRubric(_, output string, n int) error {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		return err
	}
	in := consolidatedInput(t, 2000)
	for range n {
		f, err := os.Create(output)
		if err != nil {
			return err
		}
		if err := xlsx.WriteConsolidated(f, in); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

func consolidatedInput(t *models.Template, recipients int) xlsx.ConsolidatedInput {
	s := t.Scoring
	in := xlsx.ConsolidatedInput{Round: benchRound, Template: t, Scoring: s, Version: "bench"}
	var returns []models.Return
	var list []models.Recipient
	for i := range recipients {
		rc := models.Recipient{ID: fmt.Sprintf("%05d", i), Name: fmt.Sprintf("Example Organisation %d", i),
			Groups: map[string]string{"sector": []string{"Culture", "Environment", "Transport"}[i%3], "size": []string{"Large", "Small"}[i%2]}}
		m := models.Manifest{Round: benchRound.ID, Template: t.ID, TemplateVersion: t.Version, Recipient: rc.ID, Name: rc.Name}.Sealed(benchKey)
		ret := models.Return{File: rc.ID + ".xlsx", Format: "xlsx", Claims: []models.Claim{{Place: models.HiddenSheet, Manifest: m}}}
		for k, c := range t.Criteria {
			at := func(col string) models.Origin {
				return models.Origin{File: ret.File, Sheet: xlsx.SheetAssessment, Cell: fmt.Sprintf("%s%d", col, k+9)}
			}
			ret.Answers = append(ret.Answers, models.Answer{Ref: c.Ref,
				Level:    models.Sourced[models.Choice]{Value: models.At((i+k)%5 + 1), Origin: at("H")},
				Target:   models.Sourced[models.Choice]{Value: models.At(min(5, (i+k)%5+2)), Origin: at("I")},
				Evidence: models.Sourced[string]{Value: "Register kept by the data team, reviewed each quarter.", Origin: at("J")},
				Comment:  models.Sourced[string]{Value: "This differs between our sites; the answer is for the majority.", Origin: at("K")}})
		}
		returns, list = append(returns, ret), append(list, rc)
	}
	in.Register = checks.Register(checks.RegisterInput{Round: benchRound, Template: t, Key: benchKey, Recipients: list, Returns: returns, Today: benchRound.Due})
	for _, e := range in.Register.Entries {
		m := models.Member{Recipient: e.Recipient, Return: e.Return}
		if e.Return != nil {
			card := scoring.Score(t, s, e.Return.Answers)
			m.Scorecard = &card
		}
		in.Members = append(in.Members, m)
	}
	in.Consolidation = scoring.Consolidate(t, s, benchRound.Groups, benchRound.SmallestGroup(), in.Members)
	return in
}

// consolidateExcelize writes the answers and the matrix alone, with excelize's StreamWriter.
func consolidateExcelize(input, output string, n int) error {
	var s spec
	if err := readJSON(input, &s); err != nil {
		return err
	}
	for range n {
		f := excelize.NewFile()
		f.SetSheetName("Sheet1", "Answers")
		f.NewSheet("Matrix")
		answers, err := f.NewStreamWriter("Answers")
		if err != nil {
			return err
		}
		matrix, err := f.NewStreamWriter("Matrix")
		if err != nil {
			return err
		}
		row := 1
		for rc := range s.Recipients {
			id := fmt.Sprintf("%05d", rc)
			levels := []any{id}
			for k, ref := range s.Refs {
				row++
				cell, _ := excelize.CoordinatesToCellName(1, row)
				level := (rc+k)%5 + 1
				levels = append(levels, level)
				err := answers.SetRow(cell, []any{id, fmt.Sprintf("Example Organisation %d", rc), "North", "Large", ref, "Topic", "Theme",
					level, min(5, level+1), s.Evidence, s.Comment, id + ".xlsx", fmt.Sprintf("H%d", k+9)})
				if err != nil {
					return err
				}
			}
			cell, _ := excelize.CoordinatesToCellName(1, rc+2)
			if err := matrix.SetRow(cell, levels); err != nil {
				return err
			}
		}
		if err := answers.Flush(); err != nil {
			return err
		}
		if err := matrix.Flush(); err != nil {
			return err
		}
		if err := f.SaveAs(output); err != nil {
			return err
		}
		f.Close()
	}
	return nil
}

func readJSON(name string, into any) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, into)
}
