package templates

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
)

// DraftCrosswalk proposes how the criteria of from go on in to. What is beyond doubt is settled: the same wording,
// under the same ref or another. Everything else that it proposes has Check set, so that a person must confirm
// it: a changed wording under the same ref, and what looks like a criterion under another ref. Splits and merges
// are not proposed.
func DraftCrosswalk(from, to *models.Template) *crosswalk.Crosswalk {
	x := &crosswalk.Crosswalk{From: from.Edition(), To: to.Edition(), Levels: draftLevels(from, to)}
	pairs := pairUp(from, to)
	came := map[string]crosswalk.Entry{}
	for _, p := range pairs {
		kind := crosswalk.Renamed
		if p.a.Ref == p.b.Ref {
			kind = crosswalk.Same
		}
		e := crosswalk.Entry{Kind: kind, From: []string{p.a.Ref}, To: []string{p.b.Ref}, Check: p.likeness < identical}
		if e.Check {
			e.Note = p.what(from, to)
		}
		came[p.b.Ref] = e
	}
	goes := map[string]bool{}
	for _, e := range came {
		goes[e.From[0]] = true
	}
	for _, c := range to.Criteria {
		if e, ok := came[c.Ref]; ok {
			x.Entries = append(x.Entries, e)
		} else {
			x.Entries = append(x.Entries, crosswalk.Entry{Kind: crosswalk.New, To: []string{c.Ref}})
		}
	}
	for _, c := range from.Criteria {
		if !goes[c.Ref] {
			x.Entries = append(x.Entries, crosswalk.Entry{Kind: crosswalk.Retired, From: []string{c.Ref}})
		}
	}
	return x
}

// draftLevels proposes counterparts for scales of other numbers but as many steps; of the same names they are
// beyond doubt.
func draftLevels(from, to *models.Template) []crosswalk.Level {
	if from.Levels[0].Number == to.Levels[0].Number && len(from.Levels) == len(to.Levels) || len(from.Levels) != len(to.Levels) {
		return nil
	}
	var out []crosswalk.Level
	for i, l := range from.Levels {
		out = append(out, crosswalk.Level{From: l.Number, To: to.Levels[i].Number, Check: !strings.EqualFold(l.Name, to.Levels[i].Name)})
	}
	return out
}

// pairing is a criterion of either template that may be the same; likeness runs from 0 to identical.
type pairing struct {
	a, b     *models.Criterion
	likeness float64
}

const (
	identical = 2.0
	// alike is the likeness from which on a criterion under another ref is proposed: more than half of the
	// words are the same. Under the same ref everything is proposed, for the ref says it.
	alike = 0.55
	// sameRef is what having the same ref is worth.
	sameRef = 0.25
)

// pairUp finds for each criterion its counterpart, the most alike first.
func pairUp(from, to *models.Template) []pairing {
	var all []pairing
	before, after := map[string]map[string]bool{}, map[string]map[string]bool{}
	for i := range from.Criteria {
		before[from.Criteria[i].Ref] = wordSet(&from.Criteria[i])
	}
	for i := range to.Criteria {
		after[to.Criteria[i].Ref] = wordSet(&to.Criteria[i])
	}
	for i := range from.Criteria {
		a := &from.Criteria[i]
		for k := range to.Criteria {
			b := &to.Criteria[k]
			if a.Kind != b.Kind {
				continue
			}
			p := pairing{a, b, likeness(before[a.Ref], after[b.Ref])}
			switch {
			case sameTexts(a, b):
				p.likeness = identical
			case strings.EqualFold(a.Subject, b.Subject):
				p.likeness = max(p.likeness, 0.75)
			}
			if a.Ref == b.Ref || p.likeness >= alike {
				all = append(all, p)
			}
		}
	}
	rank := func(p pairing) float64 {
		if p.a.Ref == p.b.Ref {
			return p.likeness + sameRef
		}
		return p.likeness
	}
	slices.SortStableFunc(all, func(x, y pairing) int { return cmp.Compare(rank(y), rank(x)) })
	usedA, usedB := map[string]bool{}, map[string]bool{}
	var out []pairing
	for _, p := range all {
		if !usedA[p.a.Ref] && !usedB[p.b.Ref] {
			usedA[p.a.Ref], usedB[p.b.Ref] = true, true
			out = append(out, p)
		}
	}
	return out
}

// sameTexts says whether a respondent reads the same: subject, statement and descriptors.
func sameTexts(a, b *models.Criterion) bool {
	return a.Subject == b.Subject && a.Statement == b.Statement && maps.Equal(a.Descriptors, b.Descriptors)
}

func wordSet(c *models.Criterion) map[string]bool {
	out := map[string]bool{}
	texts := []string{c.Subject, c.Statement}
	for _, n := range sortedKeys(c.Descriptors) {
		texts = append(texts, c.Descriptors[n])
	}
	for _, text := range texts {
		for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len(w) > 3 || !isASCII(w) {
				out[w] = true
			}
		}
	}
	return out
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// likeness is the share of the words of both that both have (Jaccard).
func likeness(a, b map[string]bool) float64 {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

// what says what a person has to look at.
func (p pairing) what(from, to *models.Template) string {
	var parts []string
	if p.a.Ref != p.b.Ref {
		parts = append(parts, fmt.Sprintf("looks like %s under another ref", p.a.Ref))
	}
	if p.a.Subject != p.b.Subject {
		parts = append(parts, fmt.Sprintf("subject was %s", brief(p.a.Subject)))
	}
	if p.a.Statement != p.b.Statement {
		parts = append(parts, "the statement changed")
	}
	var changed []string
	for _, l := range from.Levels {
		if was, is := p.a.Descriptors[l.Number], p.b.Descriptors[l.Number]; was != is && p.a.Kind == models.KindLevels {
			changed = append(changed, fmt.Sprint(l.Number))
		}
	}
	if len(changed) > 0 && from.Levels[0].Number == to.Levels[0].Number {
		parts = append(parts, "wording changed at level "+strings.Join(changed, ", "))
	}
	if p.likeness < 0.3 {
		parts = append(parts, "hardly a word is the same")
	}
	if len(parts) == 0 {
		return "the wording changed"
	}
	return strings.Join(parts, "; ")
}
