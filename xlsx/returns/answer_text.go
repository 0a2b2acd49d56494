package returns

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// maxCellText is the most that a cell can hold, in UTF-16 units.
const maxCellText = 32767

// text reads a cell of evidence or comment. Texts are kept whole.
func (rd *reading) text(h hit, c *sheet.Cell, at models.Origin) string {
	if c.NoValue {
		rd.about(models.TextNoValue, at, h.c, "The cell holds a formula without its result.")
		return rd.linked(h, c, at, "") // the address of a link stands in the formula itself
	}
	t := rd.book.Text(c)
	if h.t.sh.HoldsPicture(c) {
		rd.about(models.PictureNotRead, at, h.c, "The cell holds a picture in place of a text.")
		return ""
	}
	switch c.Kind {
	case sheet.Fault:
		rd.about(models.TextIsError, at, h.c, "The cell holds the error %s.", printable(t))
		return ""
	case sheet.Text:
		t = strings.ReplaceAll(t, "\r\n", "\n")
		if len(t) >= maxCellText && len(utf16.Encode([]rune(t))) >= maxCellText {
			rd.about(models.TextAtLimit, at, h.c, "The text is as long as a cell can be.")
		}
		if strings.Contains(t, string(unicode.ReplacementChar)) {
			rd.about(models.TextSpoiled, at, h.c, "Some characters of the text were lost before it came.")
		}
		if strings.TrimSpace(t) == "" {
			return ""
		}
		if rd.book.Struck(c) {
			rd.about(models.TextStruck, at, h.c, "'%s' is struck through, at least in part.", printable(t))
		}
		if why := rd.unseenText(h, c, printable(t)); why.Form != "" {
			rd.add(models.NewFinding(models.TextUnseen, at, "").Saying(why).About(h.c.Ref))
		}
		return rd.linked(h, c, at, t)
	case sheet.Date:
		if rd.book.NoDate(c) {
			rd.about(models.TextNotDate, at, h.c, "The cell holds '%s' as a date, which is none.", printable(t))
			return rd.linked(h, c, at, t)
		}
	case sheet.Empty:
		return rd.linked(h, c, at, "")
	}
	return rd.linked(h, c, at, rd.plainValue(c))
}

// unseenText says why the sender may not see a comment or evidence as it is read, or nothing.
func (rd *reading) unseenText(h hit, c *sheet.Cell, held string) words.Said {
	switch shown, known := rd.book.Shown(c); {
	case known && shown == "":
		return words.Sayf("'%s' is not shown, by the cell's number format (%s).", held, printable(rd.book.FormatCode(c)))
	case rd.book.Unseen(c):
		return words.Sayf("'%s' has the colour of its background, or letters too small to be read.", held)
	case rd.book.Faint(c):
		return words.Sayf("'%s' is white in part, or in letters too small to be read.", held)
	case h.t.sh.MayLookOtherwise(c):
		return words.Sayf("'%s' may be struck through or hidden by a conditional format.", held)
	}
	return words.Said{}
}

// plainValue is a number, date or truth value as text: as the cell shows it, or else as it holds it.
func (rd *reading) plainValue(c *sheet.Cell) string {
	if c.Kind == sheet.Date {
		if d, ok := rd.book.Time(c); ok {
			if s, ok := rd.book.Hours(c); ok {
				return s
			}
			if d.Year() < 1900 { // a time of day has no date
				return d.Format("15:04:05")
			}
			if d.Equal(d.Truncate(24 * time.Hour)) {
				return d.Format(time.DateOnly)
			}
			return d.Format("2006-01-02 15:04:05")
		}
	}
	if s, ok := rd.book.Shown(c); ok {
		return s
	}
	return rd.book.Text(c)
}
