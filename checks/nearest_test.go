package checks_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// A Start sheet whose name is more like another recipient's is refused, whatever the names: the one that is nearest, and of
// several the first by id, found here by comparing with each.
func TestNearestName(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	name := func() string {
		var b strings.Builder
		for range 6 + random.IntN(12) {
			b.WriteByte("abc"[random.IntN(3)])
		}
		return b.String()
	}
	refused := 0
	for range 300 {
		w := newWorld(t)
		w.Recipients = nil
		for i := range 40 {
			w.Recipients = append(w.Recipients, models.Recipient{ID: fmt.Sprintf("%03d", (i*7)%40), Name: name()})
		}
		own := w.Recipients[random.IntN(len(w.Recipients))]
		shown := name()
		if random.IntN(2) == 0 { // a slip away from somebody's
			other := w.Recipients[random.IntN(len(w.Recipients))].Name
			shown = "b" + other[:3] + other[4:]
		}
		ret := w.ret(t, "a.xlsx", own.ID)
		for i := range ret.Claims {
			ret.Claims[i].Manifest.Name = own.Name
			if ret.Claims[i].Place != models.VisibleReference {
				ret.Claims[i].Manifest = ret.Claims[i].Manifest.Sealed(w.Key)
			}
		}
		ret.Claims[2].Name = shown
		apart := func(a, b string) int { return text.Distance([]rune(a), []rune(b), 100) }
		best, distance := "", apart(shown, own.Name)
		for _, rc := range w.Recipients {
			d := apart(shown, rc.Name)
			if rc.ID == own.ID || d > max(len(shown), len(rc.Name))/4 {
				continue
			}
			if d < distance || d == distance && best != "" && rc.ID < best {
				best, distance = rc.ID, d
			}
		}
		message := ""
		for _, f := range w.one(ret).Findings {
			if f.Code == models.RecipientAltered {
				message = f.Message
			}
		}
		if best == "" {
			if message != "" {
				t.Errorf("%q in place of %q: refused: %s", shown, own.Name, message)
			}
			continue
		}
		refused++
		if !strings.Contains(message, best+" (") {
			t.Errorf("%q in place of %q: %q, want %s", shown, own.Name, message, best)
		}
	}
	if refused < 30 {
		t.Errorf("only %d were refused", refused)
	}
}
