package models

import "github.com/rubric-project/rubric/models/plans"

// planCells lists the cells of an action in the order of their encoding.
func planCells(a *plans.Action) [7]*plans.Cell {
	return [7]*plans.Cell{&a.At, &a.Cause, &a.Action, &a.Owner, &a.Progress, &a.Due, &a.Said}
}

// plan writes 0 for none, and otherwise what the plan says.
func (w *encoder) plan(p *plans.Plan) {
	if p == nil {
		w.b = append(w.b, 0)
		return
	}
	w.b = append(w.b, 1)
	w.list(len(p.Actions), p.Actions == nil)
	for i := range p.Actions {
		a := &p.Actions[i]
		w.text(a.ID)
		w.text(a.Ref)
		for _, c := range planCells(a) {
			w.text(c.Value)
			w.text(c.Sheet)
			w.text(c.Cell)
		}
		w.time(a.On)
		w.text(string(a.Status))
	}
}

func (r *decoder) plan() *plans.Plan {
	switch r.byte() {
	case 0:
		return nil
	case 1:
	default:
		r.fail()
		return nil
	}
	out := &plans.Plan{}
	n, none := r.list(27) // two texts, seven cells of three, a time of three bytes and a status take a byte each at least
	if none {
		return out
	}
	out.Actions = make([]plans.Action, n)
	for i := range out.Actions {
		a := &out.Actions[i]
		a.ID, a.Ref = r.known(), r.known()
		for _, c := range planCells(a) {
			c.Value, c.Sheet, c.Cell = r.text(), r.known(), r.known()
		}
		a.On, a.Status = r.time(), plans.Status(r.known())
	}
	return out
}
