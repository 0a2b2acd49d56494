package calc_test

import (
	"math"
	"testing"
	"time"

	"github.com/rubric-project/rubric/xlsx/internal/calc"
)

// FuzzFormula calculates any formula: it ends soon, with a value that is one, or says that it does not know, and the
// same each time.
func FuzzFormula(f *testing.F) {
	for _, s := range []string{`1+2*3`, `IF(Data!A1>2,"a","b")`, `SUMPRODUCT((Data!B1:B4="two")*Data!A1:A4)`, `'It''s here'!A1`, `INDEX(Data!A1:B4,2,2)`, `TEXT(0.3125,"0.0%")`, `-2^-2%`, `IFERROR(SMALL(Data!A1:A4,9),MEDIAN(1,2))`, `SUM(Data!A1:XFD1048576)`, `"open`, `((((1`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, formula string) {
		start := time.Now()
		at := calc.Cell{Sheet: 1, Row: 1, Col: 1}
		v, ok := book(formula).Value(at)
		if took := time.Since(start); took > 5*time.Second {
			t.Fatalf("it took %v", took)
		}
		if !ok {
			return
		}
		if v.Kind == calc.KindEmpty || v.Kind == calc.KindNumber && (math.IsNaN(v.Number) || math.IsInf(v.Number, 0)) || v.Kind == calc.KindError && (v.Text == "" || v.Text[0] != '#') {
			t.Fatalf("the value is %+v", v)
		}
		if again, _ := book(formula).Value(at); again != v {
			t.Fatalf("once %v, then %v", v, again)
		}
	})
}
