package xlsx

import (
	"time"

	"github.com/rubric-project/rubric/xlsx/internal/opc"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// Limits bound what reading one file may cost. A field that is zero stands for the default, which is ample for
// a form. Memory for one file stays under 64 MB with the defaults, whatever the file claims.
type Limits struct {
	// Packed is the largest size of a file in bytes; by default 20 MB.
	Packed int64
	// Unpacked is the largest size of all its parts together, in bytes; by default 200 MB.
	Unpacked int64
	// Parts is the largest number of its parts; by default 2,000.
	Parts int
	// Cells is the largest number of cells with content, over all sheets; by default 250,000.
	Cells int
	// Text is the largest sum of the lengths of its texts, in bytes; by default 8 MB.
	Text int
	// Time is the longest that reading may take; by default 10 seconds.
	Time time.Duration
}

// DefaultLimits are the limits that hold where none are given.
func DefaultLimits() Limits {
	return Limits{Packed: 20 << 20, Unpacked: 200 << 20, Parts: 2000, Cells: 250_000, Text: 8 << 20, Time: 10 * time.Second}
}

// OrDefault gives each field that is zero its default.
func (l Limits) OrDefault() Limits {
	d := DefaultLimits()
	if l.Packed > 0 {
		d.Packed = l.Packed
	}
	if l.Unpacked > 0 {
		d.Unpacked = l.Unpacked
	}
	if l.Parts > 0 {
		d.Parts = l.Parts
	}
	if l.Cells > 0 {
		d.Cells = l.Cells
	}
	if l.Text > 0 {
		d.Text = l.Text
	}
	if l.Time > 0 {
		d.Time = l.Time
	}
	return d
}

func (l Limits) packing() opc.Limits   { return opc.Limits{Parts: l.Parts, Unpacked: l.Unpacked} }
func (l Limits) content() sheet.Limits { return sheet.Limits{Cells: l.Cells, Text: l.Text} }
