package cmd

import (
	"encoding/csv"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// postState is what the journal says about the messages to one recipient.
type postState struct {
	// Word is the latest word on the workbook: not yet sent, drafted, sent, refused, unsure, bounced.
	Word string `json:"post"`
	// Since is when that was; zero for not yet sent.
	Since time.Time `json:"since,omitzero"`
	// Reminders counts reminders sent; Away is the time of the latest automatic reply.
	Reminders int       `json:"reminders"`
	Away      time.Time `json:"away,omitzero"`
	Note      string    `json:"note,omitempty"`
}

const notYetSent = "not yet sent"

// postStates goes through the journal once. A bounce stands until something is sent again after it.
func postStates(f *folder) (map[string]postState, error) {
	events, _, err := f.Journal()
	if err != nil {
		return nil, err
	}
	sort.SliceStable(events, func(i, j int) bool { return events[i].Time.Before(events[j].Time) })
	out := map[string]postState{}
	for _, e := range events {
		s := out[e.Recipient]
		set := func(word string) { s.Word, s.Since, s.Note = word, e.Time, e.Note }
		switch e.Kind {
		case round.Drafted:
			if s.Word == "" {
				set("drafted")
			}
		case round.Sent, eventCorrections, eventResults:
			set("sent")
		case round.Reminded:
			s.Reminders++
			set("sent")
		case eventBegun, eventUnsure:
			set("unsure")
		case round.NotSent:
			set("not sent")
		case eventBounced:
			set("bounced")
		case eventAutoReply:
			s.Away = e.Time
		}
		out[e.Recipient] = s
	}
	for _, rc := range f.Recipients {
		if s := out[rc.ID]; s.Word == "" {
			s.Word = notYetSent
			out[rc.ID] = s
		}
	}
	return out, nil
}

// String is the state as the register shows it: sent 2 Nov, 1 reminder.
func (s postState) String() string {
	out := s.Word
	if !s.Since.IsZero() {
		out += " " + s.Since.Format("2 Jan")
	}
	if s.Reminders > 0 {
		out += ", " + count(s.Reminders, "reminder")
	}
	if s.Away.After(s.Since) {
		out += ", away " + s.Away.Format("2 Jan")
	}
	return out
}

// printBars draws how many of each group returned, for the first of the round's groups.
func (app *App) printBars(f *folder, entries []models.Entry) {
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

// registerCSV writes a line for each recipient.
func (app *App) registerCSV(entries []models.Entry, post map[string]postState) error {
	w := csv.NewWriter(app.Out)
	w.Write([]string{"id", "name", "status", "returned_late", "answered", "criteria", "errors", "warnings", "file", "post", "since", "reminders"})
	for _, e := range entries {
		s := post[e.Recipient.ID]
		since := ""
		if !s.Since.IsZero() {
			since = s.Since.UTC().Format(time.RFC3339)
		}
		w.Write([]string{e.Recipient.ID, e.Recipient.Name, string(e.Status), fmt.Sprint(e.ReturnedLate), fmt.Sprint(e.Answered), fmt.Sprint(e.Criteria),
			fmt.Sprint(e.Errors), fmt.Sprint(e.Warnings), e.File, s.Word, since, fmt.Sprint(s.Reminders)})
	}
	w.Flush()
	return w.Error()
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
