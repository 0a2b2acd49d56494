package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/fakecloud"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/mail/graph"
)

// arrived puts n messages into a folder, one an hour.
func arrived(w *world, user, folder string, n int) {
	for i := range n {
		at := w.Now().Add(time.Duration(i-n) * time.Hour)
		w.fake.Arrive(fakecloud.Letter{User: user, Folder: folder, Time: at, Raw: fmt.Appendf(nil,
			"From: %s\r\nTo: %s\r\nDate: %s\r\nSubject: Our return\r\nMessage-ID: <reply%d@schools.example>\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream; name=w%d.xlsx\r\nContent-Disposition: attachment; filename=w%d.xlsx\r\n\r\nworkbook %d\r\n",
			to(i), user, at.Format(time.RFC1123Z), i, i, i, i)})
	}
}

func found(t *testing.T, w *world, in *graph.Incoming) (out []string) {
	t.Helper()
	for item, err := range mail.CollectLetters(t.Context(), in.Letters(t.Context()), mail.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if item.Finding != nil {
			t.Error(item.Finding.Message)
		}
		if item.Found != nil {
			out = append(out, strings.TrimSpace(string(item.Found.Content)))
		}
	}
	return out
}

// TestIncoming reads a folder by date, page by page, through faults; nothing is changed, and nothing is read twice.
func TestIncoming(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{})
	arrived(w, office, "Inbox/Returns, o'Brien", 250)
	arrived(w, office, "Inbox", 3)
	w.fake.Set(fakecloud.Settings{Users: []string{office}, Rate: 20, Seed: 4})
	from := w.Now().Add(-10 * time.Hour)
	known := map[string]bool{}
	in := &graph.Incoming{Client: w.graph(), Folder: "Inbox/Returns, o'Brien", Known: func(id string) bool { return known[id] }, Now: func(id string) { known[id] = true }}
	got := found(t, w, in)
	if len(got) != 250 || got[0] != "workbook 0" || got[249] != "workbook 249" {
		t.Errorf("%d found", len(got))
	}
	if again := found(t, w, in); len(again) != 0 {
		t.Errorf("%d were read again", len(again))
	}
	since := &graph.Incoming{Client: w.graph(), Folder: "inbox/returns, O'BRIEN", Since: from}
	if got := found(t, w, since); len(got) != 10 {
		t.Errorf("%d since", len(got))
	}
	for _, x := range w.fake.Log() {
		if x.Method != "GET" && x.Kind != "token" {
			t.Errorf("%s %s changes something", x.Method, x.Path)
		}
	}
	w.wrongs("collect")
	_, err := w.graph().FolderAt(t.Context(), "Inbox/Retruns")
	if err == nil || !strings.Contains(err.Error(), "no folder Inbox/Retruns") {
		t.Error(err)
	}
}

// TestMarks moves and marks what it is told to.
func TestMarks(t *testing.T) {
	w := newWorld(t, fakecloud.Settings{Shared: "returns@fake.example"})
	arrived(w, "returns@fake.example", "Inbox", 2)
	arrived(w, "returns@fake.example", "Done", 0)
	w.fake.Arrive(fakecloud.Letter{User: "returns@fake.example", Folder: "Done", Time: w.Now(), Raw: []byte("Message-ID: <x@y>\r\n\r\n")})
	var ids []string
	in := &graph.Incoming{Client: w.graph(), Folder: "Inbox", Now: func(id string) { ids = append(ids, id) }}
	if got := found(t, w, in); len(got) != 2 {
		t.Fatal(got)
	}
	w.fake.Set(fakecloud.Settings{Users: []string{office}, Shared: "returns@fake.example", Faults: []fakecloud.Fault{{On: "mark", Nth: 1, Do: "504 done"}}})
	done, err := in.Client.FolderAt(t.Context(), "Done")
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Client.Categorize(t.Context(), ids[0], "Collected"); err != nil {
		t.Fatal(err)
	}
	if err := in.Client.Categorize(t.Context(), ids[0], "Blue"); err != nil {
		t.Fatal(err)
	}
	if err := in.Client.Move(t.Context(), ids[0], done); err != nil {
		t.Fatal(err)
	}
	where := w.fake.Where("returns@fake.example")
	if where["reply0@schools.example"] != "Done|Collected,Blue" || where["reply1@schools.example"] != "Inbox|" {
		t.Error(where)
	}
}
