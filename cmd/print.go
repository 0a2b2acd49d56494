package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	safe "github.com/rubric-project/rubric/internal/text"
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
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := app.Out.Write(escaped(b.Bytes()))
	return err
}

// escaped writes what could steer a terminal in JSON's own way; encoding/json does so for characters below the space
// only. Whoever reads the JSON gets the same texts.
func escaped(b []byte) []byte {
	var out []byte
	from := 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r >= 0x7f && safe.Steers(r) {
			out = fmt.Appendf(append(out, b[from:i]...), "\\u%04x", r)
			from = i + n
		}
		i += n
	}
	return append(out, b[from:]...)
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

// plain takes out of a text from a return what could steer a terminal.
func plain(s string) string { return safe.OneLine(s) }

// printFindings writes findings as where, what, and what to do. Of many of one code in one file it writes the
// first few and counts the rest, so that what matters is not drowned by forty blanks.
func (app *App) printFindings(list []models.Finding) {
	const shown = 3
	for i := 0; i < len(list); {
		n := 1
		for i+n < len(list) && list[i+n].Code == list[i].Code && list[i+n].Origin.File == list[i].Origin.File {
			n++
		}
		for k, f := range list[i : i+n] {
			if k == shown && n > shown+1 {
				app.printf("%s: %s: and %d more of this kind [%s]\n", plain(f.Origin.File), f.Severity, n-shown, f.Code)
				break
			}
			app.printf("%s: %s: %s [%s]\n", plain(f.Origin.String()), f.Severity, plain(f.Message), f.Code)
		}
		if f := list[i]; f.Severity != models.Repair {
			app.printf("    %s\n", plain(f.Remedy))
			if step := nextStep(f.Action, app.Dir); step != "" {
				app.printf("    %s\n", step)
			}
		}
		i += n
	}
}
