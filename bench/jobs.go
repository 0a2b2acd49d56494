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

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/assessment"
	"github.com/rubric-project/rubric/xlsx/returns"
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

func workbook(book *assessment.Workbook, t *models.Template, rc models.Recipient, w io.Writer) error {
	m := models.Manifest{Round: benchRound.ID, Template: t.ID, TemplateVersion: t.Version, Recipient: rc.ID, Name: rc.Name}
	return book.Write(w, rc, m.Sealed(benchKey), m.Reference(benchKey))
}

// writeReturn writes a filled-in workbook for the reading jobs.
func writeReturn(name string) error {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		return err
	}
	plan, err := demo.New(t, demo.Fewest, 1)
	if err != nil {
		return err
	}
	book, err := assessment.New(t, benchRound)
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
		filling := assessment.Filling{Saved: d.Saved}
		for _, c := range d.Cells {
			filling.Cells = append(filling.Cells, assessment.FillCell{Ref: c.Ref, Answer: c.Answer, Target: c.Target, Evidence: c.Evidence, Comment: c.Comment})
		}
		out, err := assessment.Fill(b.Bytes(), filling)
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
	book, err := assessment.New(t, benchRound)
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
		ret := returns.Read(context.Background(), f, info.Size(), "return.xlsx", returns.ReadOptions{Template: t})
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

func readJSON(name string, into any) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, into)
}
