package returns_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sort"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/rubric-project/rubric/internal/cost"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// damaged is one damaged, hostile or odd file, made out of a workbook that a respondent filled in, with what
// has to come of it.
type damaged struct {
	class, name string
	make        func(b *base) []byte
	want        outcome
	password    string
}

// outcome is what has to come of a file.
type outcome struct {
	// refused is the code of the finding with which the file is refused: then nothing is read from it.
	refused models.Code
	// changed are the answers that differ from those of the intact workbook.
	changed map[string]models.Choice
	// codes are findings that must be there beside.
	codes []models.Code
}

func refused(code models.Code) outcome { return outcome{refused: code} }

// same is an outcome with all answers as in the intact workbook, and the findings given.
func same(codes ...models.Code) outcome { return outcome{codes: codes} }

// one is an outcome with one answer that differs.
func one(ref string, c models.Choice, codes ...models.Code) outcome {
	return outcome{changed: map[string]models.Choice{ref: c}, codes: codes}
}

func (o outcome) String() string {
	var s []string
	switch {
	case o.refused != "":
		return "refused: " + string(o.refused)
	case len(o.changed) == 0:
		s = append(s, "all answers")
	default:
		for _, ref := range slices.Sorted(mapsKeys(o.changed)) {
			what := "blank"
			if c := o.changed[ref]; !c.IsBlank() {
				what = c.String()
			}
			s = append(s, ref+" is "+what)
			if len(s) == 3 {
				s = append(s, "…")
				break
			}
		}
	}
	for _, c := range o.codes {
		s = append(s, string(c))
	}
	return strings.Join(s, ", ")
}

func mapsKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// base is the intact workbook.
type base struct {
	t     testing.TB
	tm    *models.Template
	whole []byte
	want  map[string]models.Choice
	plain models.Return
	apart []trybook.Entry
}

func (b *base) parts() []trybook.Entry {
	if b.apart == nil {
		b.apart = trybook.Unpack(b.t, b.whole)
	}
	parts := slices.Clone(b.apart)
	for i := range parts {
		parts[i].Body = bytes.Clone(parts[i].Body)
	}
	return parts
}

var bases = map[string]*base{}

func baseOf(t testing.TB, id string) *base {
	if b := bases[id]; b != nil {
		return b
	}
	b := &base{t: t}
	if name, ok := strings.CutPrefix(id, "saved/"); ok {
		data, err := os.ReadFile(filepath.Join("testdata", "saved", name))
		must(err)
		b.tm, b.whole = trybook.SmallTemplate(), data
		_, b.want = trybook.ChoicesOf(b.tm)
	} else {
		b.tm = trybook.Template(t, id)
		b.whole, b.want = firstLayout(t, b.tm)
	}
	b.plain = read(t, b.tm, b.whole)
	bases[id] = b
	return b
}

// firstLayout is a filled workbook of the first layout, and what was chosen in it.
func firstLayout(t testing.TB, tm *models.Template) ([]byte, map[string]models.Choice) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "layout1", tm.ID+".xlsx"))
	must(err)
	_, want := trybook.ChoicesOf(tm)
	return data, want
}

// maxMemory and maxTime are what reading any file may cost.
const (
	maxMemory = 64 << 20
	maxTime   = 10 * time.Second
)

// readMeasured reads a file and measures the largest heap while it does.
func readMeasured(b *base, data []byte, password string) (ret models.Return, took time.Duration, peak uint64) {
	took, peak = cost.Of(func() {
		ret = returns.Read(context.Background(), bytes.NewReader(data), int64(len(data)), "return.xlsx", returns.ReadOptions{Template: b.tm, Password: password})
	})
	return ret, took, peak
}

