package mail_test

import (
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/rubric-project/rubric/internal/cost"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
)

// mostMemory is the largest heap that reading any message or archive may need.
const mostMemory = 500 << 20

// TestHostileMail reads messages and archives that would cost much or hide something, of RUBRIC_HOSTILE_MB megabytes (make
// hostile: 25). What is made and looked at is counted, and the largest heap is measured; with -v the table is printed. The
// seconds are printed only: no test fails by the clock.
func TestHostileMail(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	mb := 1
	if v, err := strconv.Atoi(os.Getenv("RUBRIC_HOSTILE_MB")); err == nil {
		mb = v
	}
	book := workbookBytes(t, "the answers")
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 2, 4, 2, ' ', 0)
	fmt.Fprintln(w, "CLASS\tINPUT\tEXPECTED\tAS EXPECTED\tSIZE\tMADE\tLOOKED AT\tMEMORY\tTIME")
	bad, slowest, largest := 0, time.Duration(0), uint64(0)
	for _, h := range hostileMails() {
		input := h.make(t, mb<<20, book)
		items, made, looked, took, peak := measured(h.file, input)
		problems := h.want.check(items, book)
		size := int64(len(input))
		if most := min(mail.DefaultLimits().Total, 8<<20+100*size) + mail.DefaultLimits().File; made > most {
			problems = append(problems, fmt.Sprintf("%d bytes were made of %d", made, size))
		}
		if looked > 9<<20+101*size+size {
			problems = append(problems, fmt.Sprintf("%d bytes were looked at, of %d", looked, size))
		}
		if peak > mostMemory {
			problems = append(problems, fmt.Sprintf("it took %d MB", peak>>20))
		}
		slowest, largest = max(slowest, took), max(largest, peak)
		ok := "yes"
		if len(problems) > 0 {
			ok = "NO"
			bad++
			t.Errorf("%s/%s: expected %s: %s", h.class, h.name, h.want, strings.Join(problems, "; "))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%.1f MB\t%.1f\t%.1f\t%.0f MB\t%.2f s\n", h.class, h.name, h.want, ok, float64(size)/(1<<20),
			float64(made)/float64(size), float64(looked)/float64(size), float64(peak)/(1<<20), took.Seconds())
	}
	w.Flush()
	if testing.Verbose() {
		fmt.Println(table.String())
		fmt.Printf("%d messages and archives of up to about %d MB, %d not as expected; slowest %.2f s, most memory %.0f MB; made and looked at for each byte of input\n",
			len(hostileMails()), mb, bad, slowest.Seconds(), float64(largest)/(1<<20))
	}
}

// measured reads a file, counts what it costs and measures how much the heap grows meanwhile at most.
func measured(file string, input []byte) (items []mail.Item, made, looked int64, took time.Duration, peak uint64) {
	took, peak = cost.Of(func() { items, made, looked = mail.ReadCost(file, input, mail.Limits{}) })
	return items, made, looked, took, peak
}

func (o mailOutcome) check(items []mail.Item, book string) (problems []string) {
	books, findings, errors := 0, 0, []string(nil)
	for _, it := range items {
		switch {
		case it.Found != nil && string(it.Found.Content) == book:
			books++
		case it.Finding != nil:
			if findings++; it.Finding.Severity == models.Error {
				errors = append(errors, string(it.Finding.Code)+": "+it.Finding.Message)
			}
		}
		if x := it.Beside; x != nil && !bytes.HasPrefix(x.Content, []byte("\x89PNG")) {
			problems = append(problems, "what is no picture was taken for evidence: "+x.Name)
		}
	}
	switch {
	case o == bookFound && (books != 1 || len(errors) > 0):
		problems = append(problems, fmt.Sprintf("%d workbooks and the errors %q", books, errors))
	case o == bookSaid && (books > 0 || findings == 0), o == notSilent && books == 0 && findings == 0, books > 1:
		problems = append(problems, fmt.Sprintf("%d workbooks and %d findings", books, findings))
	}
	return problems
}

// TestHostileMailNoticesSilence lets the table's outcomes judge readings that lose something.
func TestHostileMailNoticesSilence(t *testing.T) {
	found := mail.Item{Found: &mail.Found{Content: []byte("book")}}
	finding := models.NewFinding(models.MailOverLimit, models.Origin{File: "a"}, "Too much.")
	for _, test := range []struct {
		want  mailOutcome
		items []mail.Item
	}{{bookFound, nil}, {bookFound, []mail.Item{found, found}}, {bookFound, []mail.Item{found, {Finding: &finding}}}, {bookSaid, nil}, {bookSaid, []mail.Item{found}}, {notSilent, nil}} {
		if len(test.want.check(test.items, "book")) == 0 {
			t.Errorf("%s: %d items pass", test.want, len(test.items))
		}
	}
}
