package models

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// Figure is a number that may not be there: a mean of no answers is no figure, not 0. The zero value is none.
type Figure struct {
	value float64
	known bool
}

// Some is the figure x.
func Some(x float64) Figure { return Figure{x, true} }

// Get returns the number and whether there is one.
func (f Figure) Get() (float64, bool) { return f.value, f.known }

// Known says whether there is a number.
func (f Figure) Known() bool { return f.known }

// Or returns the number, or x where there is none.
func (f Figure) Or(x float64) float64 {
	if f.known {
		return f.value
	}
	return x
}

// Format writes the figure with the given number of decimals, halves rounded away from zero, or "–" for none.
func (f Figure) Format(places int) string {
	if !f.known {
		return "–"
	}
	return strconv.FormatFloat(RoundTo(f.value, places), 'f', places, 64)
}

// MarshalJSON writes the number unrounded, or null for none.
func (f Figure) MarshalJSON() ([]byte, error) {
	if !f.known {
		return []byte("null"), nil
	}
	return json.Marshal(f.value)
}

// UnmarshalJSON reads a number or null.
func (f *Figure) UnmarshalJSON(b []byte) error {
	var p *float64
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	*f = Figure{}
	if p != nil {
		*f = Some(*p)
	}
	return nil
}

// RoundTo rounds x to the given number of decimals (0 to 15), halves away from zero, as a person rounds the
// shortest decimal that stands for x: 1.005 becomes 1.01, as in Excel, though the binary number lies below.
func RoundTo(x float64, places int) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	s := strconv.FormatFloat(math.Abs(x), 'f', -1, 64)
	whole, frac, _ := strings.Cut(s, ".")
	if len(frac) <= places {
		return x
	}
	up := frac[places] >= '5'
	r, err := strconv.ParseFloat(whole+"."+frac[:places], 64)
	if err != nil {
		return x
	}
	if up {
		digits := []byte(whole + frac[:places])
		i := len(digits) - 1
		for ; i >= 0; i-- {
			if digits[i] != '9' {
				digits[i]++
				break
			}
			digits[i] = '0'
		}
		d := string(digits)
		if i < 0 {
			d = "1" + d
		}
		r, err = strconv.ParseFloat(d[:len(d)-places]+"."+d[len(d)-places:], 64)
		if err != nil {
			return x
		}
	}
	return math.Copysign(r, x)
}
