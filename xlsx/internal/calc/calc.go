// Package calc calculates the formulas of a workbook: those that package xlsx writes, and others made of the same
// few functions. It is for values that a file holds beside its formulas, so that the file shows right where nothing
// calculates; what it does not know for certain it leaves without a value.
//
// excelize's own calculation is not used: on one filled-in workbook of each built-in template it gave another value
// than this package, which tests hold against LibreOffice, for 767 of 2,059 and 1,435 of 2,754 formulas (v2.11.0).
package calc

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Kind is what a value is.
type Kind uint8

// The kinds. The zero Value is an empty cell.
const (
	KindEmpty Kind = iota
	KindNumber
	KindText
	KindBool
	KindError // such as #DIV/0!, in Value.Text
)

// Value is the content of a cell.
type Value struct {
	Kind   Kind
	Number float64 // 1 or 0 for KindBool
	Text   string
}

// Number is a number as a value.
func Number(x float64) Value { return Value{Kind: KindNumber, Number: x} }

// Text is a text as a value.
func Text(s string) Value { return Value{Kind: KindText, Text: s} }

// Bool is a truth value.
func Bool(b bool) Value {
	if b {
		return Value{Kind: KindBool, Number: 1}
	}
	return Value{Kind: KindBool}
}

// Fault is an error value, such as #N/A.
func Fault(name string) Value { return Value{Kind: KindError, Text: name} }

// Cell is a cell: the index of its sheet in Book.Sheets, row and column from 1.
type Cell struct {
	Sheet    int
	Row, Col int32
}

// Book is what is calculated: the sheets' names, the cells with a value, and the cells with a formula (without
// the equals sign).
type Book struct {
	Sheets   []string
	Values   map[Cell]Value
	Formulas map[Cell]string

	results map[Cell]result
	depth   int
	steps   int
}

type result struct {
	v   Value
	err error
}

// errUnknown says that a formula is not calculated here.
var errUnknown = errors.New("the formula is not of those that are calculated")

// What one book may cost: cells looked at, and formulas that lean on one another.
const (
	maxSteps = 1 << 19
	maxChain = 1000
)

// Value is the value of a cell. It says false where the cell's formula, or one that it leans on, is not known to
// be calculated as a spreadsheet program does, and where formulas lean on themselves.
func (b *Book) Value(c Cell) (Value, bool) {
	v, err := b.value(c)
	return v, err == nil
}

func (b *Book) value(c Cell) (Value, error) {
	if b.steps++; b.steps > maxSteps {
		return Value{}, errUnknown
	}
	formula, ok := b.Formulas[c]
	if !ok {
		return b.Values[c], nil
	}
	if r, ok := b.results[c]; ok {
		return r.v, r.err
	}
	if b.results == nil {
		b.results = make(map[Cell]result, len(b.Formulas))
	}
	b.results[c] = result{err: errUnknown} // what leans on itself has no value
	if b.depth++; b.depth > maxChain {
		return Value{}, errUnknown
	}
	n, err := parse(formula, b.Sheets, c.Sheet)
	v := Value{}
	if err == nil {
		v, err = b.scalar(n)
	}
	b.depth--
	if v.Kind == KindEmpty { // a formula's result is never empty
		v = Number(0)
	}
	if v.Kind == KindNumber && (math.IsInf(v.Number, 0) || math.IsNaN(v.Number)) {
		v = Fault("#NUM!")
	}
	b.results[c] = result{v, err}
	return v, err
}

// grid is one value, or those of a range.
type grid struct {
	rows, cols int
	cells      []Value
	isRange    bool
}

func one(v Value) grid { return grid{1, 1, []Value{v}, false} }

// scalar calculates what must be one value.
func (b *Book) scalar(n node) (Value, error) {
	g, err := b.eval(n)
	if err != nil || len(g.cells) != 1 {
		return Value{}, errUnknown
	}
	return g.cells[0], nil
}

func (b *Book) eval(n node) (grid, error) {
	switch x := n.(type) {
	case constant:
		return one(x.v), nil
	case area:
		g := grid{rows: int(x.bottom-x.top) + 1, cols: int(x.right-x.left) + 1, isRange: true}
		if b.steps += g.rows * g.cols; b.steps > maxSteps {
			return grid{}, errUnknown
		}
		g.cells = make([]Value, 0, g.rows*g.cols)
		for row := x.top; row <= x.bottom; row++ {
			for col := x.left; col <= x.right; col++ {
				v, err := b.value(Cell{x.sheet, row, col})
				if err != nil {
					return grid{}, err
				}
				g.cells = append(g.cells, v)
			}
		}
		return g, nil
	case unary:
		g, err := b.eval(x.x)
		if err != nil || x.op == '+' {
			return g, err
		}
		return each(one(Number(0)), g, func(_, v Value) Value { return arithmetic("-", Number(0), v) })
	case binary:
		l, err := b.eval(x.x)
		if err != nil {
			return grid{}, err
		}
		r, err := b.eval(x.y)
		if err != nil {
			return grid{}, err
		}
		return each(l, r, func(a, c Value) Value { return operate(x.op, a, c) })
	case call:
		f, ok := functions[x.name]
		if !ok {
			return grid{}, errUnknown
		}
		return f(b, x.args)
	}
	return grid{}, errUnknown
}

// nothing is what an empty cell is beside the value.
func (v Value) nothing() Value {
	if v.Kind == KindEmpty {
		return Number(0)
	}
	return Value{Kind: v.Kind}
}

// number is the value in arithmetic. A text is one only if it is plainly a number.
func (v Value) number() (float64, bool) {
	switch v.Kind {
	case KindText:
		x, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
		return x, err == nil && strings.Trim(v.Text, " 0123456789.-") == ""
	case KindError:
		return 0, false
	}
	return v.Number, true
}

// String is the value as text, as & joins it.
func (v Value) String() string {
	switch v.Kind {
	case KindNumber:
		if v.Number == math.Trunc(v.Number) && math.Abs(v.Number) < 1e15 {
			return strconv.FormatFloat(v.Number, 'f', -1, 64)
		}
		return strconv.FormatFloat(v.Number, 'G', 15, 64)
	case KindBool:
		if v.Number == 1 {
			return "TRUE"
		}
		return "FALSE"
	}
	return v.Text
}

// truth is the value as a condition.
func (v Value) truth() (bool, Value, bool) {
	switch v.Kind {
	case KindError:
		return false, v, false
	case KindText:
		return false, Fault("#VALUE!"), false
	}
	return v.Number != 0, v, true
}
