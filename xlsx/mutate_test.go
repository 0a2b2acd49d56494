package xlsx_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/models"
)

// TestMutations changes real returns at random, at three levels: bytes of the file, XML of its parts, and what a
// person does in a spreadsheet program. Each must end as unchanged, as a reported repair or other finding, or as
// what the file says now. RUBRIC_MUTATIONS says how many (make mutate: 10,000), RUBRIC_SEED from which seed; the
// same numbers give the same changes.
func TestMutations(t *testing.T) {
	n, seed := 240, uint64(20261122)
	if v, err := strconv.Atoi(os.Getenv("RUBRIC_MUTATIONS")); err == nil {
		n = v
	}
	if v, err := strconv.ParseUint(os.Getenv("RUBRIC_SEED"), 10, 64); err == nil {
		seed = v
	}
	levels := []struct {
		name string
		run  func(r *rand.Rand, b *base) mutation
	}{{"bytes", mutateBytes}, {"xml", mutateXML}, {"human", mutateByHand}}
	counts := map[string]map[string]int{}
	slowest := time.Duration(0)
	for i := range n {
		l := levels[i%len(levels)]
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		b := baseOf(t, []string{"uk-dmm", "csis-cdm3"}[i/len(levels)%2])
		m := l.run(r, b)
		start := time.Now()
		ret := read(t, b.tm, m.data)
		slowest = max(slowest, time.Since(start))
		result, why := m.judge(b, ret)
		if counts[l.name] == nil {
			counts[l.name] = map[string]int{}
		}
		counts[l.name][result]++
		if result == silentlyWrong {
			t.Errorf("seed %d, change %d (%s): %s: %s; findings %v", seed, i, l.name, m.what, why, findingList(ret))
			if dir := os.Getenv("RUBRIC_KEEP"); dir != "" {
				_ = os.WriteFile(fmt.Sprintf("%s/%d.xlsx", dir, i), m.data, 0o600)
			}
		}
	}
	if testing.Verbose() {
		results := []string{"unchanged", "as the file says", "repair", "finding", "refused", silentlyWrong}
		fmt.Printf("%-8s", "")
		for _, x := range results {
			fmt.Printf("%18s", x)
		}
		fmt.Println()
		for _, l := range levels {
			fmt.Printf("%-8s", l.name)
			for _, x := range results {
				fmt.Printf("%18d", counts[l.name][x])
			}
			fmt.Println()
		}
		fmt.Printf("%d changes from seed %d, slowest %v\n", n, seed, slowest.Round(time.Millisecond))
	}
}

const silentlyWrong = "SILENTLY WRONG"

// mutation is a changed file.
type mutation struct {
	what string
	data []byte
	// want is what each criterion's answer has to be, where the change says so (level human); a criterion in
	// doubt must be blank with a finding.
	want  map[string]models.Choice
	doubt map[string]bool
	// valid says that the file is a whole package, so that what it says now counts (level XML).
	valid bool
}

// judge says what became of a change.
func (m mutation) judge(b *base, ret models.Return) (result, why string) {
	errors, warnings, repairs := models.Count(ret.Findings)
	for _, f := range ret.Findings {
		if strings.Contains(f.Message, "made the reader fail") {
			return silentlyWrong, "the reader panicked"
		}
	}
	if len(ret.Answers) == 0 {
		if errors == 0 {
			return silentlyWrong, "no answers and no error"
		}
		return "refused", ""
	}
	if m.want != nil {
		if why := m.checkWant(b, ret); why != "" {
			return silentlyWrong, why
		}
	} else if why := differs(b, ret); why != "" {
		// Something else was read than before: it must be what the file says now.
		if !m.valid {
			return silentlyWrong, why
		}
		if bad := asTheFileSays(b, ret, m.data); bad != "" {
			return silentlyWrong, bad
		}
		if errors+warnings+repairs == 0 {
			return "as the file says", ""
		}
	}
	switch {
	case errors+warnings > 0:
		return "finding", ""
	case repairs > 0:
		return "repair", ""
	}
	if m.want != nil && differs(b, ret) != "" {
		return "as the file says", ""
	}
	return "unchanged", ""
}

// differs says how a return differs from that of the intact workbook, "" for not at all.
func differs(b *base, ret models.Return) string {
	for i := range b.plain.Answers {
		p := &b.plain.Answers[i]
		a := ret.Answer(p.Ref)
		switch {
		case a == nil:
			return p.Ref + " is missing"
		case a.Level.Value != p.Level.Value:
			return fmt.Sprintf("%s is %q, was %q", p.Ref, a.Level.Value, p.Level.Value)
		case a.Target.Value != p.Target.Value || a.Evidence.Value != p.Evidence.Value || a.Comment.Value != p.Comment.Value:
			return p.Ref + ": target, evidence or comment differs"
		}
	}
	if fmt.Sprint(claimsOf(b.plain)) != fmt.Sprint(claimsOf(ret)) {
		return "claims differ"
	}
	if x, y := b.plain.Respondent, ret.Respondent; x.Name.Value != y.Name.Value || x.Role.Value != y.Role.Value || x.Date.Value != y.Date.Value || x.SignedBy.Value != y.SignedBy.Value {
		return "the respondent differs"
	}
	return ""
}

