package pdf

import (
	"errors"
	"fmt"
	"image"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
	"github.com/rubric-project/rubric/words"
)

// BlockKind is what a block of a guide is.
type BlockKind uint8

// The blocks. A heading of level 1 begins the document.
const (
	Paragraph BlockKind = iota
	Heading
	Bullets
	Numbers
	Table
	Code
	Picture
)

// Block is a piece of a guide: text in plain words.
type Block struct {
	Kind BlockKind
	// Text is that of a heading or paragraph, and what stands for a picture.
	Text string
	// Level is that of a heading, 1 to 3.
	Level int
	// Rows are the cells of a table, headings first; the items of a list or the lines of code, one to a row.
	Rows    [][]string
	Picture *image.Paletted
}

// Guide writes a text with headings, lists, tables and pictures, such as instructions that go with the program. Title,
// organiser, paper and date are the round's; the same input gives the same bytes. It fails for a text that the typeface lacks
// a character of, and where w fails.
func Guide(w io.Writer, rd *models.Round, blocks []Block) error {
	p, err := NewPrinter(rd, &models.Template{})
	if err != nil {
		return err
	}
	f := p.begin(rd.Title, rd.Title)
	f.startPart(rd.Title)
	for i, b := range blocks {
		keep := 40.0
		if i+1 < len(blocks) && blocks[i+1].Kind == Picture {
			keep = f.pictureHeight(blocks[i+1].Picture) + 10
		}
		f.guideBlock(b, keep)
	}
	f.endPart()
	findings, err := f.write(w)
	if err == nil && len(findings) > 0 {
		err = errors.New(findings[0].Message)
	}
	return err
}

// guideBlock draws a block; keep is what must stay on the page of a heading.
func (f *flow) guideBlock(b Block, keep float64) {
	where := words.Name(fmt.Sprintf("the text %.40q", b.Text))
	switch b.Kind {
	case Heading:
		f.guideHeading(f.sayLine(b.Text, where, ""), b.Level, keep)
	case Paragraph:
		f.advance(5)
		f.paragraph(f.sayLine(b.Text, where, ""), f.look.body)
	case Bullets, Numbers:
		f.advance(4)
		f.d.Begin(tagpdf.List)
		for i, row := range b.Rows {
			label := "•"
			if b.Kind == Numbers {
				label = strconv.Itoa(i+1) + "."
			}
			f.point(label, f.sayLine(row[0], where, ""))
		}
		f.d.End()
	case Table:
		f.advance(8)
		f.table(f.guideTable(b.Rows))
		f.y += 4
	case Code:
		f.code(b.Rows)
	case Picture:
		f.advance(8)
		h := f.pictureHeight(b.Picture)
		f.need(h + 2)
		width := h * float64(b.Picture.Bounds().Dx()) / float64(b.Picture.Bounds().Dy())
		f.d.Picture(b.Picture, f.left, f.y, width, h, b.Text)
		f.d.BeginArtifact()
		f.d.Lines([]tagpdf.Point{{X: f.left, Y: f.y}, {X: f.left + width, Y: f.y}, {X: f.left + width, Y: f.y + h}, {X: f.left, Y: f.y + h}}, true, 0.5, f.look.rule)
		f.d.EndArtifact()
		f.y += h + 4
		f.fresh = false
	}
}

func (f *flow) guideHeading(s string, level int, keep float64) {
	switch level {
	case 1:
		f.block(tagpdf.H1, s, f.look.title, f.left, f.width(), "")
		f.y += 6
		f.d.Rect(f.left, f.y, f.width(), 2, f.look.accent)
		f.y += 6
	case 2:
		f.heading(tagpdf.H2, s, keep)
	default:
		f.heading(tagpdf.H3, s, keep)
	}
}

// point is one of a list, its label before it.
func (f *flow) point(label, s string) {
	const indent = 16
	st := f.look.body
	lines := wrap(s, st, f.width()-indent)
	f.need(float64(min(2, len(lines))) * st.lead)
	f.d.Begin(tagpdf.Item)
	f.d.Begin(tagpdf.Label)
	f.line(f.left, f.y, label, st)
	f.d.End()
	f.d.Begin(tagpdf.Body)
	f.linesAt(lines, st, f.left+indent)
	f.d.End()
	f.d.End()
	f.y += 2
}

// guideTable gives each column a share of the width by the longest of its texts.
func (f *flow) guideTable(rows [][]string) table {
	var t table
	longest, sum := make([]float64, len(rows[0])), 0.0
	for i := range longest {
		for _, row := range rows {
			longest[i] = max(longest[i], float64(utf8.RuneCountInString(row[i])))
		}
		longest[i] = min(max(longest[i], 14), 75)
		sum += longest[i]
	}
	for i, s := range rows[0] {
		t.columns = append(t.columns, column{head: f.sayLine(s, words.Name("a table"), ""), width: f.width() * longest[i] / sum})
	}
	for _, row := range rows[1:] {
		cells := make([]cell, len(row))
		for i, s := range row {
			cells[i] = cell{text: f.sayLine(s, words.Name("a table"), ""), head: i == 0}
		}
		t.rows = append(t.rows, cells)
	}
	t.flows = true
	return t
}

// code sets lines as they are, on a tint.
func (f *flow) code(rows [][]string) {
	st := f.look.td
	f.advance(5)
	f.d.Begin(tagpdf.P)
	for i, row := range rows {
		for _, l := range wrap(f.sayLine(row[0], words.Name("a command"), ""), st, f.width()-20) {
			f.need(st.lead + 3)
			f.d.BeginArtifact()
			f.d.Rect(f.left, f.y, f.width(), st.lead+3, f.look.tint)
			f.d.EndArtifact()
			if i+1 < len(rows) {
				l += " "
			}
			f.line(f.left+10, f.y+1.5, l, st)
			f.y += st.lead + 3
			f.fresh = false
		}
	}
	f.d.End()
	f.y += 3
}

// pictureHeight is that of a picture as wide as the text, or lower, so that two have room on a page.
func (f *flow) pictureHeight(p *image.Paletted) float64 {
	return slices.Min([]float64{f.width() * float64(p.Bounds().Dy()) / float64(p.Bounds().Dx()), 0.33 * (f.bottom - f.top)})
}
