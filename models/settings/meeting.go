package settings

import (
	"fmt"
	"time"
	_ "time/tzdata" // the zones that a meeting may name, where the system has no list of them
)

// Meeting is when and where the results are talked about.
type Meeting struct {
	Date Day `yaml:"date,omitempty" json:"date,omitzero"`
	// Start and End are times of the day such as 14:30; without a start it is a whole day, without an end an hour.
	Start string `yaml:"start,omitempty" json:"start,omitempty" validate:"omitempty,datetime=15:04"`
	End   string `yaml:"end,omitempty" json:"end,omitempty" validate:"omitempty,datetime=15:04"`
	// Zone is the time zone that the times are of, such as Europe/London; "" leaves them to the clock of whoever reads them.
	Zone  string `yaml:"zone,omitempty" json:"zone,omitempty" validate:"omitempty,timezone"`
	Place string `yaml:"place,omitempty" json:"place,omitempty" validate:"max=200"`
}

// Day is a day without a time, written 2026-11-22.
type Day struct{ time.Time }

// String writes the day, or "" for none.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.DateOnly)
}

// MarshalText writes the day.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a day.
func (d *Day) UnmarshalText(b []byte) error {
	t, err := time.Parse(time.DateOnly, string(b))
	if err != nil {
		return fmt.Errorf("%q is not a day; write it as year-month-day, such as 2026-11-22", b)
	}
	d.Time = t
	return nil
}
