package returns_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// What Excel writes before a comment for programs that know notes only is no part of what was said, and would be all
// that a finding has room for.
func TestNoteOfAComment(t *testing.T) {
	b := baseOf(t, "uk-dmm")
	said := "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to it will get removed if the file is opened in a newer version of Excel. Learn more: https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    we meant 5\nReply:\n    agreed"
	ret := read(t, b.tm, related("http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments", "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
		`<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>tc</author></authors><commentList><comment ref="I6" authorId="0"><text><t xml:space="preserve">`+said+`</t></text></comment></commentList></comments>`)(b))
	for _, f := range ret.Findings {
		if f.Code == models.StrayText && f.Origin.Cell == "I6" {
			if !strings.Contains(f.Message, "'we meant 5") || !strings.Contains(f.Message, "agreed") {
				t.Errorf("the finding says %q", f.Message)
			}
			return
		}
	}
	t.Errorf("no finding: %v", trybook.FindingList(ret))
}