func claimsOf(ret models.Return) (list []string) {
	for _, c := range ret.Claims {
		list = append(list, fmt.Sprint(c.Place, c.Manifest, c.Reference))
	}
	slices.Sort(list)
	return list
}

// asTheFileSays holds what was read against the second reading of the file, cell by cell.
func asTheFileSays(b *base, ret models.Return, data []byte) string {
	o, err := oracleOf(data)
	if err != nil {
		return "read, although it is not well-formed: " + err.Error()
	}
	if o.doubt != "" {
		return "read, although it is in doubt: " + o.doubt
	}
	about := map[string]bool{}
	for _, f := range ret.Findings {
		about[f.Ref] = true
		about[f.Origin.Sheet+"!"+f.Origin.Cell] = true
	}
	text := func(at models.Origin) string { return o.sheets[at.Sheet][at.Cell] }
	blankText := func(s string) bool { return strings.Trim(s, " \n\t\r\u00a0") == "" }
	for _, c := range b.tm.Criteria {
		a := ret.Answer(c.Ref)
		if a == nil {
			if !about[c.Ref] {
				return c.Ref + " is missing without a finding"
			}
			continue
		}
		if about[c.Ref] {
			continue // looked at by a person anyway
		}
		row := strings.TrimLeft(a.Level.Origin.Cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		found := false
		for cell, s := range o.sheets[a.Level.Origin.Sheet] {
			found = found || strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == row && strings.EqualFold(strings.TrimSpace(s), c.Ref)
		}
		if !found {
			return c.Ref + " was read from a row that does not have its reference"
		}
		scale := b.tm.Scale(&c)
		if got, want := scale.Label(a.Level.Value), text(a.Level.Origin); got != want && !(got == "" && blankText(want)) {
			return fmt.Sprintf("%s was read as %q, the file says %q", c.Ref, got, want)
		}
		if got, want := scale.Label(a.Target.Value), text(a.Target.Origin); got != want && !(got == "" && blankText(want)) {
			return fmt.Sprintf("the target of %s was read as %q, the file says %q", c.Ref, got, want)
		}
		for _, x := range []models.Sourced[string]{a.Evidence, a.Comment} {
			if want := strings.ReplaceAll(text(x.Origin), "\r\n", "\n"); x.Value != want && !(x.Value == "" && blankText(want)) {
				return fmt.Sprintf("a text of %s was read as %q, the file says %q", c.Ref, x.Value, want)
			}
		}
	}
	for _, c := range ret.Claims {
		switch c.Place {
		case models.HiddenSheet:
			if c.Manifest.Recipient != "" && text(c.Origin) != c.Manifest.Recipient {
				return "the hidden sheet's recipient was read as " + c.Manifest.Recipient
			}
		case models.DocumentProperties:
			if c.Manifest.Recipient != o.props["rubric.recipient"] {
				return "the properties' recipient was read as " + c.Manifest.Recipient
			}
		}
	}
	return ""
}

// checkWant holds what was read against what the person meant.
func (m mutation) checkWant(b *base, ret models.Return) string {
	found := map[string]bool{}
	for _, f := range ret.Findings {
		if f.Severity != models.Repair {
			found[f.Ref] = true
		}
	}
	for _, c := range b.tm.Criteria {
		got := models.Blank()
		if a := ret.Answer(c.Ref); a != nil {
			got = a.Level.Value
		}
		if m.doubt[c.Ref] {
			if !got.IsBlank() || !found[c.Ref] {
				return fmt.Sprintf("%s is in doubt and was read as %q (finding: %v)", c.Ref, got, found[c.Ref])
			}
			continue
		}
		if want := m.want[c.Ref]; got != want && !(found[c.Ref] && got.IsBlank()) {
			return fmt.Sprintf("%s was read as %q, meant was %q", c.Ref, got, want)
		}
	}
	return ""
}

// mutateBytes changes bytes of the file.
func mutateBytes(r *rand.Rand, b *base) mutation {
	data := bytes.Clone(b.whole)
	what := ""
	for range 1 + r.IntN(3) {
		at := r.IntN(len(data))
		if r.IntN(4) == 0 { // the directory at the end is small, and matters
			at = len(data) - 1 - r.IntN(min(2500, len(data)))
		}
		n := min(1+r.IntN(64), len(data)-at)
		switch r.IntN(7) {
		case 0:
			data[at] ^= 1 << r.IntN(8)
			what += fmt.Sprintf("bit at %d; ", at)
		case 1:
			data[at] = byte(r.Uint32())
			what += fmt.Sprintf("byte at %d; ", at)
		case 2:
			data = slices.Delete(data, at, at+n)
			what += fmt.Sprintf("%d bytes removed at %d; ", n, at)
		case 3:
			data = slices.Insert(data, at, data[at:at+n]...)
			what += fmt.Sprintf("%d bytes doubled at %d; ", n, at)
		case 4:
			clear(data[at : at+n])
			what += fmt.Sprintf("%d zeros at %d; ", n, at)
		case 5:
			data = data[:at]
			what += fmt.Sprintf("cut off at %d; ", at)
		case 6:
			from := r.IntN(len(data) - n + 1)
			copy(data[at:at+n], bytes.Clone(data[from:from+n]))
			what += fmt.Sprintf("%d bytes copied from %d to %d; ", n, from, at)
		}
		if len(data) == 0 {
			break
		}
	}
	return mutation{what: what, data: data}
}
