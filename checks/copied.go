package checks

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

const (
	// copiedAnswers is how many answers two returns must share, each with a text of its own, to look copied.
	copiedAnswers = 20
	// copiedTexts is how many speaking texts two returns must have whose answers are all the same.
	copiedTexts = 3
	// speakingText is how many letters a text must have to be one's own: "see policy" is anybody's.
	speakingText = 15
	// sharedText is the number of recipients from which on a text is taken for a common one, such as a
	// sentence that the district gave to all its schools.
	sharedText = 10
)

// copied finds recipients whose returns that count have the same answers and texts: all of them, texts
// included; or at least copiedAnswers with a speaking text each. Levels alone are no sign: many
// organisations stand at the same.
//
// Where a recipient's answers came in parts, the parts are compared too, each whole.
func copied(counted map[string]*credit) {
	ids := make([]string, 0, len(counted))
	for id := range counted {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	total := 0
	for _, c := range counted {
		total += len(c.texts)
	}
	texts := make([]spoken, 0, total)
	byAll := map[digest][]int{}
	for i, id := range ids {
		c := counted[id]
		for _, key := range c.texts {
			texts = append(texts, spoken{key, int32(i)})
		}
		for _, p := range c.prints {
			if p.telling {
				byAll[p.of] = append(byAll[p.of], i)
			}
		}
		c.texts, c.prints = nil, nil
	}
	type pair struct{ a, b int }
	same := map[pair]int{}
	slices.SortFunc(texts, func(a, b spoken) int {
		return cmp.Or(bytes.Compare(a.key[:], b.key[:]), cmp.Compare(a.by, b.by))
	})
	for len(texts) > 0 {
		n := 1
		for n < len(texts) && texts[n].key == texts[0].key {
			n++
		}
		list := texts[:n]
		texts = texts[n:]
		if n >= sharedText {
			continue
		}
		for k, a := range list {
			for _, b := range list[k+1:] {
				same[pair{int(a.by), int(b.by)}]++
			}
		}
	}
	others := make([][]words.Said, len(ids)) // what to say of each, by the other
	note := func(a, b int, what words.Said) {
		others[a] = append(others[a], words.Sayf("%s (%s): %s", ids[b], counted[ids[b]].ret.File, what))
	}
	whole := map[pair]bool{}
	for _, list := range byAll {
		for k, a := range list {
			for _, b := range list[k+1 : min(len(list), k+1+sharedText)] {
				if whole[pair{a, b}] {
					continue
				}
				whole[pair{a, b}] = true
				what := words.Sayf("all answers, comments and evidence are the same")
				if len(counted[ids[a]].files) > 1 || len(counted[ids[b]].files) > 1 {
					what = words.Sayf("all answers, comments and evidence of a part are the same")
				}
				note(a, b, what)
				note(b, a, what)
			}
		}
	}
	for p, n := range same {
		if n >= copiedAnswers && !whole[p] {
			what := words.Sayf("%d answers are the same word for word", n)
			note(p.a, p.b, what)
			note(p.b, p.a, what)
		}
	}
	for i, list := range others {
		if len(list) > 0 {
			slices.SortFunc(list, func(a, b words.Said) int { return strings.Compare(a.String(), b.String()) })
			counted[ids[i]].files[0].add(models.CopiedReturn, "The return looks copied from, or by, %s.", words.Joined("; ", list...))
		}
	}
}

// printed is the digest of all answers of a recipient, or of a part, and whether texts in it are telling.
type printed struct {
	of      digest
	telling bool
}

// digest is the first half of the SHA-256 of a text: texts of a large round would not all fit into memory.
type digest [sha256.Size / 2]byte

func digestOf(text []byte) digest {
	sum := sha256.Sum256(text)
	return digest(sum[:])
}

// print takes the fingerprints of a credit, whose files are open: of all its answers together, and where they came in
// parts of each part.
func (c *credit) print() {
	var texts [200]shortDigest
	keys := texts[:0]
	all, speaking := fingerprint(c.files, func(key digest) { keys = append(keys, shortDigest(key[:])) })
	c.texts = slices.Clone(keys)
	c.prints = []printed{{all, speaking >= copiedTexts}}
	if len(c.files) > 1 {
		for _, f := range c.files {
			all, speaking := fingerprint([]*file{f}, func(digest) {})
			if p := (printed{all, speaking >= copiedTexts}); !slices.Contains(c.prints, p) {
				c.prints = append(c.prints, p)
			}
		}
	}
}

// shortDigest is a quarter of a SHA-256, for single answers: a round of a million recipients has tens of millions. Two that
// are alike by chance change nothing, as copied answers are many.
type shortDigest [sha256.Size / 4]byte

// spoken is an answer with a speaking text, and the place of the recipient that gave it.
type spoken struct {
	key shortDigest
	by  int32
}

// fingerprint takes the digest of all answers of a recipient's files, calls each with that of every answer that has a
// speaking text, and counts these.
func fingerprint(files []*file, each func(key digest)) (all digest, speaking int) {
	var b []byte
	var answers []*models.Answer
	for _, f := range files {
		own := f.sent()
		for i := range own {
			answers = append(answers, &own[i])
		}
	}
	if len(files) > 1 {
		slices.SortStableFunc(answers, func(a, b *models.Answer) int { return strings.Compare(a.Ref, b.Ref) })
	}
	for _, a := range answers {
		text := plainName(a.Comment.Value) + "\x00" + plainName(a.Evidence.Value)
		key := a.Ref + "\x00" + a.Level.Value.String() + "\x00" + text
		b = append(b, key+"\x00"+a.Target.Value.String()+"\x01"...)
		if len([]rune(text)) > speakingText && !a.Level.Value.IsBlank() {
			speaking++
			each(digestOf([]byte(key)))
		}
	}
	return digestOf(b), speaking
}
