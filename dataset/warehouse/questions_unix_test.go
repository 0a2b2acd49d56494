//go:build unix

package warehouse_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rubric-project/rubric/dataset/warehouse"
	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/office"
)

// asked are the questions of docs/warehouse.md, and the example of roles.
func asked(t testing.TB) (questions []string, roles string) {
	t.Helper()
	page, err := os.ReadFile("../../docs/warehouse.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?ms)^```sql( roles)?\n(.*?)^```").FindAllStringSubmatch(string(page), -1) {
		if m[1] != "" {
			roles = m[2]
			continue
		}
		questions = append(questions, m[2])
	}
	if len(questions) < 10 || roles == "" {
		t.Fatalf("%d questions", len(questions))
	}
	return questions, roles
}

// of puts a round's id into a question, as psql's :round does.
func of(round, question string) string { return strings.ReplaceAll(question, ":round", "'"+round+"'") }

// TestQuestionsOfTheDocument asks those of docs/warehouse.md of the example round, loaded by the office, and of one after it.
func TestQuestionsOfTheDocument(t *testing.T) {
	address := postgres(t).database(t)
	dir := filepath.Join(t.TempDir(), "demo")
	o := &office.Office{Jobs: 2}
	if _, err := demo.Play(t.Context(), o, demo.Options{Dir: dir, Template: "uk-dmm", Recipients: demo.Recipients, Seed: demo.Seed}); err != nil {
		t.Fatal(err)
	}
	f, err := o.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	out, _, err := o.Load(t.Context(), f, address, office.Earlier{})
	if err != nil {
		t.Fatal(err)
	}
	conn := connect(t, address)
	questions, _ := asked(t)
	for i, q := range questions {
		got := query(t, conn, of(out.Round, q))
		overTime := strings.Contains(q, "criterion_changes_over_time") || strings.Contains(q, "score_changes")
		if (len(got) == 0) != overTime {
			t.Errorf("question %d: %d rows", i+1, len(got))
		}
	}
	got := query(t, conn, of(out.Round, questions[0]))
	if want := []string{"||36|27|0.75", "sector|Culture|12|11|0.9166666666666666", "sector|Environment|13|9|0.6923076923076923"}; !slices.Equal(got[:3], want) {
		t.Errorf("got %q", got)
	}
	// The same figures as in results/data.
	if n := query(t, conn, "SELECT count(*) FROM rubric.answers"); n[0] != "2619" {
		t.Errorf("%s answers, README's round has 27 × 97", n[0])
	}
}

