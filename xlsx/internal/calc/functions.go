package calc

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

type function func(b *Book, args []node) (grid, error)

// functions are those that the workbooks use, and their next of kin (ECMA-376 Part 1, 18.17.7).
var functions map[string]function

func init() { // not a composite literal: the functions come back to it
	functions = map[string]function{
		"IF": ifFunction, "IFERROR": ifError, "AND": truths(true), "OR": truths(false), "NOT": not,
		"SUM": numbers(func(x []float64) Value { return Number(sum(x)) }), "COUNT": count, "COUNTIF": countIf,
		"AVERAGE": numbers(func(x []float64) Value {
			if len(x) == 0 {
				return Fault("#DIV/0!")
			}
			return Number(sum(x) / float64(len(x)))
		}),
		"MIN": numbers(func(x []float64) Value {
			if len(x) == 0 {
				return Number(0)
			}
			return Number(slices.Min(x))
		}),
		"MAX": numbers(func(x []float64) Value {
			if len(x) == 0 {
				return Number(0)
			}
			return Number(slices.Max(x))
		}),
		"MEDIAN": numbers(func(x []float64) Value {
			if len(x) == 0 {
				return Fault("#NUM!")
			}
			slices.Sort(x)
			return Number((x[(len(x)-1)/2] + x[len(x)/2]) / 2)
		}),
		"SUMPRODUCT": sumProduct, "SMALL": small, "INDEX": index, "ISNUMBER": isNumber,
		"LEN": ofText(func(s string) Value { return Number(float64(units(s))) }),
		"TRIM": ofText(func(s string) Value {
			return Text(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " "))
		}),
		"TEXT": text, "ROUND": round, "FIXED": fixed, "MATCH": match,
		"MID": textual(3, 3, mid), "LEFT": textual(1, 2, left), "FIND": textual(2, 2, find), "SUBSTITUTE": textual(3, 3, substitute),
		"REPT": textual(2, 2, rept), "CHAR": textual(1, 1, char),
	}
}

