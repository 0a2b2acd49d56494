package checks_test

import (
	"fmt"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
)

// BenchmarkRegister is a round of 2,000 recipients with 30 answers each, every tenth with another name on
// its Start sheet, which is compared with all names of the list.
func BenchmarkRegister(b *testing.B) {
	w := newWorld(b)
	w.Recipients = nil
	for i := range 2000 {
		rc := models.Recipient{ID: fmt.Sprintf("%05d", i), Name: fmt.Sprintf("Example Unified School District %04d", i)}
		w.Recipients = append(w.Recipients, rc)
		m := w.manifest(rc.ID)
		m.Name = rc.Name
		r := w.ret(b, rc.ID+".xlsx", rc.ID)
		for k := range r.Claims {
			if r.Claims[k].Place != models.VisibleReference {
				r.Claims[k].Manifest = m.Sealed(w.Key)
			}
			r.Claims[k].Name = rc.Name
		}
		if i%10 == 0 {
			r.Claims[2].Name = "Newtown and Oldtown Academies Trust"
		}
		r.SetAnswers(answers(b, filled(i%5+1)))
		w.Returns = append(w.Returns, r)
	}
	for b.Loop() {
		reg := checks.Register(w.RegisterInput)
		if e := reg.Entries[1999]; e.Status != models.Returned {
			b.Fatalf("%+v", reg.Files[1999])
		}
	}
}
