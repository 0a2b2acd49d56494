package calc

import (
	"math"
	"strings"
)

// each works on two grids, value by value; one value goes with all of the other grid.
func each(x, y grid, f func(a, b Value) Value) (grid, error) {
	at := func(g grid, i int) Value {
		if len(g.cells) == 1 {
			return g.cells[0]
		}
		return g.cells[i]
	}
	out := x
	if len(x.cells) == 1 {
		out = y
	} else if len(y.cells) != 1 && (x.rows != y.rows || x.cols != y.cols) {
		return grid{}, errUnknown
	}
	cells := make([]Value, len(out.cells))
	for i := range cells {
		cells[i] = f(at(x, i), at(y, i))
	}
	return grid{out.rows, out.cols, cells, false}, nil
}

func operate(op string, a, b Value) Value {
	switch {
	case a.Kind == KindError:
		return a
	case b.Kind == KindError:
		return b
	case op == "&":
		return bounded(a.String() + b.String())
	case strings.ContainsAny(op, "=<>"):
		c := compare(a, b)
		return Bool(c < 0 && strings.Contains(op, "<") || c > 0 && strings.Contains(op, ">") || c == 0 && strings.Contains(op, "="))
	}
	return arithmetic(op, a, b)
}

func arithmetic(op string, a, b Value) Value {
	x, ok := a.number()
	y, ok2 := b.number()
	switch {
	case a.Kind == KindError:
		return a
	case b.Kind == KindError:
		return b
	case !ok || !ok2:
		return Fault("#VALUE!")
	}
	switch op {
	case "+":
		return Number(x + y)
	case "-":
		return Number(x - y)
	case "*":
		return Number(x * y)
	case "^":
		return Number(math.Pow(x, y))
	}
	if y == 0 {
		return Fault("#DIV/0!")
	}
	return Number(x / y)
}

// compare orders values as spreadsheets do: numbers before texts before truth values, texts without regard to
// case; an empty cell is 0, "" or FALSE, whichever it is held against.
func compare(a, b Value) int {
	if a.Kind == KindEmpty {
		a = b.nothing()
	}
	if b.Kind == KindEmpty {
		b = a.nothing()
	}
	switch {
	case a.Kind != b.Kind:
		return int(a.Kind) - int(b.Kind)
	case a.Kind == KindText:
		return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text))
	case a.Number < b.Number:
		return -1
	case a.Number > b.Number:
		return 1
	}
	return 0
}
