package models

// Findings about what a report could not show.
var reportCodes = []CodeInfo{
	{TextNotPrintable, Warning, "report", "A text holds characters that the typeface of the PDF reports lacks. They are marked […] there; workbooks and data have the text in full.", "Name a font file that has the script under fonts: in round.yaml, or write the name in Latin, Greek or Cyrillic letters too.", ""},
}
