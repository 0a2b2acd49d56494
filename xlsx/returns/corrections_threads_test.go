package returns_test

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

const (
	threadPart  = "xl/threadedComments/threadedComment1.xml"
	personsPart = "xl/persons/person.xml"
	threadID    = "{00000000-0001-0000-0000-000000000001}"
	senderID    = "{00000000-0002-0000-0000-000000000002}"
)

// threaded is a workbook with a comment on F6 that people answer, as Excel writes it, with or without the note for programs
// that know no others.
func threaded(t *testing.T, comments string, noted bool) []byte {
	t.Helper()
	filled, _ := trybook.SmallFilled(t)
	at := "F6"
	if !noted {
		at = "F9"
	}
	parts := trybook.Unpack(t, withNote(t, filled, at, "[Threaded comment]\n\nComment:\n    Is this right?"))
	for i, p := range parts {
		switch {
		case strings.HasPrefix(p.Name, "xl/comments") && noted:
			parts[i].Body = bytes.Replace(p.Body, []byte("A. Sender"), []byte("tc="+threadID), 1)
		case strings.HasPrefix(p.Name, "xl/worksheets/_rels/") && bytes.Contains(p.Body, []byte("comments")):
			parts[i].Body = bytes.Replace(p.Body, []byte("</Relationships>"), []byte(`<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>`), 1)
		case p.Name == "xl/_rels/workbook.xml.rels":
			parts[i].Body = bytes.Replace(p.Body, []byte("</Relationships>"), []byte(`<Relationship Id="rIdP" Type="http://schemas.microsoft.com/office/2017/10/relationships/person" Target="persons/person.xml"/></Relationships>`), 1)
		case p.Name == "[Content_Types].xml":
			parts[i].Body = bytes.Replace(p.Body, []byte("</Types>"), []byte(`<Override PartName="/`+threadPart+`" ContentType="application/vnd.ms-excel.threadedcomments+xml"/><Override PartName="/`+personsPart+`" ContentType="application/vnd.ms-excel.person+xml"/></Types>`), 1)
		}
	}
	const space = `xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"`
	parts = append(parts, trybook.NewPart(threadPart, []byte(`<ThreadedComments `+space+`>`+comments+`</ThreadedComments>`)),
		trybook.NewPart(personsPart, []byte(`<personList `+space+`><person displayName="A. Sender" id="`+senderID+`" userId="s" providerId="None"/></personList>`)))
	return trybook.Pack(parts, trybook.Packing{})
}

const isThisRight = `<threadedComment ref="F6" dT="2026-12-01T10:00:00.00" personId="` + senderID + `" id="` + threadID + `" done="1"><text>Is this right?</text></threadedComment>`

// notesPart is the part with the notes of a workbook.
func notesPart(t *testing.T, book []byte) string {
	t.Helper()
	parts := trybook.Unpack(t, book)
	i := slices.IndexFunc(parts, func(p trybook.Entry) bool { return strings.HasPrefix(p.Name, "xl/comments") })
	return string(parts[i].Body)
}

