package models

import (
	"cmp"
	"slices"
	"sync"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/words"
)

// Severity says what a finding does to an answer or a file.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // it does not count
	Warning Severity = "warning" // it counts; look at it
	Repair  Severity = "repair"  // it was read in spite of its form
)

// severities says what each severity is called, and what it does to a file or an answer.
var severities = map[Severity][2]string{
	Error:   {"Error", "The file, or the answer, does not count."},
	Warning: {"Warning", "It counts. Look at it."},
	Repair:  {"Repair", "It was read in spite of its form; there is no doubt about what is meant."},
}

// Name is the severity as people would say it, in English, which package words has in other languages.
func (s Severity) Name() string { return cmp.Or(severities[s][0], string(s)) }

// Meaning says in English what the severity does to a file or an answer.
func (s Severity) Meaning() string { return severities[s][1] }

// Code is the stable name of a kind of finding, in kebab-case. Catalogue has all of them.
type Code string

// Finding is something wrong or noteworthy in a file.
type Finding struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Origin   Origin   `json:"origin"`
	// Recipient is the id of the recipient concerned, where known.
	Recipient string `json:"recipient,omitempty"`
	// Ref is the criterion concerned, if it is one.
	Ref string `json:"ref,omitempty"`
	// Message says what is wrong, in a sentence.
	Message string `json:"message"`
	// Remedy says what to do about it, in a sentence. It names no command: Action says what the program can do.
	Remedy string `json:"remedy"`
	// Action is what is to be done with the program, if anything is.
	Action actions.Action `json:"action,omitzero"`
	// said and todo are message and remedy with what is put into them kept apart, where anything is; see In.
	said, todo words.Said
}

// CodeInfo documents a code.
type CodeInfo struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	// Area is the part of the reading that finds it: file, workbook, identity, answers, questions, register, parts, mail, report.
	Area string `json:"area"`
	// Meaning says what the finding means, Remedy what to do about it.
	Meaning string `json:"meaning"`
	Remedy  string `json:"remedy"`
	// Action names what is to be done with the program, if anything is.
	Action fault.ActionName `json:"action,omitempty"`
}

// NewFinding makes a finding of a code of the catalogue, with its severity, remedy and action. The message is an English
// sentence with verbs for its values, as words.Sayf takes it. It panics on a code that the catalogue lacks: that is a
// mistake of the program.
func NewFinding(code Code, at Origin, message string, values ...any) Finding {
	info, ok := code.Info()
	if !ok {
		panic("models: no finding code " + string(code))
	}
	f := Finding{Code: code, Severity: info.Severity, Origin: at, Remedy: info.Remedy, Action: actions.Action{Name: info.Action}}.Saying(words.Sayf(message, values...))
	if at.File != "" && (info.Action == actions.Assign || info.Action == actions.Prefer) {
		f.Action.On = []string{at.File}
	}
	return f
}

// Saying returns the finding with another message.
func (f Finding) Saying(message words.Said) Finding {
	f.Message, f.said = kept(message)
	return f
}

// Advising returns the finding with another remedy.
func (f Finding) Advising(remedy words.Said) Finding {
	f.Remedy, f.todo = kept(remedy)
	return f
}

// kept is a text in English, and its parts where it has any: a text without is found by its English.
func kept(s words.Said) (string, words.Said) {
	if len(s.Values) == 0 && s.Kind == words.SaidText {
		return s.Form, words.Said{}
	}
	return s.String(), s
}

// Said is the message with what is put into it kept apart.
func (f Finding) Said() words.Said { return apart(f.Message, f.said) }

func apart(text string, s words.Said) words.Said {
	if s.Form == "" {
		return words.Said{Form: text}
	}
	return s
}

// In returns the finding with message and remedy in other words than English, as far as there are any.
func (f Finding) In(w *words.Words) Finding {
	f.Message, f.Remedy = w.Tell(apart(f.Message, f.said)), w.Tell(apart(f.Remedy, f.todo))
	f.said, f.todo = words.Said{}, words.Said{}
	return f
}

// About returns the finding with the criterion it concerns.
func (f Finding) About(ref string) Finding {
	f.Ref = ref
	return f
}

// Info is what the catalogue says of the code; false where it has none such.
func (code Code) Info() (CodeInfo, bool) {
	info, ok := byCode()[code]
	return info, ok
}

var byCode = sync.OnceValue(func() map[Code]CodeInfo {
	out := map[Code]CodeInfo{}
	for _, info := range Catalogue() {
		out[info.Code] = info
	}
	return out
})

// catalogue has all finding codes, by area and then as documented.
var catalogue = [][]CodeInfo{fileCodes, workbookCodes, identityCodes, answerCodes, questionCodes, registerCodes, partCodes, viewCodes, planCodes, mailCodes, reportCodes}

// areaTitles says what is in each area.
var areaTitles = map[string]string{
	"file": "The file", "workbook": "Where the answers stand", "identity": "Whose it is", "answers": "The answers",
	"questions": "The questions on the sheet Start", "register": "All returns together", "parts": "Several workbooks of one recipient",
	"views": "Views of several respondents", "plans": "Action plans", "mail": "Messages and what they carry", "report": "What rubric writes",
}

// AreaTitle is the heading in English under which the code is listed.
func (x CodeInfo) AreaTitle() string { return areaTitles[x.Area] }

// Catalogue lists all finding codes, by area and then as documented.
func Catalogue() []CodeInfo { return slices.Concat(catalogue...) }

// SortFindings orders findings by file, severity (errors first), sheet, row, column, code and message.
func SortFindings(list []Finding) {
	rank := map[Severity]int{Error: 0, Warning: 1, Repair: 2}
	slices.SortStableFunc(list, func(a, b Finding) int {
		ac, ar := cellOrder(a.Origin.Cell)
		bc, br := cellOrder(b.Origin.Cell)
		return cmp.Or(
			cmp.Compare(a.Origin.File, b.Origin.File),
			cmp.Compare(rank[a.Severity], rank[b.Severity]),
			cmp.Compare(a.Origin.Sheet, b.Origin.Sheet),
			cmp.Compare(ar, br), cmp.Compare(ac, bc),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Ref, b.Ref), cmp.Compare(a.Message, b.Message))
	})
}

// cellOrder turns an A1 reference into column and row numbers; 0, 0 for none.
func cellOrder(ref string) (col, row int) {
	for _, r := range ref {
		switch {
		case r >= 'A' && r <= 'Z' && col < 1<<20:
			col = col*26 + int(r-'A') + 1
		case r >= '0' && r <= '9' && row < 1<<30:
			row = row*10 + int(r-'0')
		}
	}
	return col, row
}

// Count counts findings by severity.
func Count(list []Finding) (errors, warnings, repairs int) {
	for _, f := range list {
		switch f.Severity {
		case Error:
			errors++
		case Warning:
			warnings++
		default:
			repairs++
		}
	}
	return errors, warnings, repairs
}
