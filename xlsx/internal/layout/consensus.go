package layout

// SheetViews is the sheet of a consensus workbook with all that views say, beside SheetStart, SheetAssessment and the hidden
// ones, by its English name.
const SheetViews = "Views"

// ViewSheetKeys is the sheet with the key of its name in package words.
var ViewSheetKeys = [][2]string{{SheetViews, "consensus.sheet_views"}}

// ViewHeadings are the headings on SheetAssessment of a consensus workbook over what is no answer, as keys of package words.
// The columns of the views stand between Subject and the first of them.
var ViewHeadings = []string{HeadingSpread, "consensus.column_wrote", "consensus.column_looks"}

// HeadingSpread is the heading of how far the views lie apart, right of them.
const HeadingSpread = "consensus.column_spread"
