// Package settings holds what round.yaml can say beside the round itself, as types: how things look, how messages leave, and
// what reading a return may cost.
package settings

// ReadLimits bound what reading one return may cost; 0 stands for the default.
type ReadLimits struct {
	// FileMB is the largest size of a file in megabytes of 1,048,576 bytes, by default 20; UnpackedMB that of all its
	// parts, by default 200. More cells and longer texts are read in proportion where it is larger.
	FileMB     int `yaml:"file_mb,omitempty" validate:"min=0,max=2000"`
	UnpackedMB int `yaml:"unpacked_mb,omitempty" validate:"min=0,max=20000"`
	// Seconds is the longest that reading may take, by default 10.
	Seconds int `yaml:"seconds,omitempty" validate:"min=0,max=3600"`
}

// Reminders say when outstanding recipients are reminded.
type Reminders struct {
	// Days are days counted from the due date on which reminders go out: -7 is a week before, 3 three days after. None
	// leaves it to the office when it reminds.
	Days []int `yaml:"days,omitempty" json:"days,omitempty" validate:"max=20,unique,dive,min=-365,max=365"`
	// Quiet is the number of days after any message within which nobody is reminded.
	Quiet int `yaml:"quiet,omitempty" json:"quiet,omitempty" validate:"min=0,max=60"`
}

// Views say how the views of several respondents are shown to their organisation.
type Views struct {
	// Roles is shown (the default) or withheld: with withheld, summaries and consensus workbooks say what views say and not
	// whose each is.
	Roles string `yaml:"roles,omitempty" json:"roles,omitempty" validate:"omitempty,oneof=shown withheld"`
}

// Withheld says that nobody is told whose a view is.
func (v Views) Withheld() bool { return v.Roles == "withheld" }

// Look is how workbooks and summaries present themselves.
type Look struct {
	// Accent is the colour of headings and bars, as #rrggbb.
	Accent  string `yaml:"accent,omitempty" json:"accent,omitempty" validate:"omitempty,hexcolor,len=7"`
	Logo    string `yaml:"logo,omitempty" json:"logo,omitempty" validate:"max=200"`
	Header  string `yaml:"header,omitempty" json:"header,omitempty" validate:"max=120"`
	Footer  string `yaml:"footer,omitempty" json:"footer,omitempty" validate:"max=120"`
	Marking string `yaml:"marking,omitempty" json:"marking,omitempty" validate:"max=60"`
}
