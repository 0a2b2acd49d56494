package bypost_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/account"
	"github.com/rubric-project/rubric/models"
	rounds "github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// atFake makes an app sign in at a fake.
func atFake(f *fakecloud.Fake, clock *cmdtest.Clock) func(*cmd.App) {
	client := &http.Client{Transport: fakecloud.Transport{Now: clock.Now}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return func(app *cmd.App) {
		app.Accounts = post.Accounts{Place: func(s *account.SignIn) {
			s.HTTP = client
			s.Endpoints = &account.Endpoints{Authorize: f.URL + "/t/oauth2/v2.0/authorize", Token: f.URL + "/t/oauth2/v2.0/token", Device: f.URL + "/t/oauth2/v2.0/devicecode", Graph: f.URL + "/v1.0", Redirect: "localhost"}
		}}
		app.Browse = func(address string) error {
			go func() {
				if r, err := http.Get(address); err == nil {
					io.Copy(io.Discard, r.Body)
					r.Body.Close()
				}
			}()
			return nil
		}
	}
}

// ownFolders gives the test a home and a folder for temporary files, so that all that is written can be searched.
func ownFolders(t *testing.T) (base string) {
	base = t.TempDir()
	for env, name := range map[string]string{"HOME": "home", "TMPDIR": "tmp", "XDG_CONFIG_HOME": "home/.config", "XDG_CACHE_HOME": "home/.cache", "APPDATA": "home/AppData", "TMP": "tmp", "TEMP": "tmp"} {
		dir := filepath.Join(base, name)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		t.Setenv(env, dir)
	}
	t.Setenv("RUBRIC_DESK_HOME", "")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	if runtime.GOOS != "linux" { // there the system always has one, which is the tester's own
		keyring.MockInitWithError(errors.New("locked"))
	}
	return base
}

// secretsIn are the files that hold a secret of the fake.
func secretsIn(t *testing.T, dir string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(p)
		if bytes.Contains(b, []byte(fakecloud.Prefix)) {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const accountOfTest = "\nmail:\n  cc:\n    region:\n      North: north@office.example\n  account: {provider: microsoft, user: " + postUser + ", client_id: our-id, tenant: office.example}\n"

// roundWithMail makes a round of n recipients with settings for mail.
func roundWithMail(t *testing.T, s *cmdtest.Session, base string, n int, config string) {
	t.Helper()
	list := "id,name,email,contact,region\n"
	for i := range n {
		list += fmt.Sprintf("%03d,\"Example Unified School District %03d\",s%03d@schools.example,,%s\n", i, i, i, []string{"North", "South"}[i%2])
	}
	if err := os.WriteFile(filepath.Join(base, "list.csv"), []byte(list), 0o644); err != nil {
		t.Fatal(err)
	}
	init := &cmd.App{In: strings.NewReader(""), Out: io.Discard, Err: os.Stderr, Now: s.Clock.Now}
	if got := init.Run(t.Context(), "init", s.Dir, "--template", "uk-dmm", "--recipients", filepath.Join(base, "list.csv"), "--title", "Data maturity 2026", "--issued", "2026-11-02", "--due", "2026-11-30", "--contact-email", postUser); got != 0 {
		t.Fatalf("init: status %d", got)
	}
	file, err := os.OpenFile(filepath.Join(s.Dir, "round.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(file, config)
	file.Close()
	s.Run(0, "generate")
}

// TestARoundThroughMicrosoft is a round of 200 at the fake: sign in, drafts in the mailbox, send, replies, collect, remind,
// results, sign out. One request in fifty goes wrong.
func TestARoundThroughMicrosoft(t *testing.T) {
	if testing.Short() {
		t.Skip("200 workbooks are made, sent and read back")
	}
	const n = 200
	base := ownFolders(t)
	set := fakecloud.Settings{Users: []string{postUser}, Lag: 20, Rate: 20, Seed: 7}
	f := fakecloud.Start(t, set)
	s := &cmdtest.Session{T: t, Dir: filepath.Join(base, "round"), Clock: cmdtest.ClockAt(time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC))}
	s.Set = atFake(f, s.Clock)
	roundWithMail(t, s, base, n, accountOfTest)

	s.Run(3, "send", "--via", "microsoft", "--yes") // nobody is signed in
	s.Run(2, "login")                               // there is no keyring
	s.Run(0, "login", "--store", "file")
	s.Run(0, "login", "--check")

	// The search for secrets finds one, so that it is known to search.
	planted := filepath.Join(base, "tmp", "planted")
	if err := os.WriteFile(planted, []byte("x"+f.Planted()+"y"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := secretsIn(t, base); len(got) != 1 || got[0] != planted {
		t.Fatalf("the search found %v", got)
	}
	os.Remove(planted)

	// Ten are looked over in the mailbox; a person sends four of them.
	var report mail.Report
	ten := "000,001,002,003,004,005,006,007,008,009"
	decode(t, s.Run(0, "send", "--via", "mailbox-drafts", "--yes", "--json", "--only", ten), &report)
	drafts := f.Drafts(postUser)
	if len(report.Placed) != 10 || len(drafts) != 10 || len(f.Delivered()) != 0 {
		t.Fatalf("%d placed, %d drafts", len(report.Placed), len(drafts))
	}
	for _, id := range drafts[:4] {
		f.SendDraft(postUser, id)
	}
	var status struct{ Post map[string]rounds.PostState }
	decode(t, s.Run(0, "status", "--sent", "--json"), &status)
	words := map[string]int{}
	for _, x := range status.Post {
		words[x.Word]++
	}
	if words["sent"] != 4 || words["drafted"] != 6 || words[rounds.NotYetSent] != n-10 {
		t.Errorf("%v", words)
	}

	decode(t, s.Run(0, "send", "--via", "microsoft", "--yes", "--json"), &report)
	if len(report.Sent) != n-10 || len(report.Already) != 4 || len(report.Placed) != 6 || len(report.Unsure) != 0 {
		t.Fatalf("%d sent, %d already, %d placed, unsure %v", len(report.Sent), len(report.Already), len(report.Placed), report.Unsure)
	}
	for _, id := range f.Drafts(postUser) {
		f.SendDraft(postUser, id)
	}
	box := map[string][][]byte{}
	for _, d := range f.Delivered() {
		for _, to := range d.To {
			box[to] = append(box[to], d.Raw)
		}
	}
	for i := range n {
		address := fmt.Sprintf("s%03d@schools.example", i)
		if len(box[address]) != 1 {
			t.Fatalf("%s got %d messages", address, len(box[address]))
		}
		if got := workbookOf(t, box[address][0]).Recipient; i%10 == 0 && got != fmt.Sprintf("%03d", i) {
			t.Errorf("%s got the workbook of %s", address, got)
		}
	}
	if len(box["north@office.example"]) != n/2 {
		t.Errorf("the group's contact has %d copies", len(box["north@office.example"]))
	}

	// The replies, over more than a page.
	filled := func(i int) []byte { return fill(t, box[fmt.Sprintf("s%03d@schools.example", i)][0], i) }
	s.Clock.Sleep(context.Background(), 8*24*time.Hour)
	arrive := func(raw string) {
		f.Arrive(fakecloud.Letter{User: postUser, Folder: "Inbox", Time: s.Clock.Now(), Raw: []byte(strings.ReplaceAll(strings.ReplaceAll(raw, "\r\n", "\n"), "\n", "\r\n"))})
		s.Clock.Sleep(context.Background(), time.Minute)
	}
	for i := 20; i < 60; i++ {
		arrive(letter(i, "completed.xlsx", filled(i)))
	}
	for i := range 90 { // what else is in an inbox
		arrive(fmt.Sprintf("From: somebody@else.example\nMessage-ID: <news-%d@else.example>\nSubject: News\n\nNothing to do with it.", i))
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	w, _ := z.Create("my folder/return.xlsx")
	w.Write(filled(1))
	z.Close()
	arrive(letter(1, "return.zip", packed.Bytes()))
	arrive("From: s014@schools.example\nSubject: Automatic reply\nAuto-Submitted: auto-replied\nMessage-ID: <away@schools.example>\n\nI am away.")
	arrive(bounceOf(16, box["s016@schools.example"][0]))
	f.Arrive(fakecloud.Letter{User: postUser, Folder: "Done", Time: s.Clock.Now(), Raw: []byte("Message-ID: <x@y>\r\n\r\n")})

	var got struct {
		New, Duplicates, Sent int
		Events                []struct{ Kind, Recipient string }
	}
	decode(t, s.Run(0, "collect", "microsoft:Inbox", "--move-to", "Done", "--json"), &got)
	if got.New != 41 || got.Sent != 6 || len(got.Events) != 2 {
		t.Fatalf("collected %+v", got)
	}
	for _, e := range got.Events {
		if e.Recipient != map[string]string{"auto-reply": "014", "bounce": "016"}[e.Kind] {
			t.Errorf("collected %+v", got.Events)
		}
	}
	where := f.Where(postUser)
	if where["reply-20@schools.example"] != "Done|" || where["news-3@else.example"] != "Inbox|" || where["bounce-16@mx.example"] != "Done|" {
		t.Errorf("the messages lie in %v", where)
	}
	before := len(f.Log())
	decode(t, s.Run(0, "collect", "microsoft:Inbox", "--json"), &got)
	for _, x := range f.Log()[before:] {
		if x.Kind == "raw" {
			t.Errorf("%s was read again", x.Path)
		}
	}
	if got.New != 0 {
		t.Errorf("collected again %+v", got)
	}

	var register models.Register
	decode(t, s.Run(0, "status", "--json"), &register)
	returned := 0
	for _, e := range register.Entries {
		if e.Status == models.Returned {
			returned++
		}
	}
	if returned != 41 {
		t.Errorf("%d returned", returned)
	}
	decode(t, s.Run(0, "remind", "--via", "microsoft", "--yes", "--json"), &report)
	if len(report.Sent) != n-41 {
		t.Errorf("%d reminders", len(report.Sent))
	}
	s.Run(0, "consolidate")
	s.Run(0, "report")
	decode(t, s.Run(0, "send", "--results", "--via", "microsoft", "--yes", "--json"), &report)
	if len(report.Sent) != 41 {
		t.Errorf("%d summaries were sent", len(report.Sent))
	}
	for _, x := range f.Log() {
		if x.Wrong != "" {
			t.Errorf("%s %s: %s", x.Method, x.Path, x.Wrong)
		}
	}
	// Four drafts are left when the office signs out.
	s.Clock.Sleep(context.Background(), 72*time.Hour)
	s.Run(0, "remind", "--via", "mailbox-drafts", "--yes", "--only", "100,101,102,103")
	if out := s.Run(0, "logout"); !strings.Contains(out, "100 s100@schools.example") || strings.Count(out, "@schools.example") != 4 {
		t.Errorf("logout: %s", out)
	}
	if out := s.Run(3, "send", "--via", "microsoft", "--yes"); out != "" {
		t.Error(out)
	}
	if got := secretsIn(t, base); len(got) != 0 {
		t.Errorf("secrets lie in %v", got)
	}
	if strings.Contains(s.All.String(), fakecloud.Prefix) {
		t.Error("a secret was shown")
	}
}
