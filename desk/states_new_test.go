package desk_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/office"
)

// upload sends a form with a file, and says where the visitor ends.
func (v *visitor) upload(action string, fields map[string]string, field, name string, content []byte) (page, at string, status int) {
	v.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for key, value := range fields {
		form.WriteField(key, value)
	}
	if field != "" {
		w, err := form.CreateFormFile(field, name)
		if err != nil {
			v.t.Fatal(err)
		}
		w.Write(content)
	}
	form.Close()
	req, err := http.NewRequest(http.MethodPost, v.url+action, &b)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Origin", v.url)
	req.Header.Set("Content-Type", form.FormDataContentType())
	return v.send(req)
}

var fileForms = regexp.MustCompile(`action="([^"]*once=[^"]*)"`)

// uploadAction is the address of the form on a page that brings files.
func uploadAction(t *testing.T, page string) string {
	t.Helper()
	m := fileForms.FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no form for files on the page:\n%.3000s", page)
	}
	return strings.ReplaceAll(m[1], "&amp;", "&")
}

// fill sends the form of a page with further fields.
func (v *visitor) fill(page, action string, more ...string) (next, at string, status int) {
	v.t.Helper()
	fields := form(v.t, page[strings.Index(page, `action="`+strings.ReplaceAll(action, "&", "&amp;")+`"`):])
	for i := 0; i < len(more); i += 2 {
		fields.Set(more[i], more[i+1])
	}
	return v.post(action, fields)
}

const schools = "Code,School,E-mail,Region\n007,Example School,seven@example.org,North\n008,<script>alert(1)</script>,eight@example.org,North\n009,Ninth School,,South\n"

