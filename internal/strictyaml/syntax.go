package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/rubric-project/rubric/internal/text"
)

// MaxBytes is the size of the largest file that is read. A template with 1,000 criteria of ten levels, each
// descriptor three lines long, has about 3 MB.
const MaxBytes = 8 << 20

// NotYAML is the message about a file that is a workbook or a PDF.
const NotYAML = "the file is not a YAML text file"

// parse reads data as one YAML document. A nil node without a problem does not happen.
func parse(file string, data []byte) (*yaml.Node, *Problem) {
	if len(data) > MaxBytes {
		return nil, &Problem{File: file, Message: fmt.Sprintf("the file is larger than %d MB", MaxBytes>>20),
			Remedy: "check that it is the file you mean"}
	}
	if text.IsUTF16(data) {
		decoded, ok := text.FromUTF16(data)
		if !ok {
			return nil, &Problem{File: file, Message: "the file ends in the middle of a character: it was cut off", Remedy: "save it again"}
		}
		data = []byte(decoded)
	}
	if p := notText(file, data); p != nil {
		return nil, p
	}
	if len(bytes.TrimSpace(bytes.TrimPrefix(data, utf8BOM))) == 0 {
		return nil, &Problem{File: file, Message: "the file is empty", Remedy: "write the template or the settings into it"}
	}
	var docs []*yaml.Node
	loader, err := yaml.NewLoader(bytes.NewReader(bytes.TrimPrefix(data, utf8BOM)))
	for err == nil && len(docs) < 2 {
		var n yaml.Node
		if err = loader.Load(&n); err == nil {
			docs = append(docs, &n)
		}
	}
	if len(docs) == 2 {
		return nil, &Problem{File: file, Line: docs[1].Line, Column: max(docs[1].Column, 1), Message: "a second document begins here",
			Remedy: "keep one document in a file, and remove the line ---"}
	}
	if len(docs) == 0 || len(docs[0].Content) == 0 {
		if p := syntaxProblem(file, data, err); p != nil {
			return nil, p
		}
		return nil, &Problem{File: file, Line: 1, Column: 1, Message: "the file holds only comments", Remedy: "write the template or the settings into it"}
	}
	if p := syntaxProblem(file, data, err); p != nil {
		return nil, p
	}
	return docs[0].Content[0], nil
}

var utf8BOM = []byte{0xEF, 0xBB, 0xBF}

// notText finds the first place that is not UTF-8 text, or that holds a character YAML does not allow
// (YAML 1.2.2, rule 1: c-printable).
func notText(file string, data []byte) *Problem {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("%PDF")) {
		return &Problem{File: file, Message: NotYAML, Remedy: "give the YAML file"}
	}
	line, column := 1, 1
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return &Problem{File: file, Line: line, Column: column, Message: "a character is not in the encoding UTF-8", Remedy: "save the file with the encoding UTF-8"}
		case r == '\n':
			line, column = line+1, 0
		case r < ' ' && r != '\t' && r != '\r', r == 0x7F, r >= 0x80 && r < 0xA0, r == 0xFFFE, r == 0xFFFF:
			return &Problem{File: file, Line: line, Column: column, Message: fmt.Sprintf("there is an invisible control character (U+%04X) here", r), Remedy: "delete it"}
		}
		if r != '\uFEFF' {
			column++
		}
		i += size
	}
	return nil
}

