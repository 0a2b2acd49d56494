package disclosure

import "slices"

// leftOver are the parts that have to be hidden too, so that fewer than least members are left of none, nor such as are
// alike.
func (p *planning) leftOver(hidden []bool, least int, present func(member int) bool, alike func(members []int) bool) map[int]bool {
	after := slices.Clone(hidden)
	w := newWeb(p.parts, len(p.Members), present)
	var of func(classes []int) bool
	if alike != nil {
		in := make([][]int, len(w.weight))
		for i, class := range w.classOf {
			if class >= 0 {
				in[class] = append(in[class], i)
			}
		}
		of = func(classes []int) bool {
			var members []int
			for _, class := range classes {
				members = append(members, in[class]...)
			}
			return alike(members)
		}
	}
	w.hideLeftOvers(after, least, of)
	out := map[int]bool{}
	for g := range after {
		if after[g] && !hidden[g] {
			out[g] = true
		}
	}
	return out
}

// hideLeftOvers hides what leaves over fewer than least members, other groups taken away, or such as are alike.
func (w *web) hideLeftOvers(hidden []bool, least int, alike func(classes []int) bool) {
	for {
		out := -1
		s := w.span(hidden)
		sets, _ := s.smallSets(least)
		for _, set := range w.suspects(hidden, least, alike) {
			if s.holds(set) {
				sets = append(sets, set)
			}
		}
		if len(sets) > 0 {
			out = w.smallest(s.expression(sets[0]))
		} else if class, ok := w.fewInTables(hidden, least); ok {
			out = w.toMend(class, hidden)
		}
		if out < 0 || hidden[out] {
			return
		}
		hidden[out] = true
	}
}