// units is the length of a text as spreadsheets count it: in UTF-16.
func units(s string) (n int) {
	for _, r := range s {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

func sum(list []float64) (s float64) {
	for _, x := range list {
		s += x
	}
	return s
}

func ifFunction(b *Book, args []node) (grid, error) {
	if len(args) < 2 || len(args) > 3 {
		return grid{}, errUnknown
	}
	v, err := b.scalar(args[0])
	if err != nil {
		return grid{}, err
	}
	yes, fault, ok := v.truth()
	switch {
	case !ok:
		return one(fault), nil
	case yes:
		return b.eval(args[1])
	case len(args) == 2:
		return one(Bool(false)), nil
	}
	return b.eval(args[2])
}

func ifError(b *Book, args []node) (grid, error) {
	if len(args) != 2 {
		return grid{}, errUnknown
	}
	v, err := b.scalar(args[0])
	if err != nil || v.Kind != KindError {
		return one(v), err
	}
	return b.eval(args[1])
}

// truths is AND, which begins with true and ends with the first false, or OR.
func truths(all bool) function {
	return func(b *Book, args []node) (grid, error) {
		seen, result := false, all
		for _, a := range args {
			g, err := b.eval(a)
			if err != nil {
				return grid{}, err
			}
			for _, v := range g.cells {
				if g.isRange && (v.Kind == KindEmpty || v.Kind == KindText) {
					continue
				}
				x, fault, ok := v.truth()
				if !ok {
					return one(fault), nil
				}
				seen = true
				if all {
					result = result && x
				} else {
					result = result || x
				}
			}
		}
		if !seen {
			return one(Fault("#VALUE!")), nil
		}
		return one(Bool(result)), nil
	}
}

func not(b *Book, args []node) (grid, error) {
	if len(args) != 1 {
		return grid{}, errUnknown
	}
	v, err := b.scalar(args[0])
	if err != nil {
		return grid{}, err
	}
	x, fault, ok := v.truth()
	if !ok {
		return one(fault), nil
	}
	return one(Bool(!x)), nil
}

// index is INDEX of a range with one place, or with row and column.
func index(b *Book, args []node) (grid, error) {
	if len(args) < 2 || len(args) > 3 {
		return grid{}, errUnknown
	}
	a, ok := args[0].(area)
	if !ok {
		return grid{}, errUnknown
	}
	rows, cols := a.bottom-a.top+1, a.right-a.left+1
	var at [2]int32
	for i, x := range args[1:] {
		v, err := b.scalar(x)
		if err != nil {
			return grid{}, err
		}
		if v.Kind == KindError {
			return one(v), nil
		}
		n, ok := v.number()
		if !ok {
			return one(Fault("#VALUE!")), nil
		}
		if n < 1 || n > 1<<20 {
			return grid{}, errUnknown
		}
		at[i] = int32(n)
	}
	if len(args) == 2 {
		if at[1] = 1; rows == 1 {
			at = [2]int32{1, at[0]}
		} else if cols != 1 {
			return grid{}, errUnknown
		}
	}
	if at[0] > rows || at[1] > cols {
		return one(Fault("#REF!")), nil
	}
	row, col := a.top+at[0]-1, a.left+at[1]-1
	return b.eval(area{a.sheet, row, col, row, col})
}

func isNumber(b *Book, args []node) (grid, error) {
	if len(args) != 1 {
		return grid{}, errUnknown
	}
	v, err := b.scalar(args[0])
	return one(Bool(v.Kind == KindNumber)), err
}

func ofText(f func(string) Value) function {
	return func(b *Book, args []node) (grid, error) {
		if len(args) != 1 {
			return grid{}, errUnknown
		}
		v, err := b.scalar(args[0])
		if err != nil || v.Kind == KindError {
			return one(v), err
		}
		return one(f(v.String())), nil
	}
}

// text is TEXT with a format of digits, such as "0.0%".
func text(b *Book, args []node) (grid, error) {
	if len(args) != 2 {
		return grid{}, errUnknown
	}
	v, err := b.scalar(args[0])
	if err != nil || v.Kind == KindError {
		return one(v), err
	}
	code, err := b.scalar(args[1])
	if err != nil || code.Kind != KindText || v.Kind == KindText || strings.Trim(code.Text, "0.%") != "" {
		return grid{}, errUnknown
	}
	_, decimals, _ := strings.Cut(strings.TrimRight(code.Text, "%"), ".")
	x, places := v.Number, len(decimals)
	if strings.HasSuffix(code.Text, "%") {
		places += 2
	}
	f := sheet.NewFormat(code.Text)
	shown, ok := f.Show(models.RoundTo(x, min(places, 15)))
	if !ok {
		return grid{}, errUnknown
	}
	return one(Text(shown)), nil
}

func round(b *Book, args []node) (grid, error) {
	if len(args) != 2 {
		return grid{}, errUnknown
	}
	v, err := b.scalar(args[0])
	if err != nil || v.Kind == KindError {
		return one(v), err
	}
	places, err := b.scalar(args[1])
	x, ok := v.number()
	if err != nil || !ok || places.Number < 0 || places.Number > 15 || places.Kind != KindNumber {
		return grid{}, errUnknown
	}
	return one(Number(models.RoundTo(x, int(places.Number)))), nil
}

// fixed writes a number below a thousand, where no program sets a mark between thousands, with a decimal point.
func fixed(b *Book, args []node) (grid, error) {
	g, err := round(b, args)
	if err != nil {
		return g, err
	}
	v := g.cells[0]
	if v.Kind == KindError {
		return g, nil
	}
	places, err := b.scalar(args[1])
	if err != nil || v.Kind != KindNumber || v.Number >= 1000 || v.Number <= -1000 {
		return grid{}, errUnknown
	}
	return one(Text(strconv.FormatFloat(v.Number, 'f', int(places.Number), 64))), nil
}
