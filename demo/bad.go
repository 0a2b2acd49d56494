package demo

import (
	"archive/zip"
	"bytes"
	"slices"
	"time"

	"github.com/rubric-project/rubric/models"
)

// badReturns lists the kinds of bad returns; each makes the files that recipient i sends.
func (p *Plan) badReturns(t *models.Template, answers func(int) []Cell, saved func(int) time.Time) []func(i int) []Delivery {
	id := func(i int) string { return p.Recipients[i].ID }
	return []func(i int) []Delivery{
		func(i int) []Delivery {
			return []Delivery{{Cells: answers(i), Spoil: cutOff, Why: "cut off on the way: half of the file is missing"}}
		},
		func(i int) []Delivery {
			return []Delivery{{Source: NoWorkbook, Content: []byte(signInPage), File: id(i) + " assessment.xlsx",
				Why: "a cloud drive's sign-in page in place of the workbook"}}
		},
		func(i int) []Delivery {
			return []Delivery{{Why: "sent back without any answer"}}
		},
		func(i int) []Delivery {
			return []Delivery{{Source: EarlierRound, Cells: answers(i), Why: "the workbook of an earlier round"}}
		},
		func(i int) []Delivery {
			return []Delivery{{Cells: scribble(t, answers(i)), Why: "levels written by hand: some readable, some not"}}
		},
		func(i int) []Delivery {
			first := answers(i)
			for k := len(first) / 2; k < len(first); k++ {
				first[k] = Cell{Ref: first[k].Ref}
			}
			return []Delivery{
				{File: id(i) + " first try.xlsx", Cells: first, Saved: saved(i).Add(-49 * time.Hour), Why: "half filled in, and sent again later"},
				{File: id(i) + " final.xlsx", Cells: answers(i)},
			}
		},
		func(i int) []Delivery {
			return []Delivery{{Cells: answers(i), Spoil: flip, Why: "one byte damaged in transit"}}
		},
		func(i int) []Delivery {
			return []Delivery{{Source: NoWorkbook, Content: []byte("%PDF-1.4\n% the workbook, printed\n%%EOF\n"), File: id(i) + ".pdf",
				Why: "a PDF of the workbook"}}
		},
		func(i int) []Delivery {
			return []Delivery{{Cells: answers(i), Saved: p.Due.Add(75 * time.Hour), Why: "returned after the due date"},
				{Source: NoWorkbook, File: "~$" + id(i) + ".xlsx", Content: []byte("\x04Demo"), Why: "the lock file of a workbook that is open"}}
		},
		func(i int) []Delivery {
			cells := answers(i)
			for k := range cells {
				if k%3 == 0 {
					cells[k] = Cell{Ref: cells[k].Ref}
				}
			}
			return []Delivery{{Cells: cells, Why: "every third criterion left blank"}}
		},
	}
}

// scribble writes every ninth answer as people do who type in place of choosing: three forms that leave no
// doubt, and two that do.
func scribble(t *models.Template, cells []Cell) []Cell {
	says := saysIn(t.Language)
	forms := []func(s models.Step) string{
		func(s models.Step) string { return s.Code },
		func(s models.Step) string { return "  " + s.Name + " " },
		func(s models.Step) string { return says.level + s.Code },
		func(s models.Step) string { return s.Code + "?" },
		func(s models.Step) string { return s.Code + says.more },
	}
	out, n := slices.Clone(cells), 0
	for k := 4; k < len(out); k += 9 {
		for _, s := range t.Scale(t.Criterion(out[k].Ref)) {
			if s.Label() == out[k].Answer {
				out[k].Answer = forms[n%len(forms)](s)
				n++
				break
			}
		}
	}
	return out
}

func cutOff(b []byte) []byte { return b[:len(b)/2] }

// flip changes a byte in the middle of the sheet with the answers, so that its checksum no longer fits.
func flip(b []byte) []byte {
	out := bytes.Clone(b)
	at := len(out) / 3
	if z, err := zip.NewReader(bytes.NewReader(b), int64(len(b))); err == nil {
		largest := uint64(0)
		for _, f := range z.File {
			if from, err := f.DataOffset(); err == nil && f.CompressedSize64 > largest {
				largest, at = f.CompressedSize64, int(from)+int(f.CompressedSize64/2)
			}
		}
	}
	out[at] ^= 0x20
	return out
}

const signInPage = `<!DOCTYPE html>
<html><head><title>Sign in to your account</title></head>
<body><h1>Sign in</h1><form><input type="email" placeholder="Email"><input type="password"></form></body></html>
`
