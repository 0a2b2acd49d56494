package dataset

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/rubric-project/rubric/models"
)

func recipientsTable(in *models.Results) Table {
	t := Table{
		Name:    "recipients",
		Meaning: "One row for each recipient, in the order of the recipients list, returned or not.",
		Key:     []string{"recipient"},
		Columns: []Column{
			{Name: "recipient", Kind: Text, Meaning: "The recipient's id. It is text: a leading zero counts."},
			{Name: "position", Kind: Integer, Meaning: "Its place in the recipients list, from 1."},
			{Name: "name", Kind: Text, Meaning: "The organisation's name in the recipients list."},
			{Name: "status", Kind: Text, Meaning: "returned; partial (a part of it is outstanding); outstanding; late (outstanding after the due date); corrections (its returns cannot count yet)."},
			{Name: "returned", Kind: Integer, Meaning: "1 if a return counts, else 0."},
			{Name: "returned_late", Kind: Integer, Meaning: "1 if the return that counts was saved after the due date, else 0."},
			{Name: "answered", Kind: Integer, Meaning: "Criteria answered in the return that counts, 'not applicable' included."},
			{Name: "criteria", Kind: Integer, Meaning: "Criteria that it is asked."},
			{Name: "errors", Kind: Integer, Meaning: "Findings of severity error in it."},
			{Name: "warnings", Kind: Integer, Meaning: "Findings of severity warning in it."},
			{Name: "repairs", Kind: Integer, Meaning: "Findings of severity repair in it."},
			{Name: "file", Kind: Text, Meaning: "The return that counts, as path inside returns/."},
			{Name: "digest", Kind: Text, Meaning: "SHA-256 of that file, in hex."},
			{Name: "saved", Kind: Time, Meaning: "When the workbook was last saved, by its own account."},
			{Name: "received", Kind: Time, Meaning: "When it was received."},
			{Name: "completed_by", Kind: Text, Meaning: "Who completed it, as filled in."},
			{Name: "role", Kind: Text, Meaning: "Their role, as filled in."},
			{Name: "date_completed", Kind: Text, Meaning: "The date of completion, as filled in."},
			{Name: "signed_off_by", Kind: Text, Meaning: "Who signed it off, as filled in."},
		},
	}
	groups := groupColumns(in.Round.Groups)
	for i, name := range groups {
		t.Columns = append(t.Columns, Column{Name: name, Kind: Text, Meaning: fmt.Sprintf("The group column %q of the recipients list.", in.Round.Groups[i])})
	}
	t.rows = recipientRows
	return t
}

func recipientRows(in source, emit func([]any) error) error {
	entries := in.entries()
	var row []any
	for _, i := range in.order {
		m := &in.Members[i]
		r := &m.Recipient
		place := i
		if in.Places != nil {
			place = in.Places[i]
		}
		row = append(row[:0], r.ID, place+1, r.Name)
		if e := entries[r.ID]; e != nil {
			row = append(row, text(string(e.Status)), truth(m.Return != nil), truth(e.ReturnedLate), e.Answered, e.Criteria, e.Errors, e.Warnings, e.Repairs)
		} else {
			row = append(row, nil, truth(m.Return != nil), nil, nil, nil, nil, nil, nil)
		}
		if ret := m.Return; ret != nil {
			who := &ret.Respondent
			row = append(row, text(ret.File), text(ret.Digest), moment(ret.Saved), moment(ret.Received),
				text(who.Name.Value), text(who.Role.Value), text(who.Date.Value), text(who.SignedBy.Value))
		} else {
			row = append(row, nil, nil, nil, nil, nil, nil, nil, nil)
		}
		for _, column := range in.Round.Groups {
			row = append(row, text(r.Groups[column]))
		}
		if err := emit(row); err != nil {
			return err
		}
	}
	return nil
}

// groupColumns names the columns for the round's groups: group_ and the heading, reduced to what every program
// takes as a name.
func groupColumns(headings []string) []string {
	taken := map[string]bool{}
	var out []string
	for i, heading := range headings {
		var b strings.Builder
		for _, r := range norm.NFD.String(strings.ToLower(heading)) {
			switch {
			case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
				b.WriteRune(r)
			case unicode.Is(unicode.Mn, r): // the accent of the letter before
			default:
				b.WriteByte('_')
			}
		}
		plain := strings.Trim(b.String(), "_")
		for strings.Contains(plain, "__") {
			plain = strings.ReplaceAll(plain, "__", "_")
		}
		if plain == "" {
			plain = fmt.Sprint(i + 1)
		}
		name := "group_" + plain
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("group_%s_%d", plain, n)
		}
		taken[name] = true
		out = append(out, name)
	}
	return out
}
