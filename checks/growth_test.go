package checks_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/round"
)

// sizeVariable gives TestRegisterOfSize its number of recipients.
const sizeVariable = "RUBRIC_GROWTH"

// TestRegisterOfSize makes the register of a round in which everything happens that can: of each four recipients one
// sends twice and the office chose a file, one sends parts that differ and that were settled, one sends a file that
// was assigned to it and shows another name, and one sends nothing. Half are not asked everything, and all were sent answers of an earlier round.
func TestRegisterOfSize(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv(sizeVariable))
	if err != nil {
		t.Skip("TestRegisterGrows runs it")
	}
	w := splitWorld(t)
	w.Template.Criteria[5].AppliesTo = map[string][]string{"type": {"primary"}}
	parts := w.Parts["002"]
	w.Recipients, w.Parts, w.MadeParts, w.Carried = nil, nil, nil, map[string][]crosswalk.CarriedSet{}
	var events []round.Event
	for i := range n {
		id := fmt.Sprintf("%06d", i)
		w.Recipients = append(w.Recipients, models.Recipient{ID: id, Name: "Example School " + id[1:], Groups: map[string]string{"type": []string{"primary", "secondary"}[i/4%2]}})
		w.Carried[id] = []crosswalk.CarriedSet{{From: "earlier", Title: "Earlier", Answers: []crosswalk.Carried{{Ref: "a1", Level: models.At(1)}}}}
		events = append(events, round.Event{Kind: round.Generated, Recipient: id, Digest: "blank " + id})
		if i%4 == 1 {
			events = append(events, round.Event{Kind: round.Divided, Recipient: id, Parts: parts, Note: string(models.ByTopic)})
		}
	}
	w.Parts, w.MadeParts = round.PartsMade(events)
	for i, rc := range w.Recipients {
		own := func(level int) string {
			return fmt.Sprintf("a1|%d||The school %s says so itself, at length\na2|%d||And once more for %s, in other words\nb1|%d\nc1|%d\n", level, rc.ID, level, rc.ID, level, level)
		}
		add := func(file, part string, day int, table string) {
			ret := w.partOf(t, file, rc.ID, part, day, table)
			ret.Findings = append(ret.Findings, models.NewFinding(models.FileNotStandard, models.Origin{File: file}, "It is not as it should be."))
			w.Returns = append(w.Returns, ret)
			events = append(events, round.Event{Kind: round.Received, File: file, Digest: ret.Digest})
		}
		switch i % 4 {
		case 0:
			add(rc.ID+"-1.xlsx", "", 1, own(1))
			add(rc.ID+"-2.xlsx", "", 2, own(2))
			events = append(events, round.Event{Kind: round.Preferred, Digest: "digest of " + rc.ID + "-1.xlsx"})
		case 1:
			add(rc.ID+"-a.xlsx", "topic:a", 1, own(1))
			add(rc.ID+"-b.xlsx", "topic:b", 2, own(2))
			events = append(events, round.Event{Kind: round.Decided, Recipient: rc.ID, Ref: "a1", Digest: "digest of " + rc.ID + "-b.xlsx"})
		case 2:
			add(rc.ID+"-x.xlsx", "", 1, own(3))
			w.Returns[len(w.Returns)-1].Claims[2].Name = "Example Schule " + rc.ID[1:] // like all names, and nearest to its own
			events = append(events, round.Event{Kind: round.Assigned, Recipient: rc.ID, Digest: "digest of " + rc.ID + "-x.xlsx"})
		}
	}
	w.Assigned, _ = round.Settled(events, w.Returns)
	w.Sent, w.PreferFiles, w.Settled = round.SentWorkbooks(events), round.PreferredFiles(events, w.Returns), round.Settlements(events, w.Returns)
	if len(w.Assigned) != n/4 || len(w.PreferFiles) != n/4 || len(w.Settled) != n/4 {
		t.Fatalf("%d assigned, %d chosen, %d settled of %d recipients", len(w.Assigned), len(w.PreferFiles), len(w.Settled), n)
	}
	reg := checks.Register(w.RegisterInput)
	if e := reg.Entries[0]; e.File != "000000-1.xlsx" {
		t.Errorf("%+v", e)
	}
	var people []round.Respondent
	for i := range 2 * n {
		people = append(people, round.Respondent{Recipient: w.Recipients[i/2].ID, Name: strconv.Itoa(i), Topics: []string{"a"}})
	}
	respondents := round.RespondentsOf(people)
	for _, rc := range w.Recipients {
		if parts := round.Parts(w.Template, models.ByRespondents, respondents[rc.ID]); len(parts) != 3 {
			t.Fatalf("%s: %+v", rc.ID, parts)
		}
	}
	var names round.Names
	for range n {
		names.Take("the same name", ".xlsx")
	}
}

// TestRegisterGrows counts how often each statement is executed for a round, and for one of twice its size: at most twice
// as often, and a little more where something is sorted. No statement of a test hook stands in the code for this: it is
// what Go counts for coverage.
func TestRegisterGrows(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the tests once more")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("Go is not here, to build the tests with")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "checks.test.exe") // Windows starts nothing without that ending
	run := func(name string, args ...string) {
		t.Helper()
		if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
	}
	run("go", "test", "-c", "-o", program, "-covermode=count", "-coverpkg=../checks,../round,../models", ".")
	visits := func(n int) map[string]int {
		profile := filepath.Join(dir, strconv.Itoa(n))
		t.Setenv(sizeVariable, strconv.Itoa(n))
		run(program, "-test.run=^TestRegisterOfSize$", "-test.coverprofile="+profile)
		b, err := os.ReadFile(profile)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]int{}
		for line := range bytes.Lines(b) {
			if f := strings.Fields(string(line)); len(f) == 3 {
				out[f[0]], _ = strconv.Atoi(f[2])
			}
		}
		return out
	}
	const n = 200
	once, twice := visits(n), visits(2*n)
	if len(once) < 500 {
		t.Fatalf("%d statements were counted", len(once))
	}
	for place, count := range twice {
		if before := once[place]; count > 2*before+before/2+n {
			t.Errorf("%s: executed %d times for %d recipients, and %d times for %d", strings.TrimPrefix(place, "github.com/rubric-project/rubric/"), before, n, count, 2*n)
		}
	}
}
