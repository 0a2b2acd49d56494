package sheetdata

import (
	"strconv"
	"strings"
)

// pattern is a formula that differs from row to row in the row's number alone: what stands between the numbers, escaped. It
// is asked for as for a row that no sheet has so many of.
type pattern []string

const patternRow = 1048561

func newPattern(formula func(row int) string) pattern {
	return strings.Split(string(appendMarkup(nil, formula(patternRow))), strconv.Itoa(patternRow))
}

// RowFormula writes the formula that its column has in every row in which RowFormula is called for it. It differs from row to
// row in the row's number alone, so that it is put together once for the column and not for each row.
func (x *Writer) RowFormula(style int, formula func(row int) string, v Value) {
	for len(x.patterns) <= x.col {
		x.patterns = append(x.patterns, nil)
	}
	p := x.patterns[x.col]
	if p == nil {
		p = newPattern(formula)
		x.patterns[x.col] = p
	}
	x.cell(style)
	if v.text {
		x.buf = append(x.buf, ` t="str"`...)
	}
	x.buf = append(x.buf, `><f>`...)
	row := x.digits[:len(x.digits)-1] // without the quotation mark
	for i, part := range p {
		if i > 0 {
			x.buf = append(x.buf, row...)
		}
		x.buf = append(x.buf, part...)
	}
	x.formulaValue(v)
}
