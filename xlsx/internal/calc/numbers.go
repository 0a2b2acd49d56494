package calc

import (
	"slices"
	"strings"
)

// numbersOf collects the numbers of the arguments: of ranges those cells that are numbers, of others each value.
func (b *Book) numbersOf(args []node) (list []float64, fault *Value, err error) {
	for _, a := range args {
		g, err := b.eval(a)
		if err != nil {
			return nil, nil, err
		}
		for _, v := range g.cells {
			switch {
			case v.Kind == KindError:
				return nil, &v, nil
			case v.Kind == KindNumber:
				list = append(list, v.Number)
			case !g.isRange:
				x, ok := v.number()
				if !ok {
					v = Fault("#VALUE!")
					return nil, &v, nil
				}
				list = append(list, x)
			}
		}
	}
	return list, nil, nil
}

func numbers(f func([]float64) Value) function {
	return func(b *Book, args []node) (grid, error) {
		list, fault, err := b.numbersOf(args)
		if err != nil {
			return grid{}, err
		}
		if fault != nil {
			return one(*fault), nil
		}
		return one(f(list)), nil
	}
}

func count(b *Book, args []node) (grid, error) {
	n := 0
	for _, a := range args {
		g, err := b.eval(a)
		if err != nil || !g.isRange {
			return grid{}, errUnknown
		}
		for _, v := range g.cells {
			if v.Kind == KindNumber {
				n++
			}
		}
	}
	return one(Number(float64(n))), nil
}

// countIf counts the cells that are equal to a number or to a word of plain letters; other conditions are not known
// here.
func countIf(b *Book, args []node) (grid, error) {
	if len(args) != 2 {
		return grid{}, errUnknown
	}
	g, err := b.eval(args[0])
	if err != nil {
		return grid{}, err
	}
	want, err := b.scalar(args[1])
	if err != nil || want.Kind != KindNumber && (want.Kind != KindText || !isWord(want.Text)) {
		return grid{}, errUnknown
	}
	n := 0
	for _, v := range g.cells {
		if want.Kind == KindText {
			if v.Kind == KindText && strings.EqualFold(v.Text, want.Text) {
				n++
			}
			continue
		}
		if v.Kind == KindText {
			if _, ok := v.number(); ok {
				return grid{}, errUnknown // a number as text: programs differ
			}
		}
		if v.Kind == KindNumber && v.Number == want.Number {
			n++
		}
	}
	return one(Number(float64(n))), nil
}

// isWord says whether a text is ASCII letters only, and no truth value: a condition that all programs take as it is.
func isWord(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != "" && !strings.EqualFold(s, "true") && !strings.EqualFold(s, "false")
}

func sumProduct(b *Book, args []node) (grid, error) {
	var list []grid
	for _, a := range args {
		g, err := b.eval(a)
		if err != nil || len(list) > 0 && (g.rows != list[0].rows || g.cols != list[0].cols) {
			return grid{}, errUnknown
		}
		list = append(list, g)
	}
	if len(list) == 0 {
		return grid{}, errUnknown
	}
	s := 0.0
	for i := range list[0].cells {
		x := 1.0
		for _, g := range list {
			switch v := g.cells[i]; v.Kind {
			case KindError:
				return one(v), nil
			case KindNumber:
				x *= v.Number
			default:
				x = 0
			}
		}
		s += x
	}
	return one(Number(s)), nil
}

func small(b *Book, args []node) (grid, error) {
	if len(args) != 2 {
		return grid{}, errUnknown
	}
	list, fault, err := b.numbersOf(args[:1])
	if err != nil {
		return grid{}, err
	}
	if fault != nil {
		return one(*fault), nil
	}
	k, err := b.scalar(args[1])
	if err != nil || k.Kind != KindNumber {
		return grid{}, errUnknown
	}
	if k.Number < 1 || k.Number >= float64(len(list)+1) {
		return one(Fault("#NUM!")), nil
	}
	slices.Sort(list)
	return one(Number(list[int(k.Number)-1])), nil
}