// plainSyntax says in plain words what the YAML library's messages mean. The first entry whose key is part
// of the message counts.
var plainSyntax = []struct{ part, message, remedy string }{
	{"mapping values are not allowed", "a colon stands where none can be", "put the text in double quotation marks if the colon belongs to it, or begin a new line for a new key"},
	{"tab", "a tab is used for indentation", "use spaces instead"},
	{"cannot start any token", "a text cannot begin with this character (such as @, ` or %)", "put the text in double quotation marks"},
	{"block sequence entries are not allowed", "a dash for a list entry stands where none can be", "begin it on a line of its own, below the key of the list"},
	{"unexpected end of stream", "a quotation mark is opened and never closed", "close it at the end of the text"},
	{"unexpected document indicator", "a quotation mark is opened and not closed before the line --- or ...", "close it at the end of the text"},
	{"unknown escape character", "a backslash in double quotation marks is followed by a character that means nothing there", "write two backslashes for one, or use single quotation marks"},
	{"hexadecimal number", "the code of a character after a backslash is incomplete", "write \\u and four digits, or two backslashes for one"},
	{"Unicode character escape", "the code of a character after a backslash names no character", "write the character itself"},
	{"expected '-' indicator", "this line is not indented like the list that it stands in", "indent it like the entries above, with a dash for a new entry"},
	{"did not find expected key", "this line does not fit the lines above: its indentation differs, or a text before it is not closed", "indent it like the other keys of its group; put texts in double quotation marks, and write \\\" for such a mark within"},
	{"expected ',' or ']'", "a list in square brackets is not closed, or a comma is missing", "close it with ], and put commas between the entries"},
	{"expected ',' or '}'", "a group in curly brackets is not closed, or a comma is missing", "close it with }, and put commas between the entries"},
	{"could not find expected ':'", "a colon is missing after the key", "write the key, a colon, a space and the value"},
	{"expected node content", "a value is missing, or a bracket stands where none can be", "put the text in double quotation marks if the bracket belongs to it"},
	{"alphabetic or numeric character", "a text cannot begin with & or * alone", "put the text in double quotation marks"},
	{"unknown anchor", "a text that begins with * is read as a reference to another place, which does not exist", "put the text in double quotation marks"},
	{"comment or line break", "text follows > or | on the same line", "begin the text on the next line, or put it in double quotation marks"},
	{"comment without preceding whitespace", "a number sign (#) directly follows a value", "put a space before a comment, or put the text in double quotation marks"},
	{"directive", "a line begins with %", "put the text in double quotation marks"},
	{"exceeded max depth", "lists or groups are nested too deeply", "remove the brackets that are too many"},
	{"tag", "a text cannot begin with !", "put the text in double quotation marks"},
	{"indentation", "the indentation differs from the lines above", "indent with the same number of spaces as its neighbours"},
}

// needBeginning are the messages whose place is the beginning of what they are about.
var needBeginning = []string{"unexpected end of stream", "unexpected document indicator", "expected ',' or", "could not find expected ':'"}

func characterAt(data []byte, line, column int) rune {
	lines := bytes.Split(data, []byte("\n"))
	if line < 1 || line > len(lines) {
		return 0
	}
	if text := []rune(string(lines[line-1])); column <= len(text) {
		return text[column-1]
	}
	return 0
}

// syntaxProblem turns an error of the YAML library into a problem; nil for none and for the end of the file.
func syntaxProblem(file string, data []byte, err error) *Problem {
	if err == nil || strings.HasSuffix(err.Error(), "EOF") {
		return nil
	}
	p := &Problem{File: file, Message: "this is not well-formed YAML", Remedy: "compare it with the lines above"}
	var le *yaml.LoadError
	text := err.Error()
	if errors.As(err, &le) {
		text = le.Message
		p.Line, p.Column = le.Mark.Line, le.Mark.Column
		// What is opened and not closed is found far below; the person needs its beginning.
		if le.ContextMark.Line > 0 && slices.ContainsFunc(needBeginning, func(part string) bool { return strings.Contains(text, part) }) {
			p.Line, p.Column = le.ContextMark.Line, le.ContextMark.Column
		}
		p.Column = max(p.Column, 1)
		if characterAt(data, p.Line, p.Column) == '\t' {
			text = "tab"
		}
	}
	for _, x := range plainSyntax {
		if strings.Contains(text, x.part) {
			p.Message, p.Remedy = x.message, x.remedy
			break
		}
	}
	return p
}