// TestHostile reads every damaged, hostile or odd file, and with -v prints the table of classes and outcomes.
func TestHostile(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	all := hostileCases()
	if len(all) < 150 {
		t.Errorf("%d files; 150 are asked for", len(all))
	}
	names := map[string]bool{}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 2, 4, 2, ' ', 0)
	fmt.Fprintln(w, "CLASS\tFILE\tEXPECTED\tAS EXPECTED\tTIME\tMEMORY")
	bad, slowest, largest := 0, time.Duration(0), uint64(0)
	for _, d := range all {
		if names[d.class+"/"+d.name] {
			t.Errorf("two files of the name %s/%s", d.class, d.name)
		}
		names[d.class+"/"+d.name] = true
		b := baseOf(t, "uk-dmm")
		data := d.make(b)
		ret, took, peak := readMeasured(b, data, d.password)
		problems := d.check(b, ret)
		if took > maxTime {
			problems = append(problems, fmt.Sprintf("it took %v", took))
		}
		if peak > maxMemory {
			problems = append(problems, fmt.Sprintf("it took %d MB", peak>>20))
		}
		slowest, largest = max(slowest, took), max(largest, peak)
		ok := "yes"
		if len(problems) > 0 {
			ok = "NO"
			bad++
			t.Errorf("%s/%s: expected %s: %s", d.class, d.name, d.want, strings.Join(problems, "; "))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%.1f ms\t%.1f MB\n", d.class, d.name, d.want, ok, float64(took)/1e6, float64(peak)/(1<<20))
	}
	w.Flush()
	if testing.Verbose() {
		fmt.Fprintln(os.Stdout, table.String())
		classes := map[string]int{}
		for _, d := range all {
			classes[d.class]++
		}
		keys := slices.Collect(mapsKeys(classes))
		sort.Strings(keys)
		for _, k := range keys {
			fmt.Printf("%-12s %3d\n", k, classes[k])
		}
		fmt.Printf("%d files, %d not as expected; slowest %.0f ms, most memory %.1f MB\n", len(all), bad, float64(slowest)/1e6, float64(largest)/(1<<20))
	}
}

func (d damaged) check(b *base, ret models.Return) (problems []string) {
	codes := map[models.Code]bool{}
	for _, f := range ret.Findings {
		codes[f.Code] = true
		if f.Message == "" || f.Remedy == "" || !strings.HasSuffix(f.Message, ".") && !strings.HasSuffix(f.Message, "…") {
			problems = append(problems, fmt.Sprintf("finding without a proper message: %q", f.Message))
		}
		if strings.Contains(f.Message, "xlsx.") || strings.Contains(f.Message, "column_") || strings.Contains(f.Message, "runtime error") || strings.Contains(f.Message, "made the reader fail") {
			problems = append(problems, "message not fit for people: "+f.Message)
		}
	}
	stray := map[string]bool{}
	for _, f := range ret.Findings {
		if at := f.Origin.Sheet + f.Origin.Cell; f.Code == models.StrayText && at != "" {
			if stray[at] && !strings.Contains(f.Message, "note") {
				problems = append(problems, "told twice: "+f.Message)
			}
			stray[at] = true
		}
	}
	if d.want.refused != "" {
		if len(ret.Answers()) > 0 || !codes[d.want.refused] {
			problems = append(problems, fmt.Sprintf("got %d answers and %v", len(ret.Answers()), trybook.FindingList(ret)))
		}
		if info, _ := d.want.refused.Info(); info.Severity != models.Error && d.want.refused != models.FileOwnerTemporary {
			problems = append(problems, "refused without an error")
		}
		return problems
	}
	for _, c := range b.tm.Criteria {
		want, ok := d.want.changed[c.Ref]
		if !ok {
			want = b.want[c.Ref]
		}
		a := ret.Answer(c.Ref)
		got := models.Blank()
		if a != nil {
			got = a.Level.Value
			if p := b.plain.Answer(c.Ref); !ok && len(d.want.codes) == 0 && (a.Comment.Value != p.Comment.Value || a.Evidence.Value != p.Evidence.Value || a.Target.Value != p.Target.Value) {
				problems = append(problems, fmt.Sprintf("%s: comment, evidence or target differs", c.Ref))
			}
		}
		if got != want {
			problems = append(problems, fmt.Sprintf("%s is %q instead of %q", c.Ref, got, want))
		}
		if len(problems) > 4 {
			break
		}
	}
	for _, c := range d.want.codes {
		if !codes[c] {
			problems = append(problems, "no finding "+string(c))
		}
	}
	if len(d.want.codes) == 0 && len(ret.Findings) > 0 || len(problems) > 0 {
		problems = append(problems, fmt.Sprintf("findings: %v", trybook.FindingList(ret)))
	}
	return problems
}

func hostileCases() []damaged {
	return slices.Concat(hostilePackages(), hostileXML(), hostileSheets(), hostileWorkbooks(), hostileAnswers(), hostileTables(), hostileFormats(), hostileODS(), hostilePeople(), hostileEvidence())
}
