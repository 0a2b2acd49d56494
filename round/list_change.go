package round

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
)

// List reads the recipients list as it stands in the folder: its rows, the headings first, and the digest by which
// ReplaceList knows it again.
func (r *Round) List() (rows [][]Cell, of string, err error) {
	data, err := os.ReadFile(filepath.Join(r.Dir, RecipientsFile))
	if err != nil {
		return nil, "", failure(RecipientsFile+" cannot be read", err)
	}
	all, err := ReadCSV(RecipientsFile, data)
	if err != nil {
		return nil, "", err
	}
	for i, row := range all {
		if !blankRow(row) && hasHeadings(row, r.Config.Columns) {
			return slices.DeleteFunc(all[i:], blankRow), digest(data), nil
		}
	}
	return nil, "", &fault.Error{Usage: true, Message: RecipientsFile + " has no headings", Remedy: "give it a first line with the headings id, name, email"}
}

// Headings says what each column of a row of headings is to this round: id, name, email, contact, language, previousid, or
// a group's heading; "" for a column without one.
func (r *Round) Headings(row []Cell) []string { return keysOf(row, r.Config.Columns) }

// NewHeading is the cell of a column that a list gets. The error says that round.yaml has it that there is none of that name.
func (r *Round) NewHeading(key string) (Cell, error) {
	if r.Config.Columns[key] == None {
		return Cell{}, &fault.Error{Usage: true, Message: ConfigFile + " says that the recipients list has no column " + key, Remedy: "remove " + key + ": none under columns there"}
	}
	return Cell{Text: key}, nil
}

// Encoded is rows, the headings first, as the round keeps a list: known columns are called by their own names.
func (r *Round) Encoded(rows [][]Cell, columns map[string]string) ([][]Cell, error) {
	data, err := encodeList(rows, columns)
	if err != nil {
		return nil, failure(RecipientsFile+" cannot be written", err)
	}
	return ReadCSV(RecipientsFile, data)
}

// CheckList reads rows as the round's list would be read, and holds round.yaml against it: the recipients, or a Problems
// with everything that is wrong.
func (r *Round) CheckList(rows [][]Cell) ([]models.Recipient, error) {
	l, problems := parseList(RecipientsFile, rows, r.Config.Columns)
	config, err := os.ReadFile(filepath.Join(r.Dir, ConfigFile))
	if err != nil {
		return nil, failure(ConfigFile+" cannot be read", err)
	}
	_, err = readConfig(ConfigFile, config).heldAgainst(l)
	return l.recipients, joined(problems.orNil(), err)
}

// ReplaceList writes rows in place of the recipients list that of is the digest of, and records the events. The list
// before is kept in .rubric. ErrListChanged says that there is another list by now; nothing is written then.
func (r *Round) ReplaceList(of string, rows [][]Cell, events ...Event) error {
	name := filepath.Join(r.Dir, RecipientsFile)
	data, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failure(RecipientsFile+" cannot be read", err)
	}
	if digest(data) != of {
		return ErrListChanged
	}
	recipients, err := r.CheckList(rows)
	if err != nil {
		return err
	}
	content, problem := decodeText(RecipientsFile, data)
	if problem != nil {
		return Problems{*problem}
	}
	b, err := encodeLike(content, rows)
	if err != nil {
		return failure(RecipientsFile+" cannot be written", err)
	}
	if err := r.keepList(RecipientsFile, data); err != nil {
		return err
	}
	if err := r.WriteFile(RecipientsFile, writeBytes(b)); err != nil {
		return err
	}
	r.Recipients = recipients
	return r.Record(events...)
}

// ErrListChanged says that the recipients list is not the one that a change was thought out for.
var ErrListChanged = &fault.Error{Usage: true, Message: RecipientsFile + " was changed by somebody else in the meantime", Remedy: "look at it as it is now, and say again what is to be changed"}
