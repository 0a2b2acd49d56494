package xlsx

import "github.com/rubric-project/rubric/words"

// The words and names that the writer of an assessment workbook and the reader of a return share. The reader
// finds everything by these words, never by position.

// Sheet names of an assessment workbook, in English; in other languages the first three have other names
// (package words).
const (
	SheetStart      = "Start"
	SheetAssessment = "Assessment"
	SheetResults    = "Results"
	// SheetLists is hidden and holds the choices that the dropdowns draw on.
	SheetLists = "Lists"
	// SheetManifest is very hidden and holds the manifest as key and value, from A1 down.
	SheetManifest = "rubric"
)

// column is a column of the sheet Assessment, by meaning.
type column int

// The columns of the sheet Assessment. Level descriptors stand between colSubject and colAnswer; their
// headings are the labels of the levels.
const (
	colRef column = iota
	colTheme
	colSubject
	colAnswer
	colTarget
	colEvidence
	colComment
	colStatus
	// colLast is there only in a workbook of a round that follows another.
	colLast
)

// headings are the column headings as written, as keys of package words; readHeadings are further words that the
// reader takes for the same column. Both are compared without regard to case, spaces and line breaks.
var headings = map[column]string{
	colRef:      "column_ref",
	colTheme:    "column_theme",
	colSubject:  "column_criterion",
	colAnswer:   "column_level",
	colTarget:   "column_target",
	colEvidence: "column_evidence",
	colComment:  "column_comment",
	colStatus:   "column_status",
	colLast:     "column_last",
}

// answerHeadingRated is the heading of colAnswer where the template's criteria are statements, and
// statementHeading the one of their statements.
const (
	answerHeadingRated = "column_rating"
	statementHeading   = "column_statement"
)

// heading is the heading of a column in English, as messages name it.
func (c column) heading() string { return words.English().Get(headings[c]) }

// Labels on the sheet Start, as keys of package words: the value stands in the next cell to the right that is not
// empty.
const (
	labelOrganisation = "organisation"
	labelReference    = "reference"
	labelName         = "completed_by"
	labelRole         = "role"
	labelDate         = "date_completed"
	labelSignedBy     = "signed_off_by"
	// labelChecked is there only where answers may have been carried over.
	labelChecked = "old_answers_checked"
	// labelPart and labelFor stand only in a workbook that is a part, and are not looked for by the reader.
	labelPart = "part"
	labelFor  = "part_for"
)

// checkedYes is the choice under labelChecked, as a key of package words.
const checkedYes = "checked_yes"

// manifestFormat is the value of the key "format" in the manifest: it changes when the manifest's form does.
const manifestFormat = "1"

// Keys of the manifest on SheetManifest. The custom document properties have the same keys after "rubric.".
const (
	keyFormat          = "format"
	keyRound           = "round"
	keyTemplate        = "template"
	keyTemplateVersion = "template_version"
	keyTemplateDigest  = "template_digest"
	keyRecipient       = "recipient"
	keyName            = "name"
	keySeal            = "seal"
	keyReference       = "reference"
	// keyPart and keyTopics stand only in a workbook that is a part.
	keyPart   = "part"
	keyTopics = "topics"
)
