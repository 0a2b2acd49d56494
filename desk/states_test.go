package desk_test

import "testing"

// state is a page in one of the states that people see it in: empty, full, error, and others by name. Each page of the
// router has at least these three, or says in why that it cannot be in one; TestEveryPageHasItsStates holds that, and the
// tests in a browser go through all of them.
type state struct {
	name string
	// reach makes what the state needs, and says where it is: the visitor, the round's folder ("" for none) and the address.
	reach func(t *testing.T) (v *visitor, dir, path string)
	// click is the selector of a button that is pressed there to come to the state; "" for none.
	click string
	// why says why a page has no such state, in place of reach.
	why string
}

// states are those of each page, by its address in the router. The files states_NAME_test.go add to it.
var states = map[string][]state{}

func addStates(route string, list ...state) { states[route] = append(states[route], list...) }

func TestEveryPageHasItsStates(t *testing.T) {
	v := visit(t, "")
	for _, r := range v.desk.Routes() {
		if r[0] != "GET" || r[2] == "" {
			continue
		}
		has := map[string]bool{}
		for _, s := range states[r[1]] {
			has[s.name] = s.reach != nil || s.why != ""
		}
		for _, name := range []string{"empty", "full", "error"} {
			if !has[name] {
				t.Errorf("%s: the state %s is in no table", r[1], name)
			}
		}
	}
}
