package models

import (
	"slices"
	"strings"
)

// Split says how the workbook of an organisation is divided among several respondents.
type Split string

// The ways to split. The zero value is one workbook with everything.
const (
	Whole         Split = ""
	ByTopic       Split = "topic"       // a workbook for each topic
	ByRespondents Split = "respondents" // a workbook for each respondent of the respondents list, with his or her topics
	ByViews       Split = "views"       // a workbook for each respondent with everything: each gives a view, and a meeting the answer

	// ViewPrefix begins the ids of views; the respondent's name follows. See package models/views.
	ViewPrefix = "view:"
	// ContactPart is the id of the part with the topics that no respondent has.
	ContactPart = "contact"
)

// Part is a workbook of an organisation that holds some of the topics: those of one respondent, or one topic; or one
// respondent's view of all (IsView).
type Part struct {
	// ID tells the parts of one recipient apart: "topic:3", "respondent:Head of Data", "view:Ann Example", or "contact" for
	// the topics that no respondent has.
	ID string `json:"id"`
	// Name is the respondent's name, or the topic's.
	Name string `json:"name"`
	// Email is the respondent's address; empty where the workbook goes to the recipient's contact.
	Email string `json:"email,omitempty"`
	// Role is what the respondent is in the organisation, for a view; "" where the list does not say.
	Role string `json:"role,omitempty"`
	// Topics are the ids of its topics, in the template's order; none for a view of everything.
	Topics []string `json:"topics"`
}

// Settlement is what a person said about workbooks of one recipient that differ: File decides, for the criterion or
// question Ref, or where that is "" for all.
type Settlement struct{ Recipient, Ref, File string }

// Respondent is the name of the respondent whose part it is, or "" where it is the recipient's contact's.
func (p Part) Respondent() string {
	if strings.HasPrefix(p.ID, "respondent:") || p.IsView() {
		return p.Name
	}
	return ""
}

// IsView says that it is a respondent's view of the whole assessment, which is no answer of the organisation's: views may
// differ, and none counts for the others.
func (p Part) IsView() bool { return strings.HasPrefix(p.ID, ViewPrefix) }

// TopicList writes the ids of topics as the manifest of a part has them.
func TopicList(ids []string) string { return strings.Join(ids, ", ") }

// TopicIDs reads what TopicList wrote. An id has no comma.
func TopicIDs(list string) []string {
	var out []string
	for id := range strings.SplitSeq(list, ",") {
		if id = strings.TrimSpace(id); id != "" {
			out = append(out, id)
		}
	}
	return out
}

// OfTopics is the template with the criteria of these topics only.
func (t *Template) OfTopics(ids []string) *Template {
	return t.Only(func(c *Criterion) bool { return slices.Contains(ids, c.Topic) })
}
