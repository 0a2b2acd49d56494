package crosswalk

import (
	"strings"

	"github.com/rubric-project/rubric/models"
)

// Carried is an earlier round's answer to a criterion as it stands in a new workbook until its recipient touches
// it. Level is blank where the earlier answers could not be carried over; Said says then what they were.
type Carried struct {
	// Ref is of this round's template, From are those of the earlier one that the answer comes from.
	Ref  string   `json:"ref"`
	From []string `json:"from,omitempty"`
	// Level, Target, Evidence and Comment are as they stand in the new workbook.
	Level    models.Choice `json:"level"`
	Target   models.Choice `json:"target"`
	Evidence string        `json:"evidence,omitempty"`
	Comment  string        `json:"comment,omitempty"`
	// Said is what was answered then, in words: the labels of the earlier scale, and where they stood.
	Said string `json:"said,omitempty"`
}

// Untouched says whether an answer is still the one that was carried over: level, target and texts. White space
// does not matter, for programs change it on saving.
func (c *Carried) Untouched(a *models.Answer) bool {
	return !c.Level.IsBlank() && a.Level.Value == c.Level && a.Target.Value == c.Target &&
		sameText(a.Evidence.Value, c.Evidence) && sameText(a.Comment.Value, c.Comment)
}

func sameText(a, b string) bool {
	return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}

// mostText is how much of the evidence or comments of several criteria fits into one cell, with room to spare.
const mostText = 30000

// CarryOver gives each criterion of the later template what the earlier answers say of it, in the later template's
// order: the answer itself where the criterion is the same or was renamed, or is a part of one that was split;
// of criteria that were merged the common answer where all earlier ones agree. What is new, or cannot be carried
// over, has no entry, but for answers that were merged and differ: they are in Said. x may be nil; then criteria
// go on that have the same ref, kind and wording, on the same scale. answers are those of one recipient.
func CarryOver(x *Crosswalk, earlier, later *models.Template, answers []models.Answer) []Carried {
	given := map[string]*models.Answer{}
	for i := range answers {
		given[answers[i].Ref] = &answers[i]
	}
	var routes map[string]Route
	if x != nil {
		routes = x.Routes()
	} else {
		routes = map[string]Route{}
		for i := range later.Criteria {
			c := &later.Criteria[i]
			if old := earlier.Criterion(c.Ref); old != nil && sameWording(old, c) && sameSteps(earlier.Scale(old), later.Scale(c)) {
				routes[c.Ref] = Route{Kind: Same, From: []string{c.Ref}}
			}
		}
	}
	var out []Carried
	for i := range later.Criteria {
		c := &later.Criteria[i]
		if r, ok := routes[c.Ref]; ok {
			if carried, ok := carry(x, earlier, later, c, r, given); ok {
				out = append(out, carried)
			}
		}
	}
	return out
}

func carry(x *Crosswalk, earlier, later *models.Template, c *models.Criterion, r Route, given map[string]*models.Answer) (Carried, bool) {
	out := Carried{Ref: c.Ref, From: r.From}
	var levels, targets []models.Choice
	var said, evidence, comments []string
	var steps map[int]int
	onScale, answered := true, false
	for _, ref := range r.From {
		old := earlier.Criterion(ref)
		if old == nil || old.Kind != c.Kind {
			return out, false
		}
		var ok bool
		if steps, ok = x.LevelsFrom(earlier.Scale(old), later.Scale(c)); !ok {
			onScale = false
		}
		a := given[ref]
		if a == nil {
			a = &models.Answer{}
		}
		level := a.Level.Value
		answered = answered || !level.IsBlank()
		levels, targets = append(levels, level), append(targets, a.Target.Value)
		evidence, comments = append(evidence, a.Evidence.Value), append(comments, a.Comment.Value)
		label := earlier.Scale(old).Label(level)
		if label == "" {
			label = "–"
		}
		if len(r.From) > 1 || ref != c.Ref {
			label = ref + ": " + label
		}
		said = append(said, label)
	}
	out.Said = strings.Join(said, "\n")
	agreed, ok := Agreed(levels)
	if !answered {
		return out, false
	}
	if !ok || !onScale {
		return out, true
	}
	out.Level = agreed.Walked(steps)
	if target, ok := Agreed(targets); ok {
		out.Target = target.Walked(steps)
	}
	if agreed.IsNotApplicable() && !later.Answers.NotApplicable {
		out.Level = models.Blank()
		return out, true
	}
	if !later.Answers.Targets || out.Target.IsNotApplicable() {
		out.Target = models.Blank()
	}
	out.Evidence, out.Comment = together(evidence), together(comments)
	return out, true
}

// together puts texts below one another, each once.
func together(texts []string) string {
	var out []string
	seen := map[string]bool{}
	length := 0
	for _, t := range texts {
		if t = strings.TrimSpace(t); t == "" || seen[t] || length > 0 && length+len(t) > mostText {
			continue
		}
		seen[t] = true
		length += len(t)
		out = append(out, t)
	}
	return strings.Join(out, "\n")
}

func sameWording(a, b *models.Criterion) bool {
	if a.Kind != b.Kind || a.Text() != b.Text() || len(a.Descriptors) != len(b.Descriptors) {
		return false
	}
	for n, text := range a.Descriptors {
		if b.Descriptors[n] != text {
			return false
		}
	}
	return true
}

func sameSteps(a, b models.Scale) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// CarriedSet is what was written into a recipient's workbook from an earlier round.
type CarriedSet struct {
	// From is the earlier round's id, Title what it is called.
	From    string    `json:"from"`
	Title   string    `json:"title"`
	Answers []Carried `json:"answers"`
}
