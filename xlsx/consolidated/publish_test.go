package consolidated_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// TestEditionKeepsSilent looks for what must not be in the edition for circulation in every part of the package.
func TestEditionKeepsSilent(t *testing.T) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		in := exampleRound(t, id, 40)
		in = published(t, in, in.Template.Criteria[3].Ref)
		withheld := in.Template.Criteria[3].Subject
		book := consolidatedBytes(t, in)
		z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			part, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			for _, no := range []string{"Example School District", "Example Person", "SUM(A1)", "as adopted by the board", ".xlsx", "<f>", withheld} {
				if strings.Contains(string(part), no) {
					t.Errorf("%s: %s has %q", id, f.Name, no)
				}
			}
		}
	}
}

// The edition has no sheet Priorities, and its Overview lists the lowest means in place of the first of it.
func TestOverviewOfTheEdition(t *testing.T) {
	in := exampleRound(t, "uk-dmm", 40)
	for _, x := range []struct {
		in                  consolidated.Input
		heading, notHeading string
	}{{in, "Furthest short of the level to reach", "Least mature criteria"}, {published(t, in), "Least mature criteria", "Furthest short of the level to reach"}} {
		rows := rowsOf(t, consolidatedBytes(t, x.in), "Overview")
		at := slices.IndexFunc(rows, func(row []string) bool { return slices.Contains(row, x.heading) })
		if at < 0 || slices.ContainsFunc(rows, func(row []string) bool { return slices.Contains(row, x.notHeading) }) {
			t.Fatalf("Overview has %q: %v", x.heading, at >= 0)
		}
		for _, row := range rows[at+2 : at+7] {
			if len(row) < 16 || row[9] == "" || row[15] == "" {
				t.Errorf("below %q stands %q", x.heading, row)
			}
		}
	}
}

func TestEditionNeedsEnoughReturns(t *testing.T) {
	in := exampleRound(t, "uk-dmm", 3)
	in = published(t, in)
	if err := consolidated.Write(io.Discard, in); err == nil || !strings.Contains(err.Error(), "fewer than the 6") {
		t.Errorf("an edition of %d returns gave the error %v", in.Consolidation.Returned, err)
	}
}

// TestEditionAttacked tries to work out from the edition what it does not show. What it shows of groups is read
// from its sheet Groups; for each topic, a group whose median is there is taken as a sum over its returned members. No linear combination of
// these may give a set of the minimum or fewer members. Medians cannot be subtracted; they are held to the same all the same.
func TestEditionAttacked(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	for round := range 16 {
		in := exampleRound(t, "uk-dmm", 12+r.IntN(40))
		regions, types := 2+r.IntN(4), 2+r.IntN(3)
		for i := range in.Members {
			in.Members[i].Recipient.Groups = map[string]string{
				"Region": fmt.Sprintf("Region %d", min(r.IntN(regions), r.IntN(regions))), "Type": fmt.Sprintf("Type %d", min(r.IntN(types), r.IntN(types))),
			}
		}
		in.Register = models.Register{}
		in = published(t, rescored(in, in.Scoring))
		attack(t, fmt.Sprintf("round %d", round), in)
	}
}

func attack(t *testing.T, name string, in consolidated.Input) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(consolidatedBytes(t, in)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Groups")
	if err != nil {
		t.Fatal(err)
	}
	// Members who cannot be told apart by their groups are one class.
	classOf, weight := map[string]int{}, []int{}
	var members []int
	for _, m := range in.Members {
		key := m.Recipient.Groups["Region"] + "\x00" + m.Recipient.Groups["Type"]
		class, ok := classOf[key]
		if !ok {
			class = len(weight)
			classOf[key], weight = class, append(weight, 0)
		}
		if m.Return != nil {
			weight[class]++
		}
		members = append(members, class)
	}
	vector := func(column, value string) []*big.Rat {
		v := make([]*big.Rat, len(weight))
		for i := range v {
			v[i] = new(big.Rat)
		}
		for i, m := range in.Members {
			if column == "All" || m.Recipient.Groups[column] == value {
				v[members[i]].SetInt64(1)
			}
		}
		return v
	}
	if len(weight) > 14 {
		return
	}
	for topic := 5; topic < len(rows[3]); topic++ { // after the response
		var shown [][]*big.Rat
		for _, row := range rows[4:] {
			if len(row) <= topic {
				continue
			}
			if _, err := strconv.ParseFloat(row[topic], 64); err == nil {
				shown = append(shown, vector(row[0], row[1]))
			}
		}
		attackTopic(t, name, eliminate(shown, len(weight)), weight, in.Round.SmallestGroup())
	}
}

// attackTopic looks for sets of the minimum or fewer that follow from the groups shown.
func attackTopic(t *testing.T, name string, basis map[int][]*big.Rat, weight []int, minimum int) {
	t.Helper()
	for set := uint(1); set < 1<<len(weight); set++ {
		n, v := 0, make([]*big.Rat, len(weight))
		for i := range v {
			v[i] = new(big.Rat)
			if set>>i&1 == 1 {
				n += weight[i]
				v[i].SetInt64(1)
			}
		}
		if n > 0 && n <= minimum && bits.OnesCount(set) <= 4 && inSpan(basis, v) {
			t.Errorf("%s: a set of %d members can be worked out (%d classes)", name, n, bits.OnesCount(set))
		}
	}
}

// eliminate brings vectors into echelon form.
func eliminate(list [][]*big.Rat, width int) map[int][]*big.Rat {
	basis := map[int][]*big.Rat{}
	for _, v := range list {
		if p, rest := reduce(basis, v); p < width {
			basis[p] = rest
		}
	}
	return basis
}

// reduce takes the basis out of v, and returns the place of what is left, or len(v) if nothing is.
func reduce(basis map[int][]*big.Rat, v []*big.Rat) (int, []*big.Rat) {
	rest := make([]*big.Rat, len(v))
	for i := range v {
		rest[i] = new(big.Rat).Set(v[i])
	}
	for p := range rest {
		if rest[p].Sign() == 0 {
			continue
		}
		row, ok := basis[p]
		if !ok {
			return p, rest
		}
		f := new(big.Rat).Quo(rest[p], row[p])
		for i := p; i < len(rest); i++ {
			rest[i].Sub(rest[i], new(big.Rat).Mul(f, row[i]))
		}
	}
	return len(v), rest
}

func inSpan(basis map[int][]*big.Rat, v []*big.Rat) bool {
	p, _ := reduce(basis, v)
	return p == len(v)
}
