package calc

import (
	"math"
	"strings"
	"unicode/utf16"
)

// longestText is the most characters of a text, in UTF-16, that a cell holds and a function of texts may give.
const longestText = 32767

// bounded is a text as a value, or what programs give in place of one that is too long.
func bounded(s string) Value {
	if units(s) > longestText {
		return Fault("#VALUE!")
	}
	return Text(s)
}

// arguments calculates what must be single values. ok is false where one of them is an error, which is in fault.
func (b *Book) arguments(args []node, least, most int) (list []Value, fault Value, ok bool, err error) {
	if len(args) < least || len(args) > most {
		return nil, Value{}, false, errUnknown
	}
	for _, a := range args {
		v, err := b.scalar(a)
		if err != nil || v.Kind == KindError {
			return nil, v, false, err
		}
		list = append(list, v)
	}
	return list, Value{}, true, nil
}

// whole is a value as a count of characters: cut down to a whole number. It says false where it is none.
func (v Value) whole() (int, bool) {
	x, ok := v.number()
	if !ok || math.Abs(x) > 1<<30 {
		return 0, false
	}
	return int(math.Floor(x)), true
}

// textual makes a function of single values.
func textual(least, most int, f func([]Value) (Value, error)) function {
	return func(b *Book, args []node) (grid, error) {
		list, fault, ok, err := b.arguments(args, least, most)
		if err != nil || !ok {
			return one(fault), err
		}
		v, err := f(list)
		return one(v), err
	}
}

// cutOut is n characters of s from place from on, counted in UTF-16 as spreadsheets do.
func cutOut(s string, from, n int) string {
	if n <= 0 || from >= len(s) { // a text has as many bytes as characters at least
		return ""
	}
	u := utf16.Encode([]rune(s))
	if from >= len(u) {
		return ""
	}
	return string(utf16.Decode(u[from:min(len(u), from+n)]))
}

// mid is MID: from the first character on, which is 1.
func mid(x []Value) (Value, error) {
	from, ok := x[1].whole()
	n, more := x[2].whole()
	if !ok || !more || from < 1 || n < 0 {
		return Fault("#VALUE!"), nil
	}
	return Text(cutOut(x[0].String(), from-1, n)), nil
}

func left(x []Value) (Value, error) {
	n, ok := 1, true
	if len(x) > 1 {
		n, ok = x[1].whole()
	}
	if !ok || n < 0 {
		return Fault("#VALUE!"), nil
	}
	return Text(cutOut(x[0].String(), 0, n)), nil
}

// find is FIND, which tells capital letters from small ones. An empty text is not looked for here: programs differ.
func find(x []Value) (Value, error) {
	what, in := x[0].String(), x[1].String()
	if what == "" {
		return Value{}, errUnknown
	}
	i := strings.Index(in, what)
	if i < 0 {
		return Fault("#VALUE!"), nil
	}
	return Number(float64(units(in[:i]) + 1)), nil
}

// substitute is SUBSTITUTE of all places.
func substitute(x []Value) (Value, error) {
	if x[1].String() == "" {
		return x[0], nil
	}
	return bounded(strings.ReplaceAll(x[0].String(), x[1].String(), x[2].String())), nil
}

func rept(x []Value) (Value, error) {
	n, ok := x[1].whole()
	if !ok || n < 0 || n*units(x[0].String()) > longestText {
		return Fault("#VALUE!"), nil
	}
	return Text(strings.Repeat(x[0].String(), n)), nil
}

// char is CHAR of a line break or of a sign of ASCII: beyond these it depends on the system.
func char(x []Value) (Value, error) {
	n, ok := x[0].whole()
	if !ok || n != '\n' && (n < ' ' || n > '~') {
		return Value{}, errUnknown
	}
	return Text(string(rune(n))), nil
}

// match is MATCH of a number in a column, exactly.
func match(b *Book, args []node) (grid, error) {
	if len(args) != 3 {
		return grid{}, errUnknown
	}
	if kind, err := b.scalar(args[2]); err != nil || kind.Kind != KindNumber || kind.Number != 0 {
		return grid{}, errUnknown
	}
	want, err := b.scalar(args[0])
	if err != nil || want.Kind == KindError {
		return one(want), err
	}
	g, err := b.eval(args[1])
	if err != nil || !g.isRange || g.cols != 1 || want.Kind != KindNumber {
		return grid{}, errUnknown
	}
	for i, v := range g.cells {
		if v.Kind == KindNumber && v.Number == want.Number {
			return one(Number(float64(i + 1))), nil
		}
	}
	return one(Fault("#N/A")), nil
}
