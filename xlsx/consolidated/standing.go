package consolidated

import (
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

// standing is what the sheet Levels shows of one recipient.
type standing struct {
	sections []sheetdata.Value
	level    models.Figure
	next     models.Figure
	blockers string
}

// standings finds where all members stand, for methods that attain levels.
func (wb *workbook) standings() []standing {
	out := make([]standing, len(wb.members))
	wb.levelsAt.attained = make([]models.Figure, len(wb.members))
	if len(wb.sections) == 0 {
		return out
	}
	for i := range out {
		out[i] = wb.stand(i)
		wb.levelsAt.attained[i] = out[i].level
	}
	return out
}

// stand finds the level that member i has attained, by the same steps as the formulas.
func (wb *workbook) stand(i int) standing {
	var st standing
	for k := range wb.sections {
		st.sections = append(st.sections, wb.sectionValue(i, &wb.sections[k]))
	}
	if t := wb.row(i, 0, wb.scored-1); t.n == 0 {
		return st
	}
	levels := wb.t.Levels
	attained := levels[0].Number
	for _, lv := range levels[1:] {
		if wb.sectionsApply(&st, lv.Number) && len(wb.blocking(&st, lv.Number)) == 0 {
			attained = lv.Number
		}
	}
	st.level = models.Some(float64(attained))
	for _, lv := range levels[1:] {
		if lv.Number > attained && wb.sectionsApply(&st, lv.Number) {
			st.next = models.Some(float64(lv.Number))
			st.blockers = strings.Join(wb.blocking(&st, lv.Number), ", ")
			break
		}
	}
	return st
}

func (wb *workbook) sectionsApply(st *standing, level int) bool {
	for k, s := range wb.sections {
		if s.gates && s.countsFor == level && st.sections[k].String() != "n/a" {
			return true
		}
	}
	return false
}

// blocking lists the sections that are rated too low for a level.
func (wb *workbook) blocking(st *standing, level int) []string {
	var out []string
	for k, s := range wb.sections {
		if !s.gates || s.countsFor > level {
			continue
		}
		a, rated := st.sections[k].Number()
		if !rated && st.sections[k].String() != noRating {
			continue
		}
		ok := rated && a > upToPartially
		switch {
		case wb.in.Scoring.Method == models.MethodCumulative:
			ok = rated && a >= 1
		case s.countsFor < level:
			ok = rated && a > upToLargely
		}
		if !ok {
			out = append(out, s.id)
		}
	}
	return out
}

func (wb *workbook) sectionValue(i int, s *section) sheetdata.Value {
	t := wb.row(i, s.first, s.last)
	n := s.last - s.first + 1
	switch {
	case t.na+t.notAsked == n:
		return sheetdata.Str("n/a")
	case wb.in.Scoring.Method == models.MethodCumulative:
		met := 0
		for c := s.first; c <= s.last; c++ {
			if v := int(wb.level(i, c)); v >= 0 && 2*v > s.scale.Lowest()+s.scale.Highest() {
				met++
			}
		}
		return sheetdata.Num(float64(met) / float64(n-t.na-t.notAsked))
	case t.n == 0:
		return sheetdata.Str(noRating)
	}
	return shown(t.achievement(s.scale))
}
