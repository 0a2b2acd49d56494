package xlsx

// The words and names that the writer of an assessment workbook and the reader of a return share. The reader
// finds everything by these words, never by position.

// Sheet names of an assessment workbook.
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
)

// headings are the column headings as written; readHeadings are further words that the reader takes for the
// same column. Both are compared without regard to case, spaces and line breaks.
var headings = map[column]string{
	colRef:      "Ref",
	colTheme:    "Theme",
	colSubject:  "Criterion",
	colAnswer:   "Current level",
	colTarget:   "Target level",
	colEvidence: "Evidence",
	colComment:  "Comment",
	colStatus:   "Status",
}

// answerHeadingRated is the heading of colAnswer where the template's criteria are statements.
const answerHeadingRated = "Rating"

// Labels on the sheet Start: the value stands in the next cell to the right that is not empty.
const (
	labelOrganisation = "Organisation"
	labelReference    = "Reference"
	labelName         = "Completed by"
	labelRole         = "Role"
	labelDate         = "Date completed"
	labelSignedBy     = "Signed off by"
	// labelPart and labelFor stand only in a workbook that is a part, and are not looked for by the reader.
	labelPart = "This workbook"
	labelFor  = "For"
)

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
