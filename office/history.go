package office

import "github.com/rubric-project/rubric/round"

// History is the journal with the numbers of all decisions, oldest first; unreadable counts lines that are left out.
func (f *Folder) History() (events []Event, unreadable int, err error) {
	all, unreadable, err := f.Journal()
	return round.Numbered(all), unreadable, err
}
