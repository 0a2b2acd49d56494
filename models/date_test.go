package models_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
)

// A date is taken in every way in which people type it and that has one reading; of several readings none is taken.
func TestParseDate(t *testing.T) {
	for _, s := range []string{"2027-03-26", "2027-3-26", "2027/03/26", "26 March 2027", "26 march 2027", "26th of March 2027", "26th March, 2027",
		"March 26, 2027", "March 26th, 2027", "Mar 26 2027", "26-Mar-2027", "26. Mar. 2027", "2027 March 26", "26/03/2027", "3/26/2027", "26.3.2027",
		"26 de marzo de 2027", "26 marzo 2027", "Friday 26 March 2027", "Fri, 26/3/2027", "viernes, 26 de marzo de 2027", "  26\u00a0March 2027 "} {
		if d, err := models.ParseDate(s); err != nil || d.String() != "2027-03-26" {
			t.Errorf("%q: %v, %v", s, d, err)
		}
	}
	for s, day := range map[string]string{"1 ene 2028": "2028-01-01", "1 enero 2028": "2028-01-01", "4/4/2027": "2027-04-04", "Sept 5, 2027": "2027-09-05", "29 February 2028": "2028-02-29"} {
		if d, err := models.ParseDate(s); err != nil || d.String() != day {
			t.Errorf("%q: %v, %v; want %s", s, d, err, day)
		}
	}
	for s, readings := range map[string][]string{
		"3/4/2027":    {"3 April 2027", "4 March 2027"},
		"03.04.2027":  {"3 April 2027", "4 March 2027"},
		"3-4-2027":    {"3 April 2027", "4 March 2027"},
		"26 March 27": {"26 March 2027", "27 March 2026"},
		"26/3/27":     {"26 March 2027", "27 March 2026"},
		"1/2/03":      {"1 February 2003", "2 January 2003"},
		"26 March 45": {"26 March 2045"},
	} {
		_, err := models.ParseDate(s)
		if err == nil {
			t.Errorf("%q was taken", s)
			continue
		}
		for _, r := range readings {
			if !strings.Contains(err.Error(), r) {
				t.Errorf("%q: %v; it should name %s", s, err, r)
			}
		}
	}
	if d, err := models.ParseDate("Thursday 26 March 2027"); err == nil || !strings.Contains(err.Error(), "26 March 2027 is a Friday") {
		t.Errorf("a day of another name: %v, %v", d, err)
	}
	for _, s := range []string{"", "Friday", "soon", "2027", "March 2027", "2027-02-30", "31 June 2027", "2027-13-01", "13/13/2027", "26 March 2027 12", "26 Marsh 2027", "2027-3-26-1",
		"26 03 207", "20270326", "2027 26 March 3", "2027-3", "26 2027 March", "0027-03-26", "-", "99999999999999999999-1-1"} {
		if d, err := models.ParseDate(s); err == nil || !strings.Contains(err.Error(), "is not a date; write year-month-day") {
			t.Errorf("%q: %v, %v", s, d, err)
		}
	}
}
