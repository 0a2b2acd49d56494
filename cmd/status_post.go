package cmd

import (
	"fmt"
	"sort"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// printBars draws how many of each group returned, for the first of the round's groups.
func (app *App) printBars(f *office.Folder, entries []models.Entry) {
	if len(f.Config.Groups) == 0 {
		return
	}
	column := f.Config.Groups[0]
	all, back := map[string]int{}, map[string]int{}
	var values []string
	for _, e := range entries {
		v := e.Recipient.Groups[column]
		if all[v] == 0 {
			values = append(values, v)
		}
		all[v]++
		if e.Status == models.Returned {
			back[v]++
		}
	}
	sort.Strings(values)
	const width = 20
	app.printf("Returned by %s:\n", plain(column))
	for _, v := range values {
		done := back[v] * width / all[v]
		name := v
		if name == "" {
			name = "(none)"
		}
		app.printf("  %s%s %3d of %-3d  %s\n", strings.Repeat("█", done), strings.Repeat("░", width-done), back[v], all[v], plain(name))
	}
	app.printf("\n")
}

// tallyText writes counts in the order of the words, leaving out those that are none.
func tallyText(counts map[string]int, words ...string) string {
	var out []string
	for _, w := range words {
		if counts[w] > 0 {
			out = append(out, fmt.Sprintf("%d %s", counts[w], w))
		}
	}
	return strings.Join(out, ", ")
}
