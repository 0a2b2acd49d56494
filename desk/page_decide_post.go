package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models/decisions"
	"github.com/rubric-project/rubric/office"
)

// takeDecision records what was decided: of one item, or of several of its kind at once. Then the next is shown.
func (d *Desk) takeDecision(c *call) (answer, error) {
	items, err := c.toDecide()
	if err != nil {
		return answer{}, err
	}
	at := slices.IndexFunc(items, func(it decisions.Item) bool { return it.ID == c.field("item") })
	if at < 0 {
		return redirect(c.to("decide", "done", c.live.say(saying{Text: c.T("This is decided already."), More: c.T("Somebody else decided it, or the file behind it counts no more. Nothing was done.")}))), nil
	}
	it := items[at]
	value := c.field("value")
	if value == "other" {
		value = strings.TrimSpace(c.field("recipient"))
	}
	if errs := c.whatIsMissing(&it, value); len(errs) > 0 {
		return c.decideAgain(items, at, errs)
	}
	d.keepName(c)
	picked := decisions.Picked{IDs: c.pickedIDs(items, &it, value), Value: value}
	var result office.DecideResult
	err = c.live.change("deciding", func(o *office.Office, f *office.Folder) error {
		requests, err := o.Pick(context.Background(), f, picked)
		if err != nil {
			return err
		}
		result, err = o.Decide(context.Background(), f, decisions.Batch{Requests: requests, Reason: c.reasonFor(value), By: d.settings.by()})
		return err
	})
	if office.IsMisuse(err) {
		note := office.AsNote(err)
		return c.decideAgain(items, at, []formError{{"choice", c.upper(note.Text)}})
	}
	if err != nil {
		return answer{}, err
	}
	next := ""
	for i := 1; i < len(items); i++ {
		if other := items[(at+i)%len(items)]; !slices.Contains(picked.IDs, other.ID) {
			next = other.ID
			break
		}
	}
	return redirect(c.to("decide", "item", next, "done", c.live.say(c.decidedSaying(result)))), nil
}

// reasonFor is the reason of a decision. That the sender is asked is one.
func (c *call) reasonFor(value string) string {
	if reason := strings.TrimSpace(c.field("reason")); reason != "" || value != decisions.Ask {
		return reason
	}
	return c.T("The sender is asked.")
}

// whatIsMissing says what a decision lacks.
func (c *call) whatIsMissing(it *decisions.Item, value string) []formError {
	var errs []formError
	x, ok := it.Choose(value)
	if value == "" || !ok {
		errs = append(errs, formError{"choice", c.T("Choose one of the answers")})
	}
	if c.field("scope") != "" && x.Kind != decisions.Leave && !isShared(value) {
		errs = append(errs, formError{"choice", c.T("What differs from one to the next is decided one by one: choose “this one only”, or one of the answers that fit all")})
	}
	if x.Kind == decisions.Answer && strings.TrimSpace(c.field("reason")) == "" && value != decisions.Ask {
		errs = append(errs, formError{"reason", c.T("Give the reason: it stands beside the answer in every result")})
	}
	if c.settings.by() == "" && strings.TrimSpace(c.field("by")) == "" {
		errs = append(errs, formError{"by", c.T("Say who decides: your name is kept with the decision")})
	}
	return errs
}

func (c *call) decideAgain(items []decisions.Item, at int, errs []formError) (answer, error) {
	p := decidePage{By: c.settings.by(), Reason: c.field("reason"), Chosen: c.field("value"), Other: c.field("recipient")}
	if err := c.fillDecide(&p, items, at); err != nil {
		return answer{}, err
	}
	h := c.decideHead(len(items))
	h.Errors, p.Bad = errs, map[string]string{}
	for _, e := range errs {
		p.Bad[e.Field] = e.Text
	}
	return c.wrong("decide", h, p), nil
}

// isShared says that a choice can be meant of several items at once.
func isShared(value string) bool {
	return value == decisions.Ask || value == decisions.Blank || value == decisions.NotApplicable
}

// keepName keeps the name that decisions are taken under, where one was given.
func (d *Desk) keepName(c *call) {
	if by := strings.TrimSpace(c.field("by")); by != "" {
		d.settings.change(func(k *keptSettings) { k.By = by })
	}
}

// pickedIDs are the items that are decided alike: this one, or those of its kind in the same file, or all of its kind, as
// far as they have that choice.
func (c *call) pickedIDs(items []decisions.Item, it *decisions.Item, value string) []string {
	scope := c.field("scope")
	var out []string
	for i := range items {
		other := &items[i]
		same := other.ID == it.ID || other.Matter == it.Matter && (scope == "kind" || scope == "file" && other.Digest == it.Digest)
		if !same {
			continue
		}
		if slices.ContainsFunc(other.Choices, func(ch decisions.Choice) bool { return ch.Value == value }) || other.ID == it.ID {
			out = append(out, other.ID)
		}
	}
	return out
}

// decidedSaying says what was decided, with the way to take it back.
func (c *call) decidedSaying(result office.DecideResult) saying {
	var numbers, texts []string
	for i := range result.Made {
		numbers = append(numbers, strconv.Itoa(result.Made[i].Number))
		texts = append(texts, c.view.Folder.DecisionInWords(&result.Made[i]))
	}
	s := saying{Undo: c.to("decide/undo"), UndoText: c.T("Undo this decision"), Fields: map[string]string{"numbers": strings.Join(numbers, ","), "back": c.to("decide")}}
	if len(texts) == 0 {
		return saying{Text: c.T("Nothing was decided.")}
	}
	s.Text, s.More = c.T("Decided:"), texts[0]+"."
	if len(texts) > 1 {
		s.Text = c.N(len(texts), "%d thing decided:", "%d things decided:")
		s.More = strings.Join(texts[:min(3, len(texts))], "; ")
		if n := len(texts) - 3; n > 0 {
			s.More += "; " + c.T("and %d more", n)
		}
		s.More += "."
		s.UndoText = c.N(len(texts), "Undo this %d decision", "Undo these %d decisions")
	}
	if d := result.Made[0]; d.Reason != "" {
		s.More += " " + c.T("Reason: “%s”.", d.Reason)
	}
	s.More += " " + result.Made[0].By
	for _, n := range result.Notes {
		s.More += ". " + n.Text + " " + strings.Join(n.More, "; ")
	}
	return s
}

// undoDecisions takes decisions back by their numbers.
func (d *Desk) undoDecisions(c *call) (answer, error) {
	var numbers []int
	for _, s := range strings.Split(c.field("numbers"), ",") {
		if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
			numbers = append(numbers, n)
		}
	}
	var result office.DecideResult
	err := c.live.change("taking a decision back", func(o *office.Office, f *office.Folder) (err error) {
		result, err = o.Decide(context.Background(), f, decisions.Batch{Undo: numbers, By: d.settings.by(), Reason: c.field("reason")})
		return err
	})
	if err != nil {
		return answer{}, err
	}
	var texts []string
	for i := range result.Undone {
		texts = append(texts, c.view.Folder.DecisionInWords(&result.Undone[i]))
	}
	done := c.live.say(saying{Text: c.N(len(texts), "%d decision is taken back.", "%d decisions are taken back."), More: strings.Join(texts[:min(3, len(texts))], "; ")})
	page := "decide"
	if strings.HasSuffix(c.field("back"), "/history") {
		page = "history"
	}
	return redirect(c.to(page, "done", done)), nil
}

// setName sets the name that decisions are taken under.
func (d *Desk) setName(c *call) (answer, error) {
	d.keepName(c)
	return redirect(c.to("decide", "item", c.field("item"))), nil
}
