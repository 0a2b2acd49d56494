// Package layout holds what the writer of an assessment workbook and the reader of a return share: the names of sheets,
// the columns, labels and keys. The reader finds everything by these words, never by position.
package layout

import (
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// Sheet names of an assessment workbook, in English; in other languages the first four have other names
// (package words).
const (
	SheetStart      = "Start"
	SheetAssessment = "Assessment"
	// SheetLevels has the descriptors of all levels, in the rows that the criteria have on Assessment.
	SheetLevels  = "Levels"
	SheetResults = "Results"
	// SheetTexts has evidence and comments in full that are longer than their row on Assessment.
	SheetTexts = "Texts"
	// SheetLists is hidden and holds the choices that the dropdowns draw on.
	SheetLists = "Lists"
	// SheetManifest is very hidden and holds the manifest as key and value, from A1 down.
	SheetManifest = "rubric"
)

// Column is a column of the sheet Assessment, by meaning.
type Column int

// The columns of the sheet Assessment. Level descriptors have a sheet of their own, SheetLevels, with Ref, Subject and a
// column for each level, whose headings are their labels; up to version 1 of the layout they stood between Subject and
// Answer.
const (
	Ref Column = iota
	Theme
	Subject
	Answer
	Target
	Evidence
	Comment
	Status
	// Last is there only in a workbook of a round that follows another.
	Last
	// Chosen shows the descriptor of the level that was chosen, and has a criterion's statement where it is one. Where all
	// are statements, its heading is StatementHeading.
	Chosen
	// Confirmed is there only beside Last: it says that what was answered then still holds.
	Confirmed
	// Columns is how many there are.
	Columns
)

// Headings are the column headings as written, as keys of package words; readHeadings are further words that the
// reader takes for the same column. Both are compared without regard to case, spaces and line breaks.
var Headings = map[Column]string{
	Ref:      "column_ref",
	Theme:    "column_theme",
	Subject:  "column_criterion",
	Answer:   "column_level",
	Target:   "column_target",
	Evidence: "column_evidence",
	Comment:  "column_comment",
	Status:   "column_status",
	Last:     "column_last",

	Chosen:    "column_chosen",
	Confirmed: "column_confirmed",
}

// AnswerHeadingRated is the heading of Answer where the template's criteria are statements, and
// StatementHeading the one of their statements.
const (
	AnswerHeadingRated = "column_rating"
	StatementHeading   = "column_statement"
)

// Heading is the heading of a column in English, as messages name it.
func (c Column) Heading() string { return words.English().Get(Headings[c]) }

// Said is the heading, to be put into a message.
func (c Column) Said() words.Said { return words.Label(Headings[c]) }

// Labels on the sheet Start, as keys of package words: the value stands in the next cell to the right that is not
// empty.
const (
	LabelOrganisation = "organisation"
	LabelReference    = "reference"
	LabelName         = "completed_by"
	LabelRole         = "role"
	LabelDate         = "date_completed"
	LabelSignedBy     = "signed_off_by"
	// LabelChecked was there up to version 1 of the layout, where answers may have been carried over: one choice for all.
	LabelChecked = "old_answers_checked"
	// LabelConfirmed is there only in a consensus workbook: whether the meeting confirms what all views say.
	LabelConfirmed = "consensus.confirmed"
	// LabelPart and LabelFor stand only in a workbook that is a part, and are not looked for by the reader.
	LabelPart = "part"
	LabelFor  = "part_for"
)

// CheckedYes is the choice in the column Confirmed, and under LabelChecked, as a key of package words.
const CheckedYes = "checked_yes"

// ManifestFormat is the value of the key "format" in the manifest: it changes when the manifest's form does.
const ManifestFormat = "1"

// Layout is the value of KeyLayout. Workbooks of the first version have none. From the second on the dropdowns offer the
// short forms of the choices too, and descriptors stand on a sheet of their own.
const Layout = "2"

// Keys of the manifest on SheetManifest. The custom document properties have the same keys after "rubric.".
const (
	KeyFormat          = "format"
	KeyRound           = "round"
	KeyTemplate        = "template"
	KeyTemplateVersion = "template_version"
	KeyTemplateDigest  = "template_digest"
	KeyRecipient       = "recipient"
	KeyName            = "name"
	KeySeal            = "seal"
	KeyReference       = "reference"
	// KeyLayout says how the sheets are laid out. Nothing is looked for by it: it says what was offered for a choice.
	KeyLayout = "layout"
	// KeyPart and KeyTopics stand only in a workbook that is a part.
	KeyPart   = "part"
	KeyTopics = "topics"
	// KeyRole stands only in a workbook that is a respondent's view.
	KeyRole = "role"
)

// SheetKeys are the sheets that people see, with the keys of their names in package words.
var SheetKeys = [][2]string{{SheetStart, "sheet_start"}, {SheetAssessment, "sheet_assessment"}, {SheetLevels, "sheet_levels"}, {SheetResults, "sheet_results"}, {SheetTexts, "sheet_texts"}}

// What the column Status says, as keys of package words.
const (
	StatusAnswer   = "status_answer"
	StatusList     = "status_list"
	StatusComment  = "status_comment"
	StatusEvidence = "status_evidence"
	StatusTarget   = "status_target"
	StatusCarried  = "status_carried"
	StatusDone     = "status_done"
)

// TopicTitle is a topic's name as a heading: with its id in front where that is a number.
func TopicTitle(x models.Topic) string {
	if _, err := strconv.Atoi(x.ID); err == nil {
		return x.ID + ". " + x.Name
	}
	return x.Name
}

// QuestionLabel is a question as the sheet Start shows it, and as the reader finds it.
func QuestionLabel(w *words.Words, q *models.Question) string {
	if q.Required {
		return w.Say("question_required", "question", q.Text)
	}
	return q.Text
}

// OldestDate is the first day that a question of type date takes: whole numbers up to it, typed into a cell for
// dates, are years that a spreadsheet program shows as a day of 1905.
const OldestDate = 3654 // 1 January 1910
