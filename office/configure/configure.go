// Package configure changes the settings of a round that is under way: its title, dates, contact, look, sender and rules.
//
// Begin with Of: it has the settings as they are, and says which of them may not be changed any more and why. Change what may
// be in a copy, and call Apply with the folder open to write. round.yaml keeps its comments and everything that was not
// changed; what it was before is kept in the folder's .rubric, and the journal has each change with what was.
//
// Workbooks that are out show the settings that they were made with. They are read, and count, all the same: what says whose
// a workbook is never changes here.
package configure

import (
	"bytes"
	"image"
	_ "image/jpeg" // the two kinds of pictures that a summary takes
	_ "image/png"
	"io"
	"slices"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// Why says why a setting stays as it is.
type Why string

// The reasons.
const (
	// Always: the workbooks carry it, and none of them would count any more.
	Always Why = "always"
	// WentOut: workbooks went out with it, or came back.
	WentOut Why = "went out"
	// Published: something that compares recipients has left the office under it. It may be raised, and not lowered.
	Published Why = "published"
)

// Settings are those of a round, with what may be changed of them.
type Settings struct {
	// Round is a copy, to be changed and given to Apply.
	Round models.Round
	// Of is the digest of round.yaml, by which Apply knows it again.
	Of string
	// Fixed are the settings that stay, by their keys in round.yaml.
	Fixed map[string]Why
	// Made says that workbooks were made, with the settings as they were then.
	Made bool
}

// Of says how a round is set, and what may be changed.
func Of(f *office.Folder) (Settings, error) {
	s := Settings{Round: *f.Config, Fixed: map[string]Why{"id": Always, "template": Always}}
	var err error
	if s.Of, err = f.SettingsDigest(); err != nil {
		return s, err
	}
	events, _, err := f.Journal()
	if err != nil {
		return s, err
	}
	came, _, err := f.ReturnFiles() // what somebody put there is in no journal
	if err != nil {
		return s, err
	}
	out := len(came) > 0
	for i := range events {
		switch events[i].Kind {
		case round.Generated:
			s.Made = true
		case round.Drafted, round.Sending, round.Sent, round.Unsure, round.Reminded, round.Received:
			out = true
		case round.Compared:
			s.Fixed["minimum_group"] = Published
		}
	}
	if out {
		s.Fixed["language"], s.Fixed["issued"] = WentOut, WentOut
	}
	return s, nil
}

// Change is a setting that is another than before.
type Change = round.SettingChange

// Problems are mistakes in settings, each with the key of its setting as the option.
type Problems = round.Problems

// ErrChanged says that round.yaml is not the one that the settings are of.
var ErrChanged = round.ErrSettingsChanged

// changeable are the settings that Apply changes; a round has more, which are for a text editor.
var changeable = []string{"title", "organiser", "issued", "due", "contact.name", "contact.email", "contact.phone", "reply_to", "paper", "language", "minimum_group",
	"completeness", "prefer", "look.accent", "look.logo", "look.header", "look.footer", "look.marking", "mail.from", "mail.from_name",
	"reminders.days", "reminders.quiet", "plans_due", "meeting.date", "meeting.start", "meeting.end", "meeting.zone", "meeting.place", "calendar"}

// Apply puts settings into effect, and says what is different; nothing is written where that is nothing. The folder is open
// to write. A Problems says what is wrong; ErrChanged that round.yaml is not the one that s is of.
func Apply(o *office.Office, f *office.Folder, s Settings) ([]Change, error) {
	now, err := Of(f)
	if err != nil {
		return nil, err
	}
	for _, c := range f.DifferentSettings(&s.Round) {
		why, fixed := now.Fixed[c.Key]
		if why == Published && s.Round.SmallestGroup() >= f.Config.SmallestGroup() {
			continue
		}
		if fixed || !slices.Contains(changeable, c.Key) {
			return nil, round.Problems{{Option: c.Key, Message: "this setting is not changed any more", Remedy: "leave it at " + c.Was}}
		}
	}
	defer f.Forget()
	return f.ChangeSettings(s.Of, &s.Round, o.Time())
}

// SetLogo puts a PNG or JPEG picture into the folder as the logo of the summaries. The picture before stays where it is. The
// folder is open to write.
func SetLogo(o *office.Office, f *office.Folder, content []byte) error {
	_, kind, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || kind != "png" && kind != "jpeg" {
		return &fault.Error{Usage: true, Message: "the logo is not a picture that is read", Remedy: "choose a PNG or JPEG file"}
	}
	s, err := Of(f)
	if err != nil {
		return err
	}
	name := "logo-" + office.Digest(content)[:8] + map[string]string{"png": ".png", "jpeg": ".jpg"}[kind] // the one before stays
	if err := f.WriteFile(name, func(w io.Writer) error { _, err := w.Write(content); return err }); err != nil {
		return err
	}
	s.Round.Look.Logo = name
	_, err = Apply(o, f, s)
	return err
}
