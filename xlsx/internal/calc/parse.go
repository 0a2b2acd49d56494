package calc

import (
	"strconv"
	"strings"
)

// node is a part of a parsed formula.
type node interface{}

type (
	constant struct{ v Value }
	area     struct {
		sheet                    int // index in Book.Sheets
		top, left, bottom, right int32
	}
	call struct {
		name string
		args []node
	}
	binary struct {
		op   string
		x, y node
	}
	unary struct {
		op byte
		x  node
	}
)

// maxDepth is how deeply a formula may be nested; Excel itself allows 64 functions in one another.
const maxDepth = 200

// parser reads a formula as files hold it: English names, commas between arguments (ECMA-376 Part 1, 18.17.2).
type parser struct {
	s      string
	sheets []string
	own    int // the sheet that the formula stands on
	depth  int
}

// binding is how strongly the operators bind, weakest first.
var binding = map[string]int{
	"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5,
}

func parse(formula string, sheets []string, own int) (node, error) {
	p := &parser{s: formula, sheets: sheets, own: own}
	n, err := p.expression(0)
	if err != nil {
		return nil, err
	}
	p.space()
	if p.s != "" {
		return nil, errUnknown
	}
	return n, nil
}

func (p *parser) space() { p.s = strings.TrimLeft(p.s, " \n\r\t") }

func (p *parser) expression(above int) (node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, errUnknown
	}
	defer func() { p.depth-- }()
	x, err := p.operand()
	if err != nil {
		return nil, err
	}
	for {
		p.space()
		op := ""
		for n := min(2, len(p.s)); n > 0; n-- {
			if _, ok := binding[p.s[:n]]; ok {
				op = p.s[:n]
				break
			}
		}
		if op == "" || binding[op] <= above {
			return x, nil
		}
		p.s = p.s[len(op):]
		y, err := p.expression(binding[op])
		if err != nil {
			return nil, err
		}
		x = binary{op, x, y}
	}
}

func (p *parser) operand() (node, error) {
	p.space()
	if p.s == "" {
		return nil, errUnknown
	}
	switch c := p.s[0]; {
	case c == '-' || c == '+': // binds more strongly than ^ does
		p.s = p.s[1:]
		x, err := p.expression(binding["^"])
		return p.percent(unary{c, x}, err)
	case c == '(':
		p.s = p.s[1:]
		x, err := p.expression(0)
		if err != nil || !p.take(')') {
			return nil, errUnknown
		}
		return p.percent(x, nil)
	case c == '"':
		return p.text()
	case c >= '0' && c <= '9' || c == '.':
		n := len(p.s) - len(strings.TrimLeft(p.s, "0123456789."))
		x, err := strconv.ParseFloat(p.s[:n], 64)
		if err != nil {
			return nil, errUnknown
		}
		p.s = p.s[n:]
		return p.percent(constant{Number(x)}, nil)
	}
	return p.named()
}

func (p *parser) take(c byte) bool {
	p.space()
	if p.s == "" || p.s[0] != c {
		return false
	}
	p.s = p.s[1:]
	return true
}

func (p *parser) percent(x node, err error) (node, error) {
	if err != nil {
		return nil, err
	}
	for p.take('%') {
		x = binary{"/", x, constant{Number(100)}}
	}
	return x, nil
}

func (p *parser) text() (node, error) {
	var b strings.Builder
	for s := p.s[1:]; ; {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			return nil, errUnknown
		}
		b.WriteString(s[:i])
		if s = s[i+1:]; !strings.HasPrefix(s, `"`) {
			p.s = s
			return constant{Text(b.String())}, nil
		}
		b.WriteByte('"')
		s = s[1:]
	}
}

// named reads what begins with a name: a function, a truth value, a cell or a range.
func (p *parser) named() (node, error) {
	sheet := p.own
	if name, rest, ok := sheetName(p.s); ok {
		if sheet = indexFold(p.sheets, name); sheet < 0 {
			return nil, errUnknown
		}
		p.s = rest
	} else if n := len(p.s) - len(strings.TrimLeft(p.s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._0123456789")); n > 0 {
		word := strings.ToUpper(p.s[:n])
		if strings.HasPrefix(p.s[n:], "(") {
			p.s = p.s[n+1:]
			return p.call(strings.TrimPrefix(word, "_XLFN."))
		}
		if word == "TRUE" || word == "FALSE" {
			p.s = p.s[n:]
			return constant{Bool(word == "TRUE")}, nil
		}
	}
	top, left, ok := p.cell()
	if !ok {
		return nil, errUnknown
	}
	bottom, right := top, left
	if strings.HasPrefix(p.s, ":") {
		p.s = p.s[1:]
		if bottom, right, ok = p.cell(); !ok {
			return nil, errUnknown
		}
	}
	return p.percent(area{sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right)}, nil)
}

// sheetName takes Sheet! or 'A sheet'! off.
func sheetName(s string) (name, rest string, ok bool) {
	if !strings.HasPrefix(s, "'") {
		name, rest, ok = strings.Cut(s, "!")
		return name, rest, ok && name != "" && !strings.ContainsAny(name, " '\"(),:;+-*/^&=<>{}[]$%#")
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '\'' {
			continue
		}
		if strings.HasPrefix(s[i:], "''") {
			i++
			continue
		}
		return strings.ReplaceAll(s[1:i], "''", "'"), strings.TrimPrefix(s[i+1:], "!"), strings.HasPrefix(s[i+1:], "!")
	}
	return "", "", false
}

func indexFold(list []string, s string) int {
	for i := range list {
		if strings.EqualFold(list[i], s) {
			return i
		}
	}
	return -1
}

// cell takes a reference off, with or without dollar signs.
func (p *parser) cell() (row, col int32, ok bool) {
	s := strings.TrimPrefix(p.s, "$")
	i := 0
	for ; i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		col = col*26 + int32(s[i]-'A') + 1
	}
	if i == 0 || col > 1<<14 {
		return 0, 0, false
	}
	s = strings.TrimPrefix(s[i:], "$")
	n := 0
	for ; n < len(s) && n < 8 && s[n] >= '0' && s[n] <= '9'; n++ {
		row = row*10 + int32(s[n]-'0')
	}
	if row == 0 || row > 1<<20 {
		return 0, 0, false
	}
	p.s = s[n:]
	return row, col, true
}

func (p *parser) call(name string) (node, error) {
	c := call{name: name}
	if p.take(')') {
		return p.percent(c, nil)
	}
	for {
		p.space()
		if p.s != "" && (p.s[0] == ',' || p.s[0] == ')') {
			c.args = append(c.args, constant{})
		} else {
			x, err := p.expression(0)
			if err != nil {
				return nil, err
			}
			c.args = append(c.args, x)
		}
		if p.take(')') {
			return p.percent(c, nil)
		}
		if !p.take(',') {
			return nil, errUnknown
		}
	}
}