// TestOverTime follows answers through three rounds: the template of the last renamed the first criterion, put a new one in
// the place of the third, and nobody has confirmed the second; one recipient has another id since.
func TestOverTime(t *testing.T) {
	address := postgres(t).database(t)
	third := renamed(round("third", "2028-05-01", 10, 6, 3))
	for i := range third.Members {
		if m := &third.Members[i]; m.Recipient.ID == "00000" {
			m.Recipient.ID, m.Recipient.PreviousID = "90000", "00000"
		}
	}
	other := round("other", "2027-06-01", 10, 6, 0)
	other.Round.Organiser = "Another office"
	rounds := []warehouse.Input{round("first", "2026-05-01", 10, 6, 0), round("second", "2027-05-01", 10, 6, 1), other, third}
	for _, in := range rounds {
		load(t, address, in)
	}
	conn := connect(t, address)
	// What was worked out in loading is what the answers give.
	const ofAnswers = `SELECT round, earlier_round, ref, earlier_ref, count(*), count(*) FILTER (WHERE change > 0), count(*) FILTER (WHERE change = 0),
		count(*) FILTER (WHERE change < 0), avg(change)::float8 FROM rubric.answer_changes GROUP BY 1, 2, 3, 4 ORDER BY 1, 3`
	fromAnswers := query(t, conn, ofAnswers)
	if got := query(t, conn, "SELECT * FROM rubric.criterion_moves ORDER BY 1, 3"); !slices.Equal(got, fromAnswers) || len(got) != 6+4 {
		t.Errorf("got  %q\nwant %q", got, fromAnswers)
	}
	// The order in which rounds are loaded is of no importance: one may come between two that were there.
	address = postgres(t).database(t)
	for _, at := range []int{3, 0, 2, 1} {
		load(t, address, rounds[at])
	}
	ordered := conn
	conn = connect(t, address)
	if got, want := contents(t, conn), contents(t, ordered); !slices.Equal(without("settings", got), without("settings", want)) {
		t.Errorf("loaded in another order:\ngot  %q\nwant %q", got, want)
	}
	for sql, want := range map[string]string{
		"SELECT round, earlier_round FROM rubric.round_pairs ORDER BY 1":                                                               "second|first third|second",
		"SELECT earlier_ref, ref FROM rubric.criterion_pairs WHERE round = 'third' ORDER BY 2":                                         "1.2|1.2 2.2|2.2 3.2|3.2 1.1|9.1",
		"SELECT count(*) FROM rubric.criterion_pairs WHERE round = 'second'":                                                           "6",
		"SELECT first_round, first_ref FROM rubric.criterion_lines WHERE round = 'third' ORDER BY ref":                                 "first|1.2 third|2.1 first|2.2 third|3.1 first|3.2 first|1.1",
		"SELECT round, ref FROM rubric.criteria_over_time WHERE first_round = 'first' AND first_ref = '1.1' ORDER BY due":              "first|1.1 second|1.1 third|9.1",
		"SELECT DISTINCT recipient, earlier_recipient FROM rubric.recipient_pairs WHERE recipient <> earlier_recipient":                "90000|00000",
		"SELECT count(*) FROM rubric.answer_changes WHERE round = 'second'":                                                            fmt.Sprint(bothRated(10, 6)),
		"SELECT earlier_level, level, change FROM rubric.answer_changes WHERE round = 'third' AND recipient = '90000' AND ref = '1.2'": "5|2|-3",
	} {
		if got := strings.Join(query(t, conn, sql), " "); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", sql, got, want)
		}
	}
	// Loaded again, the earlier round is still what the later is compared with.
	before := query(t, conn, "SELECT * FROM rubric.criterion_changes_over_time ORDER BY round, ref")
	load(t, address, round("second", "2027-05-01", 10, 6, 1))
	if after := query(t, conn, "SELECT * FROM rubric.criterion_changes_over_time ORDER BY round, ref"); !slices.Equal(before, after) || len(after) != 6+4 {
		t.Errorf("got  %q\nwant %q", after, before)
	}
	// With other answers, what moved since the round before and until the one after is other too.
	load(t, address, round("second", "2027-05-01", 10, 6, 2))
	got, want := query(t, conn, "SELECT * FROM rubric.criterion_moves ORDER BY 1, 3"), query(t, conn, ofAnswers)
	if !slices.Equal(got, want) || slices.Equal(got, fromAnswers) {
		t.Errorf("loaded with other answers:\ngot  %q\nwant %q", got, want)
	}
	// Where the crosswalk says what the levels are on this scale, that counts: here 1 is 5, and so on.
	for k := 1; k <= 5; k++ {
		third.Crosswalk.Levels = append(third.Crosswalk.Levels, crosswalk.Level{From: k, To: 6 - k})
	}
	load(t, address, third)
	if got := query(t, conn, "SELECT earlier_level, level FROM rubric.answer_changes WHERE round = 'third' AND recipient = '90000' AND ref = '1.2'"); !slices.Equal(got, []string{"5|2"}) {
		t.Errorf("got %q: it was 1, which is 5 on this scale", got)
	}
	if got, want := query(t, conn, "SELECT * FROM rubric.criterion_moves ORDER BY 1, 3"), query(t, conn, ofAnswers); !slices.Equal(got, want) {
		t.Errorf("on another scale:\ngot  %q\nwant %q", got, want)
	}
}

