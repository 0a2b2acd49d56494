package assessment

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// listWordings is the first column on Lists with the choices of criteria that word them in their own way: choice,
// number and target for each distinct list, after the options of up to 40 questions.
const listWordings = listQuestions + 50

// listOf is the list of choices of a criterion: that of its kind, or one with its own wording.
func (b *book) listOf(c *models.Criterion) choiceList {
	if len(c.Options) == 0 {
		return b.choiceLists()[c.Kind]
	}
	own := b.ownLists()
	return own[wordingOf(b.t.Scale(c))]
}

// wordingOf tells lists of choices apart.
func wordingOf(s models.Scale) string {
	var words []string
	for _, step := range s {
		words = append(words, step.Label())
	}
	return strings.Join(words, "\n")
}

// ownLists are the lists with wordings of criteria, by wordingOf. Criteria that word their choices alike share one.
func (b *book) ownLists() map[string]choiceList {
	if b.own != nil {
		return b.own
	}
	b.own = map[string]choiceList{}
	for i := range b.t.Criteria {
		c := &b.t.Criteria[i]
		if len(c.Options) == 0 {
			continue
		}
		scale := b.t.Scale(c)
		key := wordingOf(scale)
		if _, ok := b.own[key]; !ok {
			n := len(b.own)
			b.own[key] = b.listFor(fmt.Sprintf("Choices_own_%d", n+1), fmt.Sprintf("Choices_target_own_%d", n+1), scale, listWordings+3*n)
		}
	}
	return b.own
}

// eachOwnList visits the lists in the order of their columns, with the criteria that use them.
func (b *book) eachOwnList(visit func(list choiceList, uses func(*models.Criterion) bool)) {
	seen := map[string]bool{}
	own := b.ownLists()
	for i := range b.t.Criteria {
		c := &b.t.Criteria[i]
		key := ""
		if len(c.Options) > 0 {
			key = wordingOf(b.t.Scale(c))
		}
		if key == "" || seen[key] {
			continue
		}
		seen[key] = true
		visit(own[key], func(x *models.Criterion) bool {
			return len(x.Options) > 0 && x.Kind == c.Kind && wordingOf(b.t.Scale(x)) == key
		})
	}
}

// writeOwnLists writes the lists on Lists, as writeLists those of the kinds.
func (b *book) writeOwnLists() {
	b.eachOwnList(func(list choiceList, _ func(*models.Criterion) bool) { b.writeList(list) })
}

// ownDropdowns offers the lists with wordings where criteria have them.
func (b *book) ownDropdowns(p *plan) {
	b.eachOwnList(func(list choiceList, uses func(*models.Criterion) bool) {
		kind := models.KindLevels
		for i := range b.t.Criteria {
			if uses(&b.t.Criteria[i]) {
				kind = b.t.Criteria[i].Kind
				break
			}
		}
		b.dropdown(p.ranges(uses, p.columns[layout.Answer]), list.name, b.answerPrompt(kind))
		if b.t.Answers.Targets {
			b.dropdown(p.ranges(uses, p.columns[layout.Target]), list.targets, prompt{b.Words.Get("prompt_target_title"), b.Words.Get("prompt_target")})
		}
	})
}

// chosenLevel is the formula by which the descriptor of the chosen level is marked. Where criteria word their choices
// in their own way, the level is the same if its number before the dash is.
func (b *book) chosenLevel() string {
	if len(b.ownLists()) == 0 {
		return `AND($%[1]s%[2]d<>"",$%[1]s%[2]d=%[3]s$%[4]d)`
	}
	return `AND($%[1]s%[2]d<>"",LEFT($%[1]s%[2]d,FIND(" ",$%[1]s%[2]d&" "))=LEFT(%[3]s$%[4]d,FIND(" ",%[3]s$%[4]d&" ")))`
}
