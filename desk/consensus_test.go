package desk_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/xlsx/assessment"
)

// withViews is the page Send of the example round, in which two of three respondents of a recipient gave a view.
func withViews(t *testing.T) (v *visitor, dir, id, path string) {
	dir = demoRound(t, "uk-dmm")
	o := &office.Office{Jobs: 2}
	f, unlock, _, err := o.OpenToWrite(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	in, err := o.TakeIn(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for i := range in.Register.Entries {
		if e := &in.Register.Entries[i]; e.Return == nil && e.File == "" {
			id = e.Recipient.ID
		}
	}
	list := fmt.Sprintf("recipient,name,email,role\n%[1]s,Ann <i>Example</i>,ann@example.org,Head\n%[1]s,Ben Example,ben@example.org,Data\n%[1]s,Cy Example,cy@example.org,IT\n", id)
	if err = os.WriteFile(filepath.Join(dir, "respondents.csv"), []byte(list), 0o600); err == nil {
		unlock()
		f, unlock, _, err = o.OpenToWrite(dir, "test")
	}
	if err == nil {
		_, err = o.Generate(t.Context(), f, office.GenerateOptions{Only: []string{id}, Split: "views"})
	}
	unlock()
	if err != nil {
		t.Fatal(err)
	}
	for i, who := range []string{"Ben", "Cy"} {
		made, _ := filepath.Glob(filepath.Join(dir, "outbox", id+"*"+who+"*.xlsx"))
		if len(made) != 1 {
			t.Fatalf("workbooks of %s: %q", who, made)
		}
		b, err := os.ReadFile(made[0])
		if err == nil {
			b, err = assessment.Fill(b, assessment.Filling{Cells: []assessment.FillCell{{Ref: "1.1", Answer: fmt.Sprint(2 + i)}, {Ref: "1.2", Answer: "3"}}})
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "returns", "view "+who+".xlsx"), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return visit(t, dir), dir, id, "/r/" + desk.KeyOf(dir) + "/send"
}

func init() {
	addStates("/r/{key}/send", state{name: "consensus", reach: func(t *testing.T) (*visitor, string, string) {
		v, dir, _, path := withViews(t)
		return v, dir, path + "?kind=consensus"
	}})
	addStates("/r/{key}/recipients/one", state{name: "views", reach: func(t *testing.T) (*visitor, string, string) {
		v, dir, id, path := withViews(t)
		return v, dir, strings.TrimSuffix(path, "send") + "recipients/one?id=" + id
	}})
}

// A consensus workbook is made and sent from the desk.
func TestConsensusFromTheDesk(t *testing.T) {
	v, _, id, send := withViews(t)
	if page, _, _ := v.get(strings.TrimSuffix(send, "send") + "recipients/one?id=" + id); !strings.Contains(page, "2 of 3 views are back.") || !strings.Contains(page, `href="`+send+`?kind=consensus"`) || strings.Contains(page, "<i>Example</i>") {
		t.Errorf("the recipient's page does not say where its views stand, and what is next:\n%s", page)
	}
	page, _, _ := v.get(send + "?kind=consensus")
	if !strings.Contains(page, "0 of 1 are made") || !strings.Contains(page, "Make 1 consensus workbook") {
		t.Fatal("the page Send does not offer to make it")
	}
	if next, at, status := v.fill(page, send+"/consensus"); status != http.StatusOK {
		t.Fatalf("%s: %d\n%s", at, status, next)
	}
	page = v.settle(send + "?kind=consensus&job=ended")
	if !strings.Contains(page, "1 of 1 are made") || !strings.Contains(page, "Prepare: 1 message") {
		t.Errorf("it is not said to be made:\n%s", page)
	}
	next, at, _ := v.fill(page, send+"/prepare?kind=consensus")
	if !strings.Contains(at, "/confirm") {
		next = v.settle(send + "?job=ended")
	}
	if !strings.Contains(next, id) {
		t.Errorf("%s: the message is not prepared\n%s", at, next)
	}
}

// A round without views does not speak of them.
func TestNoConsensusWithoutViews(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	if page, _, _ := visit(t, dir).get("/r/" + desk.KeyOf(dir) + "/send"); strings.Contains(page, "kind=consensus") {
		t.Error("the page Send has a kind for consensus workbooks")
	}
}

// On a Spanish desk the choices of what counts for views are Spanish, but for the names in them.
func TestChoicesForViewsAreSpanish(t *testing.T) {
	v, dir, _, _ := withViews(t)
	v.speak("es")
	path := "/r/" + desk.KeyOf(dir) + "/decide"
	page, _, _ := v.get(path + "?matter=views")
	for _, want := range []string{"Cuenta la opinión de Ben Example (view Ben.xlsx).", "Cuenta la opinión de Cy Example (view Cy.xlsx).", "Dejarlo como está", "Nada del destinatario cuenta hasta que llegue su libro de consenso."} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page:\n%s", want, page)
		}
	}
	for _, english := range []string{"The view of", "Leave it", "Nothing of the recipient counts until"} {
		if strings.Contains(page, english) {
			t.Errorf("%q is English on a Spanish page", english)
		}
	}
}
