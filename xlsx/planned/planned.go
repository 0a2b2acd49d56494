// Package planned writes the workbook of all action plans of a round: the actions by status and by topic, what recipients
// plan most, what is overdue on a day, and every action with the file and cell that it stands in. What is longer than a row
// may be high stands in full on a sheet of its own, Texts, which there is only then.
//
// Input is models.Results, whose register says which plan of each recipient counts, and the day as at which actions are
// overdue; output is an xlsx workbook in the round's language, for the office. Every figure is a formula with its value;
// the day can be changed in its yellow cell. The same input gives the same bytes. Write is all there is; it asks nobody
// what may be shown to others, so none of it is for them.
package planned

import (
	"io"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// Input is what the workbook is made of.
type Input struct {
	Results *models.Results
	// AsAt is the day as at which open actions are overdue.
	AsAt time.Time
}

// Write writes the workbook. It fails where w does, and for more actions than a sheet has rows.
func Write(w io.Writer, in Input) error {
	rd := in.Results.Round
	wb := &workbook{in: in, fr: pages.NewFrame(rd), t: in.Results.Template.In(rd.Language), day: in.AsAt.UTC().Truncate(24 * time.Hour)}
	wb.gather()
	wb.gatherTexts()
	overview := wb.fr.Page(wb.tell("Overview"), pages.TabResults)
	actions := wb.fr.Page(wb.tell("Actions"), pages.TabData)
	wb.textsPages()
	recipients := wb.fr.Page(wb.tell("Recipients"), pages.TabDetail)
	wb.places(actions, recipients)
	wb.overviewPage(overview)
	wb.actionsPage(actions)
	wb.recipientsPage(recipients)
	return wb.fr.Save(w, wb.tell("%s: action plans", rd.Title))
}

// workbook is the workbook in the making.
type workbook struct {
	in  Input
	fr  *pages.Frame
	t   *models.Template
	day time.Time
	// rows are the actions in the order of recipients, entries those with a plan.
	rows    []row
	entries []models.Entry
	// topics and criteria are those that somebody plans for, most recipients first.
	topics, criteria []plans.Group
	at               names
	// pieces are the rows of texts, the sheets Texts.
	pieces []piece
	texts  []*pages.Page
}

// row is an action with whose it is.
type row struct {
	entry *models.Entry
	a     plans.Action
	// topic and criterion are places in the template from 1, 0 for none; firstOfTopic and firstOfCriterion say that it is the
	// recipient's first about them.
	topic, criterion int
	// recipient is its place in the register from 1: an id such as 007 is a number to COUNTIFS.
	recipient                      int
	firstOfTopic, firstOfCriterion bool
	// firstText is the place of its first piece, texts how many there are.
	firstText, texts int
}

func (wb *workbook) tell(text string, values ...any) string { return wb.fr.Tell(text, values...) }

// gather lists the actions of all plans that count, and counts them by topic and criterion.
func (wb *workbook) gather() {
	topics, criteria := map[string]int{}, map[string]int{}
	for i, x := range wb.t.Topics {
		topics[x.ID] = i + 1
	}
	for i := range wb.t.Criteria {
		criteria[wb.t.Criteria[i].Ref] = i + 1
	}
	var owned []plans.Owned
	list := wb.in.Results.Register.Entries
	for i := range list {
		e := &list[i]
		if e.PlanReturn == nil {
			continue
		}
		wb.entries = append(wb.entries, *e)
		seenTopic, seenCriterion := map[int]bool{}, map[int]bool{}
		for _, a := range e.PlanReturn.Plan.Actions {
			if !a.Planned() {
				continue
			}
			x := row{entry: e, a: a, criterion: criteria[a.Ref], recipient: i + 1}
			if x.criterion > 0 {
				x.topic = topics[wb.t.Criteria[x.criterion-1].Topic]
			}
			x.firstOfTopic, x.firstOfCriterion = !seenTopic[x.topic], !seenCriterion[x.criterion]
			seenTopic[x.topic], seenCriterion[x.criterion] = true, true
			owned = append(owned, plans.Owned{Recipient: i, Action: &x.a})
			wb.rows = append(wb.rows, x)
		}
	}
	wb.criteria = plans.Grouped(wb.day, owned, func(a *plans.Action) int { return criteria[a.Ref] })
	wb.topics = plans.Grouped(wb.day, owned, func(a *plans.Action) int {
		if n := criteria[a.Ref]; n > 0 {
			return topics[wb.t.Criteria[n-1].Topic]
		}
		return 0
	})
}

// statusOf is the status of an action in the round's language; one that was left blank is not started.
func (wb *workbook) statusOf(s plans.Status) string { return wb.t.Words().Get(s.Key()) }

// topicName and criterionName are by their numbers.
func (wb *workbook) topicName(n int) string {
	if n == 0 {
		return wb.tell("About no criterion")
	}
	return layout.TopicTitle(wb.t.Topics[n-1])
}

func (wb *workbook) criterionName(n int) (ref, text string) {
	if n == 0 {
		return "", wb.tell("About no criterion")
	}
	c := &wb.t.Criteria[n-1]
	return c.Ref, c.Text()
}

func num(n int) sheetdata.Value { return sheetdata.Num(float64(n)) }

// serial is a day as spreadsheets count it (ECMA-376 part 1, 18.17.4.1).
func serial(t time.Time) int {
	return int(t.UTC().Truncate(24*time.Hour).Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
}
