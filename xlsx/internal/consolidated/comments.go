package consolidated

// comment is a comment as the sheet Comments shows it: whose it is, on what, and its index among the shared
// strings, so that the text is stored once.
type comment struct{ member, criterion, text int32 }

// keepComment notes a comment that the sheet Answers has just written.
func (wb *workbook) keepComment(i, c, text int) {
	if text >= 0 {
		wb.comments = append(wb.comments, comment{int32(i), int32(c), int32(text)})
	}
}
