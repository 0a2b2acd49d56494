package disclosure_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
)

func TestDebug(t *testing.T) {
	seed, _ := strconv.Atoi(os.Getenv("SEED"))
	most, _ := strconv.Atoi(os.Getenv("MOST"))
	if most == 0 {
		t.Skip()
	}
	x := inventRound(t, seed, most)
	list := x.editions(t)
	fmt.Println(&x)
	a := newAttacker(x.worlds, list)
	for s := range a.slots {
		fmt.Println(s, a.slots[s], a.whole.levels(a.own[s]), x.worlds[0].groups[a.slots[s].member], a.free[s])
	}
	for e, ed := range list {
		fmt.Println("edition", e, "left", ed.plan.LeftOut, "counts", ed.counts, ed.attained, ed.kept, ed.table.places)
		for p := range ed.parts {
			fmt.Println("  part", p, ed.parts[p], ed.shown[p])
		}
		for key, c := range a.of[e].cells {
			fmt.Println("   ", key, c.target)
		}
		for k := range ed.counts {
			n := make([]int, a.whole.steps)
			for _, i := range ed.parts[0] {
				n[ed.at.levels[i][k]-a.whole.low]++
			}
			fmt.Println("  criterion", k+1, n)
		}
	}
	for _, g := range a.attack() {
		fmt.Println(g)
	}
}
