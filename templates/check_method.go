package templates

import (
	"fmt"

	"github.com/rubric-project/rubric/models"
)

// method checks that the template has what its scoring method needs.
func (c checker) method() {
	s := c.t.Scoring
	if c.Wrong("scoring") {
		return
	}
	for i, m := range s.Also {
		if m == s.Method {
			c.Add(fmt.Sprintf("%s is the method already", m), "list only further methods, or remove it", "scoring", "also", i)
		}
	}
	choosesMean := func(m models.MethodInfo) bool { return m.ChoosesMean }
	if _, ok := s.Using(choosesMean); s.Mean != "" && !ok {
		names := models.MethodsThat(choosesMean)
		c.AddKey("the key \"mean\" belongs to the method "+names+" only", "remove it, or write method: "+names, "scoring", "mean")
	}
	bySection := func(m models.MethodInfo) bool { return m.Gate == models.SectionGate }
	_, hasSections := s.Using(bySection)
	if s.Gates != "" && !hasSections {
		names := models.MethodsThat(bySection)
		c.AddKey("the key \"gates\" belongs to the method "+names+" only", "remove it, or write method: "+names, "scoring", "gates")
	}
	for i, th := range c.t.Themes {
		if th.GatesNextLevel && !hasSections {
			names := models.MethodsThat(bySection)
			c.AddKey("gates_next_level belongs to the method "+names+" only", "remove it, or write method: "+names+" under scoring",
				"themes", i, "gates_next_level")
		}
	}
	if c.Wrong("criteria") || c.Wrong("topics") || c.Wrong("levels") {
		return
	}
	if byLevel, ok := s.Using(models.MethodInfo.AttainsLevels); ok {
		c.sections(byLevel.Method)
	} else {
		c.oneScale()
	}
	for i := range c.t.Criteria {
		if c.t.Criteria[i].Scored() {
			return
		}
	}
	c.AddKey("all criteria are symptoms, so that nothing is scored", "add criteria with levels or statements", "criteria")
}

// sections checks what a method that attains levels needs: statements, in topics that each hold the
// sections of one level, and something to attain at every level above the lowest.
func (c checker) sections(method models.Method) {
	held := map[int]bool{}
	for i, tp := range c.t.Topics {
		if tp.Level == nil {
			c.Add(fmt.Sprintf("topic %q has no level, which the method %s needs", tp.ID, method),
				"add level: and the number of the level whose sections it holds", "topics", i)
			continue
		}
		for _, cr := range c.t.CriteriaOf(tp.ID, "") {
			if th, _ := c.t.Theme(cr.Theme); cr.Scored() && !th.GatesNextLevel {
				held[*tp.Level] = true
			} else if cr.Scored() {
				held[*tp.Level+1] = true
			}
		}
	}
	for i, cr := range c.t.Criteria {
		if cr.Kind == models.KindLevels {
			c.Add(fmt.Sprintf("criterion %s is answered with a level, but the method %s rates statements", cr.Ref, method),
				"give it kind: statement and a statement, or choose another method", "criteria", i)
		}
	}
	if c.Wrong("topics") || c.Wrong("criteria") {
		return
	}
	for i, l := range c.t.Levels {
		if i > 0 && !held[l.Number] {
			c.Add(fmt.Sprintf("no statement has to be in place for level %d", l.Number),
				"add a topic with this level and statements, or remove the level", "levels", i, "number")
		}
	}
}

// oneScale checks that the other methods have one scale to compute on.
func (c checker) oneScale() {
	first := -1
	for i := range c.t.Criteria {
		cr := &c.t.Criteria[i]
		if !cr.Scored() {
			continue
		}
		if first < 0 {
			first = i
		}
		if cr.Kind != c.t.Criteria[first].Kind {
			c.Add(fmt.Sprintf("criterion %s is answered on another scale than criterion %s", cr.Ref, c.t.Criteria[first].Ref),
				fmt.Sprintf("the method %s needs all scored criteria on one scale: all with levels, or all with statements", c.t.Scoring.Method),
				"criteria", i)
			return
		}
	}
}