// without leaves out what begins with a table's name.
func without(table string, list []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return strings.HasPrefix(s, table+" ") })
}

// bothRated counts the answers that are rated in two rounds in which the same are blank.
func bothRated(n, m int) (both int) {
	for i := range n {
		for j := range m {
			if i%5 != 4 && (i+j)%7 != 0 {
				both++
			}
		}
	}
	return both
}

// TestAnalystSeesNoNames tries, as the analysts' role of docs/warehouse.md, to come to names: no column that the role can read
// holds one, nor an id, a file or a comment; and everything else is refused.
func TestAnalystSeesNoNames(t *testing.T) {
	address := postgres(t).database(t)
	in := round("spring", "2026-05-01", 60, 12, 0)
	in.Members[0].Recipient.Groups["Région"] = "Nowhere else"
	load(t, address, in)
	_, roles := asked(t)
	exec1(t, address, roles)
	exec1(t, address, "CREATE ROLE ann LOGIN IN ROLE analysts; CREATE ROLE olga LOGIN IN ROLE office")
	load(t, address, in) // the rights outlive a load
	load(t, address, round("autumn", "2026-11-01", 60, 12, 0))
	as := func(role string) string { return strings.Replace(address, "user=postgres", "user="+role, 1) }
	ann := connect(t, as("ann"))
	views := query(t, ann, "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')")
	if len(views) < 6 {
		t.Fatalf("the analyst sees only %q", views)
	}
	for _, view := range views {
		rows := query(t, ann, "SELECT * FROM "+view)
		if len(rows) == 0 {
			t.Errorf("%s is empty", view)
		}
		for _, row := range rows {
			for _, m := range in.Members {
				// Whoever has the list of ids could work out a digest of the id alone.
				if digest := fmt.Sprintf("%x", sha256.Sum256([]byte(m.Recipient.ID))); strings.Contains(row, digest[:16]) {
					t.Fatalf("%s shows a digest of the id %s without a secret: %q", view, m.Recipient.ID, row)
				}
				if strings.Contains("|"+row+"|", "|"+m.Recipient.ID+"|") || strings.Contains(row, "Example School") || strings.Contains(row, ".xlsx") || strings.Contains(row, "Nowhere else") || strings.Contains(row, "it's") {
					t.Fatalf("%s shows %q", view, row)
				}
			}
		}
	}
	if n := query(t, ann, "SELECT count(DISTINCT organisation), count(*) FROM rubric_analysis.organisations"); n[0] != "60|120" {
		t.Errorf("organisations are not the same in both rounds: %s", n[0])
	}
	partition := query(t, connect(t, address), "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'rubric.recipients'::regclass LIMIT 1")[0]
	for _, sql := range []string{"SELECT name FROM rubric.recipients", "SELECT * FROM rubric.answers_in_full", "SELECT value FROM rubric.settings", "SELECT name FROM " + partition,
		"SELECT stavalues1 FROM pg_statistic", "TABLE rubric.loads", "SET ROLE office"} {
		_, err := ann.Exec(t.Context(), sql)
		var said *pgconn.PgError
		if !errors.As(err, &said) || said.Code != "42501" {
			t.Errorf("%s: %v, want it refused", sql, err)
		}
	}
	if s := query(t, ann, "SELECT count(*) FROM pg_stats WHERE schemaname = 'rubric'"); s[0] != "0" {
		t.Errorf("the analyst sees statistics of %s columns", s[0])
	}
	olga := connect(t, as("olga"))
	if n := query(t, olga, "SELECT count(*) FROM rubric.recipients WHERE name LIKE 'Example School%'"); n[0] != "120" {
		t.Errorf("the office sees %s names", n[0])
	}
	// Who may only read may not load.
	w, err := warehouse.Open(t.Context(), as("olga"))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close(t.Context())
	if _, err := w.Load(t.Context(), in); !errors.Is(err, warehouse.ErrRefused) {
		t.Errorf("a reader's load: %v", err)
	}
}
