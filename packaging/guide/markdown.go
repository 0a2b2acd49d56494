package main

import (
	"fmt"
	"image"
	"regexp"
	"strings"

	"github.com/rubric-project/rubric/pdf"
)

var (
	heading  = regexp.MustCompile(`^(#{1,3}) (.+)$`)
	figure   = regexp.MustCompile(`^!\[([^\]]+)\]\(([^)]+)\)$`)
	bullet   = regexp.MustCompile(`^- (.+)$`)
	number   = regexp.MustCompile(`^[0-9]+\. (.+)$`)
	code     = regexp.MustCompile(`^    (.+)$`)
	fence    = regexp.MustCompile("^```")
	ruler    = regexp.MustCompile(`^\|[-| ]+\|$`)
	further  = regexp.MustCompile(`^ +(\S.*)$`)
	unlikely = regexp.MustCompile(`^(>|\* |\+ |<|#{4}|===)`)
)

// parse takes a page apart. Text that goes on in the next line is one block.
func parse(page string, open func(file string) (*image.Paletted, error)) ([]pdf.Block, error) {
	var blocks []pdf.Block
	last := func(kind pdf.BlockKind, more bool) *pdf.Block {
		if n := len(blocks); more && n > 0 && blocks[n-1].Kind == kind {
			return &blocks[n-1]
		}
		blocks = append(blocks, pdf.Block{Kind: kind})
		return &blocks[len(blocks)-1]
	}
	fenced, before := false, ""
	for i, line := range strings.Split(page, "\n") {
		goesOn := before != ""
		before = line
		switch {
		case fence.MatchString(line):
			fenced, before = !fenced, ""
			if fenced {
				blocks = append(blocks, pdf.Block{Kind: pdf.Code})
			}
		case fenced:
			b := &blocks[len(blocks)-1]
			b.Rows = append(b.Rows, []string{line})
			before = ""
		case line == "", ruler.MatchString(line):
		case unlikely.MatchString(line):
			return nil, fmt.Errorf("line %d is of a kind that is not known here: %s", i+1, line)
		case heading.MatchString(line):
			m := heading.FindStringSubmatch(line)
			*last(pdf.Heading, false) = pdf.Block{Kind: pdf.Heading, Level: len(m[1]), Text: plain(m[2])}
			before = ""
		case figure.MatchString(line):
			m := figure.FindStringSubmatch(line)
			p, err := open(m[2])
			if err != nil {
				return nil, err
			}
			*last(pdf.Picture, false) = pdf.Block{Kind: pdf.Picture, Text: m[1], Picture: p}
			before = ""
		case strings.HasPrefix(line, "|"):
			b := last(pdf.Table, goesOn)
			b.Rows = append(b.Rows, cells(line))
			if len(b.Rows[0]) != len(b.Rows[len(b.Rows)-1]) {
				return nil, fmt.Errorf("line %d has another number of cells than the table's first", i+1)
			}
		case bullet.MatchString(line):
			b := last(pdf.Bullets, true)
			b.Rows = append(b.Rows, []string{plain(bullet.FindStringSubmatch(line)[1])})
		case number.MatchString(line):
			b := last(pdf.Numbers, true)
			b.Rows = append(b.Rows, []string{plain(number.FindStringSubmatch(line)[1])})
		case goesOn && further.MatchString(line) && inList(blocks):
			item := &blocks[len(blocks)-1].Rows[len(blocks[len(blocks)-1].Rows)-1][0]
			*item += " " + plain(further.FindStringSubmatch(line)[1])
		case code.MatchString(line):
			b := last(pdf.Code, goesOn)
			b.Rows = append(b.Rows, []string{code.FindStringSubmatch(line)[1]})
		default:
			b := last(pdf.Paragraph, goesOn)
			b.Text = strings.TrimSpace(b.Text + " " + line)
		}
	}
	for i := range blocks {
		if blocks[i].Kind == pdf.Paragraph {
			blocks[i].Text = plain(blocks[i].Text) // a link may go over two lines
		}
	}
	return blocks, nil
}

func inList(blocks []pdf.Block) bool {
	n := len(blocks)
	return n > 0 && (blocks[n-1].Kind == pdf.Bullets || blocks[n-1].Kind == pdf.Numbers)
}

// cells are those of a row of a table.
func cells(line string) (out []string) {
	line = strings.ReplaceAll(strings.Trim(strings.TrimSpace(line), "|"), `\|`, "\x00")
	for s := range strings.SplitSeq(line, "|") {
		out = append(out, plain(strings.ReplaceAll(strings.TrimSpace(s), "\x00", "|")))
	}
	return out
}

var (
	link   = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)
	marked = regexp.MustCompile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\*([^*]+)\\*")
)

// plain is a text without its marks; of a link to elsewhere the address follows.
func plain(s string) string {
	s = link.ReplaceAllStringFunc(s, func(l string) string {
		m := link.FindStringSubmatch(l)
		if strings.HasPrefix(m[2], "https://") {
			return m[1] + " (" + m[2] + ")"
		}
		return m[1]
	})
	return marked.ReplaceAllString(s, "$1$2$3")
}
