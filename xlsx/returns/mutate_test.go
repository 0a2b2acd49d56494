package returns_test

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
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
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
	counts, slowest := mutate(t, n, seed, func(b *base, data []byte) models.Return { return read(t, b.tm, data) }, func(i int, level string, m mutation, why string, ret models.Return) {
		t.Errorf("seed %d, change %d (%s): %s: %s; findings %v", seed, i, level, m.what, why, trybook.FindingList(ret))
		if dir := os.Getenv("RUBRIC_KEEP"); dir != "" {
			_ = os.WriteFile(fmt.Sprintf("%s/%d.xlsx", dir, i), m.data, 0o600)
		}
	})
	if testing.Verbose() {
		results := []string{"unchanged", "as the file says", "repair", "finding", "refused", silentlyWrong}
		fmt.Printf("%-8s", "")
		for _, x := range results {
			fmt.Printf("%18s", x)
		}
		fmt.Println()
		for _, l := range mutationLevels {
			fmt.Printf("%-8s", l.name)
			for _, x := range results {
				fmt.Printf("%18d", counts[l.name][x])
			}
			fmt.Println()
		}
		fmt.Printf("%d changes from seed %d, slowest %v\n", n, seed, slowest.Round(time.Millisecond))
	}
}

var mutationLevels = []struct {
	name  string
	run   func(r *rand.Rand, b *base) mutation
	bases []string
}{{"bytes", mutateBytes, append(savedBases, "saved/libreoffice.ods", "saved/sheetjs.ods", "saved/excelize-password.xlsx")},
	{"xml", mutateXML, append(savedBases, "saved/libreoffice.ods", "saved/sheetjs.ods")},
	{"human", mutateByHand, append(savedBases, "saved/libreoffice.ods", "saved/sheetjs.ods", "saved/libreoffice.ods", "saved/sheetjs.ods")}}

// savedBases are the workbooks that are changed: our own, which are the largest, more often.
var savedBases = []string{"uk-dmm", "csis-cdm3", "uk-dmm", "csis-cdm3", "saved/libreoffice.xlsx", "saved/libreoffice.xlsm", "saved/openpyxl.xlsx", "saved/exceljs.xlsx", "saved/sheetjs.xlsx", "saved/sheetjs.xlsm"}

// mutate makes n changes, has each file read, and counts what became of them by level. wrong is told of each that is
// silently wrong.
func mutate(t *testing.T, n int, seed uint64, reader func(*base, []byte) models.Return, wrong func(i int, level string, m mutation, why string, ret models.Return)) (counts map[string]map[string]int, slowest time.Duration) {
	counts = map[string]map[string]int{}
	for i := range n {
		l := mutationLevels[i%len(mutationLevels)]
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		b := baseOf(t, l.bases[i/len(mutationLevels)%len(l.bases)])
		m := l.run(r, b)
		start := time.Now()
		ret := reader(b, m.data)
		slowest = max(slowest, time.Since(start))
		result, why := m.judge(b, ret)
		if counts[l.name] == nil {
			counts[l.name] = map[string]int{}
		}
		counts[l.name][result]++
		if result == silentlyWrong {
			wrong(i, l.name, m, why, ret)
		}
	}
	return counts, slowest
}

// TestMutationsNoticeABrokenReader lets readers with a fault of the kind that must never be through the same changes:
// each is found out.
func TestMutationsNoticeABrokenReader(t *testing.T) {
	for name, spoil := range map[string]func(b *base, ret *models.Return){
		"what is in doubt is taken for the lowest level": func(b *base, ret *models.Return) {
			for i := range ret.Answers() {
				if a := &ret.Answers()[i]; a.Level.Value.IsBlank() {
					a.Level.Value = models.At(b.tm.Scale(b.tm.Criterion(a.Ref)).Lowest())
				}
			}
		},
		"an answer is credited to the next criterion": func(b *base, ret *models.Return) {
			for i := 1; i < len(ret.Answers()); i++ {
				ret.Answers()[i].Level.Value = ret.Answers()[i-1].Level.Value
			}
		},
		"the last answer is dropped": func(b *base, ret *models.Return) { ret.SetAnswers(ret.Answers()[:max(len(ret.Answers())-1, 0)]) },
		"findings are lost":          func(b *base, ret *models.Return) { ret.Findings = nil },
		"comments are cut": func(b *base, ret *models.Return) {
			for i := range ret.Answers() {
				if c := &ret.Answers()[i].Comment.Value; len(*c) > 9 {
					*c = (*c)[:9]
				}
			}
		},
	} {
		n := 0
		mutate(t, 90, 7, func(b *base, data []byte) models.Return {
			ret := read(t, b.tm, data)
			spoil(b, &ret)
			return ret
		}, func(int, string, mutation, string, models.Return) { n++ })
		if n == 0 {
			t.Errorf("%s, and nothing of it is found", name)
		}
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
	// any are criteria of which the change does not say what has to come of them; loose are those that must be
	// blank or have a finding. lost is a finding with which all answers may be blank.
	any, loose map[string]bool
	lost       models.Code
	// texts says that comments and evidence belong to the same criteria as before.
	texts bool
	// expect is what must be said of looks and evidence.
	expect expected
}

// judge says what became of a change.
func (m mutation) judge(b *base, ret models.Return) (result, why string) {
	errors, warnings, repairs := models.Count(ret.Findings)
	for _, f := range ret.Findings {
		if strings.Contains(f.Message, "made the reader fail") {
			return silentlyWrong, "the reader panicked"
		}
	}
	if len(ret.Answers()) == 0 {
		if errors == 0 {
			return silentlyWrong, "no answers and no error"
		}
		return "refused", ""
	}
	if m.want != nil {
		if why := m.checkWant(b, ret); why != "" {
			return silentlyWrong, why
		}
		if why := m.expect.check(ret); why != "" {
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
	for i := range b.plain.Answers() {
		p := &b.plain.Answers()[i]
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
	read := oracleOf
	if ret.Format == "ods" {
		read = oracleOfODS
	}
	o, err := read(data)
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
		if a.Level.Origin.Cell == "" && a.Level.Value.IsBlank() && trybook.HasCode(ret, models.ColumnMissing) {
			continue // the column of all answers is gone, and that is said once
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
			if want := strings.ReplaceAll(text(x.Origin), "\r\n", "\n"); x.Value != want && !(x.Value == "" && blankText(want)) && (o.shows == nil || x.Value != o.shows[x.Origin.Sheet][x.Origin.Cell]) { // a number stands in a text as it is shown
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
		if m.any[c.Ref] || m.loose[c.Ref] && (got.IsBlank() || found[c.Ref]) || m.lost != "" && got.IsBlank() && trybook.HasCode(ret, m.lost) {
			continue
		}
		if a := ret.Answer(c.Ref); a != nil && m.texts && !m.doubt[c.Ref] && !found[c.Ref] {
			if p := b.plain.Answer(c.Ref); a.Comment.Value != p.Comment.Value || a.Evidence.Value != p.Evidence.Value {
				return c.Ref + ": comment or evidence differs"
			}
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
