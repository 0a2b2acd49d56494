package returns

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

var (
	plainNumber   = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,12})?$`)
	groupedSpaces = regexp.MustCompile(`^-?[0-9]{1,3}(?:[ '][0-9]{3})+([.,][0-9]{1,12})?$`)
	groupedTwice  = regexp.MustCompile(`^-?[0-9]{1,3}(?:,[0-9]{3}){2,}$|^-?[0-9]{1,3}(?:\.[0-9]{3}){2,}$`)
	bothComma     = regexp.MustCompile(`^-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,12}$`)
	bothPoint     = regexp.MustCompile(`^-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,12}$`)
	threeAfter    = regexp.MustCompile(`^-?[1-9][0-9]{0,2}[.,][0-9]{3}$`)
	decimalComma  = regexp.MustCompile(`^-?[0-9]{1,15},[0-9]{1,12}$`)
)

// parseWrittenNumber reads a number that is written as a text. What could be two numbers, as 1,234 in two
// languages, is none; nor is one with words beside it.
func parseWrittenNumber(s string) (number string, doubt words.Said) {
	s = clean(s)
	switch {
	case threeAfter.MatchString(s):
		return "", words.Sayf("could be %s or %s", strings.NewReplacer(",", "", ".", "").Replace(s), strings.Replace(s, ",", ".", 1))
	case plainNumber.MatchString(s):
	case groupedSpaces.MatchString(s):
		s = strings.Replace(strings.NewReplacer(" ", "", "'", "").Replace(s), ",", ".", 1)
	case groupedTwice.MatchString(s):
		s = strings.NewReplacer(",", "", ".", "").Replace(s)
	case bothComma.MatchString(s):
		s = strings.ReplaceAll(s, ",", "")
	case bothPoint.MatchString(s):
		s = strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	case decimalComma.MatchString(s):
		s = strings.Replace(s, ",", ".", 1)
	default:
		return "", words.Sayf("is not a number in figures only")
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return "", words.Sayf("is not a number")
	}
	return strconv.FormatFloat(x, 'f', -1, 64), words.Said{}
}

var shownNumber = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)

// agrees says whether what a cell shows is the number that it holds, rounded as far as its decimals go.
func agrees(shown string, held float64) bool {
	t := strings.ReplaceAll(shown, ",", "")
	found := shownNumber.FindAllString(t, 2)
	if len(found) != 1 || strings.ContainsAny(t, "eE") {
		x, err := strconv.ParseFloat(t, 64) // 1.5E+15
		return err == nil && math.Abs(x-held) <= 1e-6*math.Abs(held)
	}
	x, err := strconv.ParseFloat(found[0], 64)
	if err != nil {
		return false
	}
	_, decimals, _ := strings.Cut(found[0], ".")
	size := math.Abs(held)
	if strings.Contains(t, "%") {
		size *= 100
	}
	negative := strings.ContainsAny(t, "-−") || strings.HasPrefix(strings.TrimSpace(t), "(")
	return math.Abs(x-size) <= 0.5000001*math.Pow(10, -float64(len(decimals))) && (negative == (held < 0) || x == 0)
}

var dayMonthYear = regexp.MustCompile(`^([0-9]{1,2})([./-])([0-9]{1,2})([./-])([0-9]{4})\.?$`)

// parseWrittenDate reads a date that is written as a text. What could be two days, as 3/4/2027 in two
// languages, is none.
func parseWrittenDate(s string) (models.Date, words.Said) {
	for _, layout := range []string{time.DateOnly, "2006/01/02", "2006.01.02", "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "January 2 2006", "Jan 2 2006", "2. January 2006"} {
		if d, err := time.Parse(layout, s); err == nil {
			return sensible(d)
		}
	}
	m := dayMonthYear.FindStringSubmatch(s)
	if m == nil || m[2] != m[4] {
		return models.Date{}, words.Sayf("is not a date with day, month and year")
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[3])
	year, _ := strconv.Atoi(m[5])
	day, month := a, b
	switch {
	case m[2] == ".", a == b, a > 12: // points stand between day and month in every country that writes them
	case b > 12:
		day, month = b, a
	default:
		return models.Date{}, words.Sayf("could be two days, by the order of day and month")
	}
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || d.Day() != day {
		return models.Date{}, words.Sayf("is not a day of the calendar")
	}
	return sensible(d)
}

func sensible(d time.Time) (models.Date, words.Said) {
	if d.Year() < 1800 || d.Year() > 2199 {
		return models.Date{}, words.Sayf("is not a likely date")
	}
	return models.Date{Time: d}, words.Said{}
}
