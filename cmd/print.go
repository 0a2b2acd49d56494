package cmd

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/rubric-project/rubric/models"
)

// printf writes to standard output, unless JSON was asked for.
func (app *App) printf(format string, args ...any) {
	if !app.JSON {
		fmt.Fprintf(app.Out, format, args...)
	}
}

// printJSON writes v to standard output as indented JSON.
func (app *App) printJSON(v any) error {
	enc := json.NewEncoder(app.Out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// tableOf writes rows under headings; columns named in right are numbers.
func (app *App) tableOf(headings []string, rows [][]any, right ...int) {
	w := table.NewWriter()
	w.SetStyle(table.StyleLight)
	w.Style().Options = table.Options{SeparateHeader: true}
	w.Style().Format.Header = text.FormatDefault
	var head table.Row
	for _, h := range headings {
		head = append(head, h)
	}
	w.AppendHeader(head)
	for _, r := range rows {
		for i, v := range r {
			if s, ok := v.(string); ok {
				r[i] = plain(s)
			}
		}
		w.AppendRow(r)
	}
	var cols []table.ColumnConfig
	for _, c := range right {
		cols = append(cols, table.ColumnConfig{Number: c + 1, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	w.SetColumnConfigs(cols)
	fmt.Fprintln(app.Out, w.Render())
}

// plain takes out of a text from a return what could steer a terminal: control characters and the marks that
// turn the direction of writing.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < 0x20, r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}

// printFindings writes findings as where, what, and what to do.
func (app *App) printFindings(list []models.Finding) {
	for _, f := range list {
		app.printf("%s: %s: %s [%s]\n", plain(f.Origin.String()), f.Severity, plain(f.Message), f.Code)
		if f.Severity != models.Repair {
			app.printf("    %s\n", plain(f.Remedy))
		}
	}
}

// count writes a number with its noun, such as "1 file" or "3 files".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
