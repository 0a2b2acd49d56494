package round

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// RespondentsFile is the list of who answers for a recipient, where several people do.
const RespondentsFile = "respondents.csv"

// Respondent is a line of the respondents list: who answers which topics for a recipient.
type Respondent struct {
	Recipient, Name, Email string
	// Role is what the respondent is in the organisation, "" where the list does not say.
	Role string
	// Topics are the ids of the topics, in the template's order.
	Topics []string
}

// Respondents reads the respondents list, respondents.csv in the round folder, in its order; a respondent with several
// lines stands where the first does. The error is a Problems with every mistake, or a *fault.Error where there is no
// list.
func (r *Round) Respondents(t *models.Template) ([]Respondent, error) {
	data, err := r.read(RespondentsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &fault.Error{Usage: true, Message: "the round folder has no " + RespondentsFile,
			Remedy: "put the list of respondents there as CSV UTF-8, with the columns recipient, name, email, topics"}
	}
	if err != nil {
		return nil, failure(RespondentsFile+" cannot be read", err)
	}
	rows, err := ReadCSV(RespondentsFile, data)
	if err != nil {
		return nil, err
	}
	return ParseRespondents(RespondentsFile, rows, r.Recipients, t)
}

// ParseRespondents reads a respondents list from its rows, the first of which holds the headings recipient, name,
// email, topics and perhaps role. Topics are ids or names, separated by semicolons or commas; "all" stands for all, and
// where there are roles nothing does too. file is named in messages. The error is a Problems with every mistake.
func ParseRespondents(file string, rows [][]Cell, recipients []models.Recipient, t *models.Template) ([]Respondent, error) {
	for len(rows) > 0 && blankRow(rows[0]) {
		rows = rows[1:]
	}
	p := &respondentsParser{listParser: listParser{file: file}, t: t, byName: map[[2]string]int{}, known: map[string]bool{}}
	for _, rc := range recipients {
		p.ids = append(p.ids, rc.ID)
		p.known[rc.ID] = true
	}
	if len(rows) == 0 {
		return nil, Problems{{Place: file, Message: "the respondents list is empty", Remedy: "give it the headings recipient, name, email, topics, and a line for each respondent"}}
	}
	if !p.columns(rows[0]) {
		return nil, p.all()
	}
	for _, row := range rows[1:] {
		if !blankRow(row) {
			p.respondent(row)
		}
	}
	if len(p.out) == 0 && len(p.problems) == 0 {
		p.add(rows[0][0], "the list has headings but no respondent below them", "add a line for each respondent")
	}
	for i := range p.out {
		p.out[i].Topics = slices.DeleteFunc(topicIDs(t), func(id string) bool { return !slices.Contains(p.out[i].Topics, id) })
	}
	return p.out, p.all().orNil()
}

type respondentsParser struct {
	listParser
	t      *models.Template
	ids    []string
	known  map[string]bool // the ids
	column [5]int          // of recipient, name, email, topics, role; -1 for none
	out    []Respondent
	byName map[[2]string]int
}

// columns finds the headings. Columns with other headings are passed over.
func (p *respondentsParser) columns(row []Cell) bool {
	for i, word := range []string{"recipient", "name", "email", "topics", "role"} {
		p.column[i] = -1
		for k, cell := range row {
			switch text := plain(tidy(cell.Text)); {
			case text != word:
			case p.column[i] >= 0:
				p.add(cell, "the heading "+quote(word)+" stands twice", "rename or delete one of the two columns")
			default:
				p.column[i] = k
			}
		}
	}
	for i, word := range []string{"recipient", "name", "", "topics"} {
		if p.column[i] < 0 && word != "" && (word != "topics" || !p.roles()) {
			p.add(row[0], "the column "+quote(word)+" is missing", "the headings are recipient, name, email, topics")
		}
	}
	return len(p.problems) == 0
}

// roles says that the list has a column of roles.
func (p *respondentsParser) roles() bool { return p.column[4] >= 0 }

func (p *respondentsParser) respondent(row []Cell) {
	var said [5]string
	var at [5]Cell
	for i, k := range p.column {
		at[i] = row[0]
		if k >= 0 && k < len(row) {
			at[i], said[i] = row[k], tidy(row[k].Text)
		}
		if strings.ContainsFunc(said[i], unseen) {
			p.add(at[i], "there is a character that cannot be seen or read in "+quote(said[i]), "type the text anew")
			return
		}
	}
	if !p.known[said[0]] {
		p.add(at[0], "there is no recipient with the id "+quote(said[0])+" in "+RecipientsFile, text.DidYouMean(said[0], p.ids))
	}
	if said[1] == "" {
		p.add(at[1], "the name is empty", "fill in the respondent's name")
	}
	p.checkLength(at[1], "name", said[1], maxText)
	p.checkLength(at[4], "role", said[4], maxText)
	email := p.addresses(at[2], said[2])
	topics := p.topics(at[3], said[3])
	key := [2]string{said[0], foldName(said[1])}
	i, again := p.byName[key]
	if !again {
		p.byName[key] = len(p.out)
		p.out = append(p.out, Respondent{said[0], said[1], email, said[4], topics})
		return
	}
	first := &p.out[i]
	if email != "" && first.Email != "" && email != first.Email {
		p.add(at[2], fmt.Sprintf("%s has another address, %s, in an earlier line of the same recipient", quote(said[1]), first.Email),
			"give two people of one name different names, or correct the address")
	}
	if first.Email == "" {
		first.Email = email
	}
	if said[4] != "" && first.Role != "" && foldName(said[4]) != foldName(first.Role) {
		p.add(at[4], fmt.Sprintf("%s has another role, %s, in an earlier line of the same recipient", quote(said[1]), quote(first.Role)),
			"give two people of one name different names, or correct the role")
	}
	if first.Role == "" {
		first.Role = said[4]
	}
	first.Topics = append(first.Topics, topics...)
}

// topics reads ids or names of topics.
func (p *respondentsParser) topics(cell Cell, list string) []string {
	var out []string
	known := topicIDs(p.t)
	if list == "" && p.roles() {
		return known
	}
	if list == "" {
		p.add(cell, "no topics are given", "write their ids or names, separated by semicolons, or all: "+strings.Join(known, "; "))
		return nil
	}
	if foldName(list) == "all" {
		return known
	}
	for part := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ';' }) {
		part = strings.TrimSpace(part)
		if id, ok := p.topic(part); ok {
			out = append(out, id)
			continue
		}
		// A name may have commas in it; a list of ids may be separated by them.
		for word := range strings.SplitSeq(part, ",") {
			word = strings.TrimSpace(word)
			if id, ok := p.topic(word); ok {
				out = append(out, id)
			} else if word != "" {
				p.add(cell, "there is no topic "+quote(word)+" in the template", text.DidYouMean(word, known))
			}
		}
	}
	return out
}

func (p *respondentsParser) topic(text string) (string, bool) {
	for _, x := range p.t.Topics {
		if foldName(text) == foldName(x.ID) || foldName(text) == foldName(tidy(x.Name)) {
			return x.ID, true
		}
	}
	return "", false
}

func topicIDs(t *models.Template) []string {
	out := make([]string, len(t.Topics))
	for i, x := range t.Topics {
		out[i] = x.ID
	}
	return out
}
