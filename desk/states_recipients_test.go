package desk_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/desk"
	"github.com/rubric-project/rubric/office"
)

// small is a page of a round with three schools, of which nothing is made yet.
func small(page string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		v, _, at := begin(t, "check", schools)
		folder := t.TempDir()
		page0, at, _ := v.get(at + "&in=" + folder)
		if _, at, status := v.fill(page0, strings.SplitN(at, "&in=", 2)[0], "folder", "spring"); status != http.StatusOK {
			t.Fatalf("%s: %d", at, status)
		}
		dir := filepath.Join(folder, "spring")
		return v, dir, "/r/" + desk.KeyOf(dir) + "/" + page
	}
}

// withOtherList is the page of another list beside the round's.
func withOtherList(join, list string) func(t *testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		v, dir, path := small("recipients/list" + join)(t)
		page, _, _ := v.get(path)
		_, at, status := v.upload(uploadAction(t, page), nil, "file", "other.csv", []byte(list))
		if status != http.StatusOK {
			t.Fatalf("%s: %d", at, status)
		}
		return v, dir, at
	}
}

const otherSchools = "Code,School,E-mail,Region\n007,Example School,new@example.org,North\n010,<script>alert(1)</script>,ten@example.org,South\n009,Another,,South\n"

// lostZeros is a round whose list lost its zeros after the workbooks were made.
func lostZeros(t *testing.T) (*visitor, string, string) {
	_, dir, path := small("recipients/ids")(t)
	o := &office.Office{Jobs: 2}
	f, unlock, _, err := o.OpenToWrite(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Generate(t.Context(), f, office.GenerateOptions{})
	unlock()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "recipients.csv"), []byte("id,name,email,Region\n7,Example School,seven@example.org,North\n8,Eight,,North\n9,Ninth,,South\n"), 0o644)
	}
	if err == nil {
		err = os.Chtimes(filepath.Join(dir, "recipients.csv"), time.Time{}, time.Now().Add(time.Hour))
	}
	if err != nil {
		t.Fatal(err)
	}
	return visit(t, dir), dir, path
}

func init() {
	addStates("/r/{key}/recipients", state{name: "empty", reach: at("recipients?q=nobody+is+called+so")}, state{name: "full", reach: at("recipients")}, state{name: "error", reach: atBroken("recipients")})
	addStates("/r/{key}/recipients/one", state{name: "empty", reach: small("recipients/one?id=008")}, state{name: "full", reach: func(t *testing.T) (*visitor, string, string) {
		v, dir, path := at("recipients/one")(t)
		f, err := (&office.Office{}).Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		return v, dir, path + "?id=" + f.Recipients[1].ID
	}}, state{name: "error", reach: small("recipients/one?id=nobody")})
	addStates("/r/{key}/recipients/add", state{name: "empty", reach: small("recipients/add")}, state{name: "full", why: "it is a form, full when it is filled in"},
		state{name: "error", reach: small("recipients/add"), click: "main form button.main"})
	addStates("/r/{key}/recipients/list", state{name: "empty", reach: small("recipients/list")}, state{name: "full", reach: withOtherList("", otherSchools)},
		state{name: "joining", reach: withOtherList("?join=yes", otherSchools)}, state{name: "error", reach: withOtherList("", schools+"007,Twice,,North\n")}, state{name: "same", reach: withOtherList("", schools)})
	addStates("/r/{key}/recipients/ids", state{name: "empty", reach: small("recipients/ids")}, state{name: "full", reach: lostZeros}, state{name: "error", reach: atBroken("recipients/ids")})
}

func list(t *testing.T, dir string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "recipients.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(string(b), "\ufeff")
}

