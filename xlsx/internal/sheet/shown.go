package sheet

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// ShowsText says that a cell holds a text and shows just that. It may say no where the cell does.
func (w *Workbook) ShowsText(sh *Sheet, c *Cell) bool {
	return c.Kind == Text && !c.ownShown && w.formats[c.format].sections == nil && len(sh.restyled) == 0
}

// FormatCode is the number format of a cell, as the file writes it.
func (w *Workbook) FormatCode(c *Cell) string { return w.formats[c.format].Code }

// Shown is what a cell shows, and whether that is known. A Bool shows TRUE or FALSE.
func (w *Workbook) Shown(c *Cell) (string, bool) {
	if c.ownShown {
		return string(w.texts[c.shown:c.shownEnd]), true
	}
	f := &w.formats[c.format]
	switch c.Kind {
	case Number:
		x, err := strconv.ParseFloat(w.Text(c), 64)
		if err != nil {
			return "", false
		}
		return f.Show(x)
	case Text:
		return f.ShowText(w.Text(c))
	case Bool:
		if w.Text(c) == "1" {
			return "TRUE", true
		}
		return "FALSE", true
	case Fault:
		return w.Text(c), true
	}
	return "", false
}

// Time is the date and time that a Date cell holds, in no zone, and whether it could be worked out.
func (w *Workbook) Time(c *Cell) (time.Time, bool) {
	t := w.Text(c)
	x, err := strconv.ParseFloat(t, 64)
	if err != nil {
		return isoDate(t)
	}
	return w.Serial(x)
}

// NoDate says that a Date cell holds what is neither a date nor a time nor a duration. It stops no file: what the cell is
// for says what that means.
func (w *Workbook) NoDate(c *Cell) bool {
	if c.Kind != Date {
		return false
	}
	t := w.Text(c)
	_, serial := strconv.ParseFloat(t, 64)
	return serial != nil && ParseTime(t).IsZero() && !isoTime(t)
}

// Hours is what a Date cell shows whose format counts hours beyond a day, as [h]:mm does (ECMA-376 Part 1, 18.8.31).
func (w *Workbook) Hours(c *Cell) (string, bool) {
	x, err := strconv.ParseFloat(w.Text(c), 64)
	if err != nil || x < 0 || x > 1e6 || !strings.Contains(strings.ToLower(w.FormatCode(c)), "[h") {
		return "", false
	}
	s := int(math.Round(x * 86400))
	return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60), true
}

// Serial is the date and time of a serial number (ECMA-376 Part 1, 18.17.4). The 29 February 1900 that never
// was has none.
func (w *Workbook) Serial(x float64) (time.Time, bool) {
	if x < 0 || x >= 2958466 {
		return time.Time{}, false
	}
	day := math.Floor(x)
	base := time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	switch {
	case w.date1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day == 60:
		return time.Time{}, false
	case day > 60:
		base = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	}
	return base.AddDate(0, 0, int(day)).Add(time.Duration(math.Round((x-day)*86400)) * time.Second), true
}

// isoDate reads a date or date and time of ISO 8601, as t="d" and OpenDocument write them.
func isoDate(t string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", time.RFC3339Nano} {
		if d, err := time.Parse(layout, t); err == nil {
			return d, true
		}
	}
	return time.Time{}, false
}

// isoTime says whether a text is a time of day or a duration of ISO 8601, as Excel writes them into strict files. They
// are shown as they stand there.
func isoTime(t string) bool {
	for _, layout := range []string{"15:04:05.999999999", "15:04", "15:04:05.999999999Z07:00"} {
		if _, err := time.Parse(layout, strings.TrimPrefix(t, "T")); err == nil {
			return true
		}
	}
	rest, ok := strings.CutPrefix(strings.TrimPrefix(t, "-"), "P")
	if !ok || len(rest) < 2 || len(rest) > 80 {
		return false
	}
	units, digits, timed := "YMWD", 0, false
	for _, r := range rest {
		switch {
		case r >= '0' && r <= '9', digits > 0 && r == '.':
			digits++
		case r == 'T' && digits == 0 && !timed:
			units, timed = "HMS", true
		default:
			at := strings.IndexRune(units, r)
			if at < 0 || digits == 0 {
				return false
			}
			units, digits = units[at+1:], 0
		}
	}
	return digits == 0 && !strings.HasSuffix(rest, "T")
}
