package office

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx"
)

// ListOptions are a recipients list and what is said about it.
type ListOptions struct {
	// File is a CSV file or a workbook.
	File string
	// Map says which column is what, such as id="CDS Code",name="LEA Name"; "" where the headings say it.
	Map string
	// Sheet is the sheet that holds the list; "" where it is found.
	Sheet string
	// HiddenRows is leave or take, for rows that are hidden or struck out; "" stops at them.
	HiddenRows string
	// ShortIDs is pad or keep, for numbers that have a digit less than the other ids; "" stops at them.
	ShortIDs string
	// Encoding is round.Windows1252 for a CSV file that a person says is in it; "" for UTF-8 and UTF-16.
	Encoding string
	// Columns is how an earlier list of the round, or the round before, called its columns.
	Columns map[string]string

	// next says that the list is an earlier round's own.
	next bool
}

// shownRows is how many rows of a list a proposal shows.
const shownRows = 20

// ListProposal is a recipients list as it was understood, for a person to look at before a round is made of it.
type ListProposal struct {
	round.ListReading
	// Headings are those of the list, and First its first rows below them, up to 20.
	Headings []string   `json:"headings"`
	First    [][]string `json:"first"`
	// Count is the number of recipients.
	Count int `json:"count"`
}

// ProposeList reads a recipients list and says what was understood: which column is what, the first rows, and every
// problem with its kind, row and cell. It makes nothing. An error says that the file cannot be read at all.
func (o *Office) ProposeList(ctx context.Context, opts ListOptions) (ListProposal, error) {
	l, err := readList(ctx, opts)
	if err != nil {
		return ListProposal{}, err
	}
	out := ListProposal{ListReading: l, Count: len(l.Recipients)}
	for i, row := range l.Rows {
		if i > shownRows {
			break
		}
		texts := make([]string, len(row))
		for k, c := range row {
			texts[k] = c.Text
		}
		if i == 0 {
			out.Headings = texts
		} else {
			out.First = append(out.First, texts)
		}
	}
	return out, nil
}

// readList reads a recipients list, CSV or workbook; package round makes recipients of it.
func readList(ctx context.Context, opts ListOptions) (round.ListReading, error) {
	for _, x := range []struct {
		option Option
		value  string
		words  []string
	}{{"hidden-rows", opts.HiddenRows, []string{"leave", "take"}}, {"short-ids", opts.ShortIDs, []string{"pad", "keep"}}} {
		if x.value != "" && x.value != x.words[0] && x.value != x.words[1] {
			return round.ListReading{}, Bad(x.option, " ", x.value, ": choose ", x.words[0], " or ", x.words[1])
		}
	}
	columns, err := round.ParseColumns(opts.Map)
	if err != nil {
		return round.ListReading{}, Bad(Option("map"), ": ", err)
	}
	sheets, err := listSheets(ctx, opts)
	if err != nil {
		return round.ListReading{}, err
	}
	if opts.next {
		sheets[0].Rows = round.ForNextRound(sheets[0].Rows)
	}
	return round.ReadList(round.ListSource{File: opts.File, Sheets: sheets, Sheet: opts.Sheet, Columns: columns, Remembered: opts.Columns,
		HiddenRows: opts.HiddenRows, ShortIDs: opts.ShortIDs}), nil
}

// listSheets reads the rows of a recipients list, of every sheet.
func listSheets(ctx context.Context, opts ListOptions) ([]round.Sheet, error) {
	name, sheet := opts.File, opts.Sheet
	data, err := disk.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Bad(Option("recipients"), " ", name, ": there is no such file; give a CSV or xlsx file with the columns id, name, email, contact")
	}
	if err != nil {
		return nil, unreadable(name, err)
	}
	encrypted := bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) // or an older workbook under a newer name
	if ext := strings.ToLower(filepath.Ext(name)); !bytes.HasPrefix(data, []byte("PK")) && (!encrypted || ext == ".xls") {
		switch strings.ToLower(filepath.Ext(name)) {
		case ".xls", ".xlsb", ".ods", ".numbers":
			return nil, Bad(Option("recipients"), " ", name, ": this kind of file is not read; save it as Excel Workbook (.xlsx) or as CSV UTF-8")
		}
		if opts.Encoding == round.Windows1252 {
			if decoded, ok := round.FromWindows1252(data); ok {
				data = decoded
			}
		}
		rows, err := round.ReadCSV(name, data)
		return []round.Sheet{{Rows: rows}}, err
	}
	tables, findings := xlsx.ReadAllTables(ctx, bytes.NewReader(data), int64(len(data)), name, xlsx.Limits{})
	aside := func(t xlsx.Table) bool { return t.HiddenSheet && !strings.EqualFold(t.Name, sheet) }
	hidden := func(f models.Finding) bool { // what a hidden sheet holds is no reason to refuse those that show
		return slices.ContainsFunc(tables, func(t xlsx.Table) bool { return aside(t) && t.Name == f.Origin.Sheet })
	}
	for _, f := range findings {
		if f.Severity == models.Error && !hidden(f) {
			return nil, Bad(Option("recipients"), " ", f.Origin, ": ", f.Message, " ", remedyForOwn(f))
		}
	}
	var out []round.Sheet
	for i := range tables {
		s, err := listSheet(&tables[i], name)
		if err != nil && aside(tables[i]) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// listSheet is a table as the sheet of a list.
func listSheet(t *xlsx.Table, file string) (round.Sheet, error) {
	s := round.Sheet{Name: t.Name, Rows: make([][]round.Cell, len(t.Rows)), Hidden: map[int]bool{}, HiddenSheet: t.HiddenSheet}
	for i, row := range t.Rows {
		for k, c := range row {
			text := c.Text
			if c.Shown != "" {
				text = c.Shown // the zeros in front of a school's code are often in the format alone
			}
			s.Rows[i] = append(s.Rows[i], round.Cell{Text: text, Line: i + 1, Column: k + 1, Ref: c.Origin.Cell, Sheet: t.Name,
				Date: c.Kind == xlsx.CellDate, Number: c.Kind == xlsx.CellNumber, NoResult: c.Kind == xlsx.CellNoValue, Struck: c.Struck})
		}
	}
	for _, n := range t.Hidden {
		s.Hidden[n-1] = true
	}
	left := mostMerged
	for _, m := range t.Merged {
		if left -= s.Merge(m.Top, m.Left, m.Bottom, m.Right, left); left < 0 {
			return s, Bad(Option("recipients"), " ", file, ": the sheet ", t.Name, " has too many merged cells; take them apart and save it again")
		}
	}
	return s, nil
}

// mostMerged is how many cells of a list may be one with others.
const mostMerged = 1_000_000