// The list is narrowed down by what stands in it; one recipient is mended, and the journal shows in its story.
func TestRecipients(t *testing.T) {
	v, dir, path := small("recipients")(t)
	page, _, _ := v.get(path + "?address=no")
	if !strings.Contains(page, "Ninth School") || strings.Contains(page, "Example School<") || !strings.Contains(page, "1 recipient<") {
		t.Errorf("who has no address:\n%s", page)
	}
	if page, _, _ = v.get(path + "?q=eight"); !strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;") || strings.Contains(page, "Ninth") {
		t.Errorf("who is called eight:\n%s", page)
	}
	one := path + "/one?id=009"
	page, _, _ = v.get(one)
	page, at, status := v.fill(page, one, "name", "Ninth School", "email", "nobody", "gA", "South")
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "is not an email address") {
		t.Fatalf("%s: %d", at, status)
	}
	page, at, status = v.fill(page, one, "name", "Ninth School", "email", "nine@example.org", "gA", "South")
	if status != http.StatusOK || !strings.Contains(page, "Saved.") || !strings.Contains(page, "email:  → nine@example.org") {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	if got := list(t, dir); !strings.Contains(got, "009,Ninth School,nine@example.org,South\n") {
		t.Errorf("%s", got)
	}
	page, _, _ = v.get(path + "/add")
	page, at, status = v.fill(page, path+"/add", "id", "010", "name", "Late School", "gA", "South")
	if status != http.StatusOK || !strings.Contains(page, "Added: Late School.") {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	if page, _, _ = v.get(path + "/add"); !strings.Contains(page, "Reference") {
		t.Error("no form")
	}
	if page, _, status = v.fill(page, path+"/add", "id", "010", "name", "Again"); status != http.StatusUnprocessableEntity || !strings.Contains(page, "in the list already") {
		t.Errorf("%d", status)
	}
}

// Another list takes the place of the round's when its differences were seen, and not before.
func TestReplaceTheList(t *testing.T) {
	v, dir, path := withOtherList("", otherSchools)(t)
	before := list(t, dir)
	page, _, _ := v.get(path)
	for _, want := range []string{"1 joins", "1 leaves", "2 change", "seven@example.org", "new@example.org", "under two references", "Replace the list: 1 join, 1 leave, 2 change"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	if list(t, dir) != before {
		t.Fatal("the list was changed by looking")
	}
	of := page[strings.Index(page, `name="of" value="`)+len(`name="of" value="`):]
	of = of[:strings.Index(of, `"`)]
	if page, _, status := v.fill(page, path, "do", "use", "of", of); status != http.StatusUnprocessableEntity || list(t, dir) != before {
		t.Fatalf("it was done without being sure: %d\n%s", status, page)
	}
	page, _, _ = v.get(path)
	page, at, status := v.fill(page, path, "do", "use", "of", of, "sure", "yes")
	if status != http.StatusOK || !strings.Contains(page, "Done: 1 joined, 1 left, 2 changed.") {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	if got := list(t, dir); !strings.Contains(got, "010,<script>alert(1)</script>,ten@example.org,South\n") || strings.Contains(got, "008") {
		t.Errorf("%s", got)
	}
}

// Ids that lost their zeros stop the round; the page that puts them back does without it.
func TestLostZeros(t *testing.T) {
	v, dir, path := lostZeros(t)
	page, _, status := v.get(strings.TrimSuffix(path, "/ids"))
	if status == http.StatusOK || !strings.Contains(page, path) {
		t.Errorf("%d: the page does not lead to where it is mended:\n%s", status, page)
	}
	page, _, _ = v.get(path)
	page, at, status := v.fill(page, path)
	if status != http.StatusOK || !strings.Contains(page, "3 references have their zeros back.") || !strings.Contains(list(t, dir), "007,Example School") {
		t.Errorf("%s: %d\n%s", at, status, page)
	}
}

// A list as Excel's plain "CSV" saves it is shown as it would be read, and read when a person says that it reads right.
func TestListInTheOlderEncoding(t *testing.T) {
	v, page, _ := begin(t, "recipients", "")
	page, at, _ := v.upload(uploadAction(t, page), nil, "file", "list.csv", []byte("Code;School;E-mail\n007;B\xe9cancour School;b@example.org\n008;Z\xfcrich Road;\n"))
	if !strings.Contains(page, "Bécancour School") || !strings.Contains(page, "It reads right") {
		t.Fatalf("%.3000s", page)
	}
	if page, _, status := v.fill(page, at, "do", "older"); status != http.StatusOK || !strings.Contains(page, "Bécancour School") || !strings.Contains(page, "Zürich Road") || strings.Contains(page, "could not be read") {
		t.Errorf("%d\n%.3000s", status, page)
	}
	v, dir, path := small("recipients/list")(t)
	page, _, _ = v.get(path)
	page, at, _ = v.upload(uploadAction(t, page), nil, "file", "list.csv", []byte("id;name\n007;B\xe9cancour School\n"))
	if !strings.Contains(page, "It reads right") {
		t.Fatalf("%s\n%.3000s", at, page)
	}
	if page, _, _ = v.fill(page, at, "do", "older"); !strings.Contains(page, "Bécancour School") || strings.Contains(page, "could not be read") {
		t.Errorf("%s\n%.3000s", dir, page)
	}
}

// While it is not clear which column has the reference, nobody is a recipient: the page counts rows, and when the column is
// named, the columns to compare by are proposed as if it had been clear at once.
func TestListWithoutAReference(t *testing.T) {
	list := "School no.,School,E-mail,Region\n"
	for i := range 8 {
		list += fmt.Sprintf("%d,School %d,s%d@example.org,%s\n", 100+i, i, i, []string{"North", "South"}[i%2])
	}
	v, page, at := begin(t, "recipients", list)
	if strings.Contains(page, "<strong>-") || !strings.Contains(page, "8 of 8") || !strings.Contains(page, "Use this list of 8") || !strings.Contains(page, `value="unsure"`) {
		t.Errorf("%.4000s", page)
	}
	page, at, _ = v.fill(page, strings.SplitN(at, "#", 2)[0], "do", "read", "columns", "unsure", "col-A", "id", "col-B", "name", "col-C", "email", "col-D", "keep")
	if !strings.Contains(page, `<option value="group" selected>`) || strings.Contains(page, `value="unsure"`) {
		t.Errorf("%s\n%.4000s", at, page)
	}
	// What is said then counts.
	if page, _, _ = v.fill(page, strings.SplitN(at, "#", 2)[0], "do", "read", "columns", "said", "col-A", "id", "col-B", "name", "col-C", "email", "col-D", "keep"); strings.Contains(page, `<option value="group" selected>`) {
		t.Error("a column that is said to be kept is compared all the same")
	}
}
