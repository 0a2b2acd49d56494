package returns

import (
	"fmt"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// answerColumns are the columns that a respondent fills in.
var answerColumns = []layout.Column{layout.Answer, layout.Target, layout.Evidence, layout.Comment}

// settle leaves out tables that say nothing of their own: overviews made of formulas on the sheet Results, and
// copies of the table that nobody filled in. It gives the tables that are left, in the order of those given.
func (rd *reading) settle(order []*table, hits map[*models.Criterion][]hit) []*table {
	if len(order) == 1 {
		return order
	}
	type count struct{ filled, typed int }
	counts := map[*table]*count{}
	for i := range rd.lex.t.Criteria {
		for _, h := range hits[&rd.lex.t.Criteria[i]] {
			n := counts[h.t]
			if n == nil {
				n = &count{}
				counts[h.t] = n
			}
			for _, col := range answerColumns {
				if c := h.t.cell(h.row, col); c != nil {
					n.filled++
					if !c.Formula {
						n.typed++
					}
				}
			}
		}
	}
	anyTyped := false
	for _, t := range order {
		anyTyped = anyTyped || counts[t].typed > 0
	}
	var used []*table
	for _, t := range order {
		leave := false
		// A table is left out only if each of its criteria stands in another table too.
		switch {
		case wordKey(t.sh.Name) == wordKey(layout.SheetResults) && counts[t].typed == 0 && covered(hits, t):
			leave = true
		case counts[t].filled == 0 && anyTyped && covered(hits, t) && len(rd.levelsBeside(t)) == 0:
			leave = true
			rd.find(models.EmptyCopy, rd.cellAt(t.sh, t.header, t.cols[layout.Ref]), "The sheet '%s' has a copy of the table without any answer; it was left out.", printable(t.sh.Name))
		}
		if !leave {
			used = append(used, t)
			continue
		}
		for c, list := range hits {
			kept := list[:0:0]
			for _, h := range list {
				if h.t != t {
					kept = append(kept, h)
				}
			}
			if len(kept) == 0 {
				delete(hits, c)
			} else {
				hits[c] = kept
			}
		}
	}
	return used
}

// covered says whether each criterion of the table has a row in another table too.
func covered(hits map[*models.Criterion][]hit, t *table) bool {
	for _, list := range hits {
		here, elsewhere := false, false
		for _, h := range list {
			if h.t == t {
				here = true
			} else {
				elsewhere = true
			}
		}
		if here && !elsewhere {
			return false
		}
	}
	return true
}

// several settles a criterion that has several rows: they count if they say the same.
func (rd *reading) several(list []hit) models.Answer {
	first := list[0]
	var where []words.Said
	same := true
	for i, h := range list {
		switch {
		case i < 10:
			place := "'%s'!%s"
			if h.t.sh.Hidden {
				place = "'%s'!%s (a hidden sheet)"
			}
			where = append(where, words.Sayf(place, printable(h.t.sh.Name), sheet.Ref(h.row, h.t.cols[layout.Ref])))
		case i == 10:
			where = append(where, words.Sayf("…"))
		}
		for _, col := range answerColumns {
			same = same && rd.held(h, col) == rd.held(first, col)
		}
		same = same && h.mixed == first.mixed
	}
	at := rd.cellAt(first.t.sh, first.row, first.t.cols[layout.Ref])
	if same {
		rd.about(models.RowTwiceSame, at, first.c, "Criterion %s stands %d times with the same answers: %s.", first.c.Ref, len(list), words.Joined(", ", where...))
		return rd.answer(first)
	}
	f := models.NewFinding(models.RowTwice, at, "Criterion %s stands %d times with different answers: %s. None was counted.", first.c.Ref, len(list), words.Joined(", ", where...)).About(first.c.Ref)
	if slices.ContainsFunc(list, func(h hit) bool { return h.t.sh != first.t.sh }) {
		f.Remedy = "Ask the sender which sheet holds the answers they mean, and to delete the other."
	}
	rd.add(f)
	return rd.blankAnswer(first)
}

// held is what a cell holds, in a form in which two cells can be compared.
func (rd *reading) held(h hit, col layout.Column) string {
	c := h.t.cell(h.row, col)
	if c == nil || c.Kind == sheet.Empty {
		return ""
	}
	shown, _ := rd.book.Shown(c)
	return fmt.Sprintf("%d %v %s\x00%s", c.Kind, c.NoValue, rd.book.Text(c), shown)
}

// blankAnswer is an answer that says where it stands and nothing else.
func (rd *reading) blankAnswer(h hit) models.Answer {
	a := models.Answer{Ref: h.c.Ref}
	origin := func(col layout.Column) models.Origin {
		if n, ok := h.t.at(col); ok {
			return rd.cellAt(h.t.sh, h.row, n)
		}
		return models.Origin{}
	}
	a.Level.Origin = origin(layout.Answer)
	a.Target.Origin = origin(layout.Target)
	a.Evidence.Origin = origin(layout.Evidence)
	a.Comment.Origin = origin(layout.Comment)
	return a
}