// begin goes through the first steps of a new round, as far as said, and gives the page that it ends at.
func begin(t *testing.T, to, list string) (v *visitor, page, at string) {
	t.Helper()
	v = visit(t, "")
	page, at, _ = v.get("/new")
	if to == "template" {
		return v, page, at
	}
	page, at, _ = v.fill(page, "/new", "template", "csis-cdm3")
	if to == "details" {
		return v, page, at
	}
	page, at, status := v.fill(page, at, "title", "Spring <b>2027</b>", "organiser", "The office", "issued", "2027-02-01", "due", "2027-03-26", "contact-name", "Ann Example", "contact-email", "office@example.org")
	if status != http.StatusOK {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	if to == "recipients" && list == "" {
		return v, page, at
	}
	page, at, status = v.upload(uploadAction(t, page), nil, "file", "list.csv", []byte(list))
	if status != http.StatusOK {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	if to == "recipients" {
		return v, page, at
	}
	page, at, status = v.fill(page, at, "do", "use")
	if status != http.StatusOK || !strings.Contains(at, "/new/look") {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	if to == "look" {
		return v, page, at
	}
	page, at, status = v.upload(uploadAction(t, page), map[string]string{"language": "en-GB", "paper": "a4", "accent": "#7a1f5c"}, "", "", nil)
	if status != http.StatusOK || !strings.Contains(at, "/new/check") {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	return v, page, at
}

func step(to, list string) func(*testing.T) (*visitor, string, string) {
	return func(t *testing.T) (*visitor, string, string) {
		v, _, at := begin(t, to, list)
		return v, "", at
	}
}

func init() {
	addStates("/new", state{name: "empty", reach: step("template", "")}, state{name: "full", reach: func(t *testing.T) (*visitor, string, string) {
		v, _, at := begin(t, "look", schools)
		return v, "", "/new?" + strings.SplitN(at, "?", 2)[1]
	}}, state{name: "error", reach: step("template", ""), click: "main form button.main"})
	addStates("/new/details", state{name: "empty", reach: step("details", "")}, state{name: "full", reach: func(t *testing.T) (*visitor, string, string) {
		v, _, at := begin(t, "look", schools)
		return v, "", "/new/details?" + strings.SplitN(at, "?", 2)[1]
	}}, state{name: "error", reach: step("details", ""), click: "main form button.main"})
	addStates("/new/recipients", state{name: "empty", reach: step("recipients", "")}, state{name: "full", reach: step("recipients", schools)},
		state{name: "error", reach: step("recipients", schools+"007,Twice,nobody,North\n"), click: "main form button.main"},
		state{name: "unread", reach: step("recipients", "a\x00b")})
	addStates("/new/look", state{name: "empty", reach: step("look", schools)}, state{name: "full", reach: step("look", schools)},
		state{name: "error", why: "what is wrong with a colour or a line is shown as on /new/details, beside its field"})
	addStates("/new/check", state{name: "empty", reach: func(t *testing.T) (*visitor, string, string) {
		v, _, at := begin(t, "details", "")
		return v, "", "/new/check?" + strings.SplitN(at, "?", 2)[1]
	}}, state{name: "full", reach: step("check", schools)}, state{name: "error", reach: func(t *testing.T) (*visitor, string, string) {
		v, _, at := begin(t, "details", "")
		return v, "", "/new/check?" + strings.SplitN(at, "?", 2)[1]
	}, click: "main form button.main"})
}

// A new round is made step by step, without script; what was said is still there on the way back, and the round is the one
// that the same options make on the command line.
func TestNewRound(t *testing.T) {
	v, page, at := begin(t, "check", schools)
	for _, want := range []string{"Spring &lt;b&gt;2027&lt;/b&gt;", "3 recipients", "2 with an address", "#7a1f5c", "Region", `<svg class="shot"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the last step does not say %s", want)
		}
	}
	if strings.Contains(page, "<script>alert") {
		t.Error("a name is shown as markup")
	}
	back, _, _ := v.get("/new/details?" + strings.SplitN(at, "?", 2)[1])
	if !strings.Contains(back, `value="2027-03-26"`) || !strings.Contains(back, `value="office@example.org"`) {
		t.Error("the second step has forgotten what was said")
	}
	folder := t.TempDir()
	page, at, _ = v.get(at + "&in=" + url.QueryEscape(folder))
	page, at, status := v.fill(page, strings.SplitN(at, "&in=", 2)[0], "folder", "spring")
	if status != http.StatusOK || !strings.Contains(at, "/overview?done=") || !strings.Contains(page, "The round is made, with 3 recipients.") {
		t.Fatalf("%s: %d\n%s", at, status, page)
	}
	f, err := (&office.Office{}).Open(filepath.Join(folder, "spring"))
	if err != nil {
		t.Fatal(err)
	}
	if f.Config.Title != "Spring <b>2027</b>" || f.Config.Look.Accent != "#7a1f5c" || len(f.Recipients) != 3 || f.Recipients[0].ID != "007" ||
		strings.Join(f.Config.Groups, ",") != "Region" || f.Config.Due.String() != "2027-03-26" || f.Config.Contact.Email != "office@example.org" {
		t.Errorf("the round is %+v with %+v", f.Config, f.Recipients)
	}
	if list, _ := os.ReadDir(folder); len(list) != 1 {
		t.Errorf("%d things lie beside the round", len(list))
	}
}

// Nothing can be used that has problems; each is said with its row, and what was said about the columns is followed.
func TestNewRoundListWithProblems(t *testing.T) {
	v, page, at := begin(t, "recipients", schools+"007,Twice,nobody,North\n")
	for _, want := range []string{"1 reference is missing or stands twice", "1 entry is not an e-mail address", `href="#r5"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	page, _, status := v.fill(page, at, "do", "use")
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, `href="#kind-id"`) {
		t.Fatalf("%d\n%s", status, page)
	}
	page, at, _ = v.get(at)
	page, _, _ = v.fill(page, at, "do", "read", "columns", "said", "col-A", "id", "col-B", "name", "col-C", "keep", "col-D", "keep")
	if strings.Contains(page, "is not an e-mail address") || !strings.Contains(page, "4 recipients have no address") {
		t.Errorf("the columns that were said are not followed:\n%s", page)
	}
}

// As long as steps are not done, nothing is made, and each is said with the way to it.
func TestNewRoundIsNotMadeTooEarly(t *testing.T) {
	v, _, at := begin(t, "details", "")
	check := "/new/check?" + strings.SplitN(at, "?", 2)[1]
	page, _, _ := v.get(check)
	page, _, status := v.fill(page, check, "folder", "a/b")
	if status != http.StatusUnprocessableEntity || strings.Count(page, "This step is not done yet") != 3 || !strings.Contains(page, "A folder cannot be called so") {
		t.Errorf("%d\n%s", status, page)
	}
}

// What was said about ids that lost a zero holds when the list is used, and can be changed before.
func TestNewRoundShortIDs(t *testing.T) {
	v, page, at := begin(t, "recipients", "id,name\n0161119,One\n0161120,Two\n161121,Three\n")
	if !strings.Contains(page, `name="short" value="pad"> `) {
		t.Fatalf("nothing is asked, or something is chosen beforehand:\n%s", page)
	}
	page, at, _ = v.fill(page, at, "do", "read", "columns", "said", "col-A", "id", "col-B", "name", "short", "pad")
	if !strings.Contains(page, "<td>0161121</td>") || !strings.Contains(page, `name="short" value="pad" checked`) {
		t.Fatalf("the zero is not put back, or the choice is not shown:\n%s", page)
	}
	page, at, status := v.fill(page, at, "do", "use", "columns", "said", "col-A", "id", "col-B", "name", "short", "pad")
	if status != http.StatusOK || !strings.Contains(at, "/new/look") {
		t.Errorf("%s: %d\n%s", at, status, page)
	}
}

// A folder that is not there yet can be made on the way, and the round is made in it.
func TestNewRoundInANewFolder(t *testing.T) {
	v, _, at := begin(t, "check", schools)
	folder := t.TempDir()
	page, at, _ := v.get(at + "&in=" + url.QueryEscape(folder))
	key := strings.SplitN(strings.SplitN(at, "?", 2)[1], "&", 2)[0]
	page, at, status := v.fill(page, "/new/folder?"+key, "new-folder", "rounds")
	if info, err := os.Stat(filepath.Join(folder, "rounds")); status != http.StatusOK || err != nil || !info.IsDir() {
		t.Fatalf("%s: %d, %v", at, status, err)
	}
	if _, _, status := v.fill(page, "/new/folder?"+key, "new-folder", "../up"); status != http.StatusUnprocessableEntity {
		t.Errorf("a name that leads out: %d", status)
	}
	if _, _, status := v.fill(page, "/new/check?"+key, "folder", "spring"); status != http.StatusOK {
		t.Errorf("the round: %d", status)
	}
	if _, err := os.Stat(filepath.Join(folder, "rounds", "spring", "round.yaml")); err != nil {
		t.Error(err)
	}
}