// TestCorrectionsAnswerThreads: where people answer one another in comments on a cell, what is wrong stands there as one
// more answer, also in the note that stands for the comments in older programs; what they said stays, and is open again.
func TestCorrectionsAnswerThreads(t *testing.T) {
	tm := trybook.SmallTemplate()
	for _, noted := range []bool{true, false} {
		in := threaded(t, isThisRight, noted)
		out := corrections(t, tm, in, []models.Finding{missingAt("F6"), missingAt("F7")})
		thread := trybook.PartOf(t, out, threadPart)
		answer := regexp.MustCompile(`<threadedComment ref="F6" dT="2026-12-01T10:00:00.00" personId="(\{[0-9A-F-]{36}\})" id="\{[0-9A-F-]{36}\}" parentId="` + regexp.QuoteMeta(threadID) + `"><text>There is no answer.\n[^<]*</text></threadedComment></ThreadedComments>$`).FindStringSubmatch(thread)
		if !strings.Contains(thread, strings.Replace(isThisRight, ` done="1"`, "", 1)) || answer == nil {
			t.Fatalf("the comments are %s", thread)
		}
		persons := trybook.PartOf(t, out, personsPart)
		if !strings.Contains(persons, "A. Sender") || strings.Count(persons, `id="`+answer[1]+`"`) != 1 {
			t.Errorf("those who wrote are %s", persons)
		}
		notes := notesPart(t, out)
		entry := regexp.MustCompile(`(?s)<comment ref="F6".*?</comment>`).FindAllString(html.UnescapeString(notes), -1)
		if len(entry) != 1 || !strings.Contains(entry[0], "[Threaded comment]") || !strings.Contains(entry[0], "Comment:\n    Is this right?\nReply:\n    There is no answer.\n") ||
			!strings.Contains(notes, `<author>tc=`+threadID+`</author>`) {
			t.Errorf("the note is %s", entry)
		}
		if !strings.Contains(notes, `<comment ref="F7"`) || !isMarked(t, out, in, "F6") {
			t.Error("the other cell has no note, or the cell is not marked")
		}
		shapes := 0
		for _, p := range trybook.Unpack(t, out) {
			shapes += strings.Count(string(p.Body), "<x:Row>5</x:Row><x:Column>5</x:Column>")
		}
		if shapes != 1 {
			t.Errorf("the note has %d shapes", shapes)
		}
	}
}

// TestCorrectionsAnswerOnce: our answer of an earlier time is replaced while it stands last. Where the sender has answered
// it, another follows.
func TestCorrectionsAnswerOnce(t *testing.T) {
	tm := trybook.SmallTemplate()
	first := corrections(t, tm, threaded(t, isThisRight, true), []models.Finding{missingAt("F6")})
	again := missingAt("F6")
	again.Message = "There is still <nothing>."
	second := corrections(t, tm, first, []models.Finding{again})
	thread, notes := trybook.PartOf(t, second, threadPart), notesPart(t, second)
	if strings.Count(thread, "<threadedComment ") != 2 || strings.Contains(thread, "There is no answer.") || !strings.Contains(thread, "There is still &lt;nothing&gt;.") {
		t.Errorf("the comments are %s", thread)
	}
	if strings.Contains(notes, "There is no answer.") || strings.Count(notes, "There is still &lt;nothing&gt;.") != 1 {
		t.Errorf("the notes are %s", notes)
	}
	parts := trybook.Edit(trybook.Unpack(t, first), threadPart, "</ThreadedComments>", fmt.Sprintf(`<threadedComment ref="F6" personId="%s" id="{00000000-0003-0000-0000-000000000003}" parentId="%s"><text>We cannot.</text></threadedComment></ThreadedComments>`, senderID, threadID))
	third := trybook.PartOf(t, corrections(t, tm, trybook.Pack(parts, trybook.Packing{}), []models.Finding{again}), threadPart)
	if strings.Count(third, "<threadedComment ") != 4 || strings.Index(third, "We cannot.") > strings.Index(third, "There is still") || !strings.Contains(third, "There is no answer.") {
		t.Errorf("the comments are %s", third)
	}
	ids := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="[^"]*"`).FindAllString(third, -1) {
		if ids[id] {
			t.Errorf("two comments have the name%s", id)
		}
		ids[id] = true
	}
}

// TestCorrectionsOfThreadsWithoutNames: a comment that nothing can refer to is not answered, and stays.
func TestCorrectionsOfThreadsWithoutNames(t *testing.T) {
	thread := strings.Replace(isThisRight, threadID, "1", 1)
	out := corrections(t, trybook.SmallTemplate(), threaded(t, thread, true), []models.Finding{missingAt("F6")})
	if got := trybook.PartOf(t, out, threadPart); !strings.Contains(got, thread) || strings.Count(got, "<threadedComment ") != 1 {
		t.Errorf("the comments are %s", got)
	}
	if !strings.Contains(trybook.PartOf(t, out, "xl/workbook.xml"), `name="Corrections"`) {
		t.Error("no sheet says what is to be mended")
	}
}
