package round

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models/actions"
)

// Unchanged refuses a round whose round.yaml or recipients list is not what its workbooks were made with: another id,
// another template's name, or ids of recipients that lost their zeros. Every return would be nobody's then, and everybody
// would seem to have returned nothing. events are the journal's, template is the id in template.yaml.
func (r *Round) Unchanged(events []Event, template string) error {
	id, named := "", ""
	for _, e := range events {
		if e.Round != "" {
			id = e.Round
		}
		if e.Kind == Initialised && e.Note != "" {
			named = e.Note
		}
	}
	if id != "" && id != r.Config.ID {
		return r.otherID(id)
	}
	if c := r.Config.Template; named != "" && c != named && c != template {
		return &fault.Error{Usage: true, Message: fmt.Sprintf("%s says template: %s, but the round was made with %s, and %s is template %s", ConfigFile, c, named, TemplateFile, template),
			Remedy: fmt.Sprintf("put back template: %s; another template is a new round, which can take over the settings of this one", named)}
	}
	if short := r.ShortIDs(events); len(short) > 0 {
		return lostZeros(short)
	}
	return nil
}

// ForeignTo refuses a round whose id was changed, where the journal does not say so: sealed are the ids of rounds in the
// returns that this round's own key sealed. Only this round can have written those.
func (r *Round) ForeignTo(sealed map[string]bool) error {
	if len(sealed) != 1 || sealed[r.Config.ID] {
		return nil
	}
	for id := range sealed {
		return r.otherID(id)
	}
	return nil
}

func (r *Round) otherID(id string) error {
	return &fault.Error{Usage: true, Message: fmt.Sprintf("%s says id: %s, but the workbooks were made with id: %s, and none of them would count", ConfigFile, r.Config.ID, id),
		Remedy: fmt.Sprintf("put back id: %s; a new round is a new folder, which can take over the settings of this one", id)}
}

// ShortID is an id of the recipients list that had more zeros at its beginning when workbooks were made.
type ShortID struct {
	Now string `json:"now"`
	// Was is the id in the workbooks; several where more than one fits.
	Was []string `json:"was"`
	// Name is the recipient's.
	Name string `json:"name"`
}

// String says what became of the id.
func (s ShortID) String() string {
	return fmt.Sprintf("%s became %s", strings.Join(s.Was, " or "), s.Now)
}

// ShortIDs finds the ids that a program took for numbers, so that they lost their zeros since workbooks were made, or got a
// decimal point or an apostrophe, in the order of the list.
func (r *Round) ShortIDs(events []Event) []ShortID {
	made, listed := map[string]bool{}, map[string]bool{}
	for _, rc := range r.Recipients {
		listed[rc.ID] = true
	}
	lost := map[string][]string{} // by the id without its zeros, those that workbooks have and the list has not
	for _, e := range events {
		if e.Kind != Generated || made[e.Recipient] {
			continue
		}
		made[e.Recipient] = true
		if number, _ := withoutZeros(e.Recipient); isNumber(number) && !listed[e.Recipient] {
			lost[number] = append(lost[number], e.Recipient)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	var out []ShortID
	for _, rc := range r.Recipients {
		digits := asNumber(rc.ID)
		number, _ := withoutZeros(digits)
		var was []string
		for _, id := range lost[number] {
			if len(id) > len(digits) || len(id) == len(digits) && digits != rc.ID {
				was = append(was, id)
			}
		}
		if digits != rc.ID && slices.Contains(was, digits) {
			was = []string{digits}
		}
		if len(was) > 0 && !made[rc.ID] {
			out = append(out, ShortID{Now: rc.ID, Was: was, Name: rc.Name})
		}
	}
	return out
}

// asNumber is an id without what a program that takes it for a number, or for a text that must not become one, puts around
// it: 107.0, '00107.
func asNumber(id string) string {
	id = strings.TrimPrefix(id, "'")
	for _, point := range []string{".", ","} {
		if whole, zeros, ok := strings.Cut(id, point); ok && zeros != "" && strings.Trim(zeros, "0") == "" {
			return whole
		}
	}
	return id
}

func isNumber(id string) bool { return id != "" && strings.Trim(id, "0123456789") == "" }

// withoutZeros takes the zeros off the beginning of an id of digits; another id is given back whole.
func withoutZeros(id string) (number string, zeros int) {
	if !isNumber(id) {
		return id, 0
	}
	number = strings.TrimLeft(id, "0")
	return number, len(id) - len(number)
}

// sameNumber finds the id that is the same number, with more or fewer zeros at its beginning.
func sameNumber(id string, ids []string) string {
	wanted, _ := withoutZeros(strings.TrimSpace(id))
	if strings.Trim(wanted, "0123456789") != "" {
		return ""
	}
	for _, x := range ids {
		if number, _ := withoutZeros(x); number == wanted {
			return x
		}
	}
	return ""
}

func lostZeros(short []ShortID) error {
	said := make([]string, len(short))
	what := "lost zeros"
	for i, s := range short {
		if said[i] = s.String(); !isNumber(s.Now) {
			what = "changed"
		}
	}
	return &fault.Error{Usage: true, Do: actions.FixIDs.On(),
		Message: fmt.Sprintf("%s of %s %s since the workbooks were made, as when a spreadsheet program saves the list: %s",
			text.Count(len(short), "id", "ids"), RecipientsFile, what, text.FirstFew(said, 5, "; ", "; and %d more")),
		Remedy: "restore them before anything else, or the returns are nobody's"}
}
