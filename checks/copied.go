package checks

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"maps"
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

// Print is what is compared of a recipient's return that counts with those of others: all answers, texts included; or at
// least copiedAnswers with a speaking text each. Levels alone are no sign: many organisations stand at the same.
//
// Where a recipient's answers came in parts, the parts are compared too, each whole.
type Print struct {
	Recipient string
	// File is the return, as models.Return has it; Parts says that it came in several.
	File  string
	Parts bool
	// Texts has a digest of each answer with a speaking text, All those of all answers, where enough of them have one.
	Texts []shortDigest
	All   []digest
}

// Prints are those of all returns that count, by recipient. They are given once.
func (d *Decided) Prints() []Print {
	ids := slices.Sorted(maps.Keys(d.counted))
	out := make([]Print, len(ids))
	for i, id := range ids {
		c := d.counted[id]
		out[i] = Print{Recipient: id, File: c.ret.File, Parts: len(c.files) > 1, Texts: c.texts}
		for _, p := range c.prints {
			if p.telling {
				out[i].All = append(out[i].All, p.of)
			}
		}
		c.texts, c.prints = nil, nil
	}
	return out
}

// Alike is how much of two returns is the same. Those of one pair are put together by Add.
type Alike struct {
	// Texts is how many answers with a speaking text are; All says that all answers, of a part at least, are.
	Texts int
	All   bool
}

// Add puts two findings about one pair together.
func (a Alike) Add(b Alike) Alike { return Alike{a.Texts + b.Texts, a.All || b.All} }

// AlikeByText calls pair with the places of each two of n prints, sorted by recipient, that have one digest in Texts. One
// that many have is a common text, and no sign.
func AlikeByText(n int, pair func(a, b int)) {
	for a := range n {
		for b := a + 1; b < n && n < sharedText; b++ {
			pair(a, b)
		}
	}
}

// AlikeByAll is the same for a digest in All. Of very many it pairs each with some.
func AlikeByAll(n int, pair func(a, b int)) {
	for a := range n {
		for b := a + 1; b < min(n, a+1+sharedText); b++ {
			pair(a, b)
		}
	}
}

// Copy is a return that looks copied from another, or the other from it.
type Copy struct {
	Recipient string
	// Other is whose the other is, and File that.
	Other, File string
	Alike       Alike
	// Parts says that one of the two came in several parts.
	Parts bool
}

// CopiesOf says of two returns that they look copied, to either of them, or nothing.
func CopiesOf(a, b Print, alike Alike) []Copy {
	if !alike.All && alike.Texts < copiedAnswers {
		return nil
	}
	parts := a.Parts || b.Parts
	return []Copy{{a.Recipient, b.Recipient, b.File, alike, parts}, {b.Recipient, a.Recipient, a.File, alike, parts}}
}

// Copies finds those that look copied among the prints of all recipients, which are sorted by recipient.
func Copies(prints []Print) []Copy {
	total := 0
	for i := range prints {
		total += len(prints[i].Texts)
	}
	texts := make([]spoken, 0, total)
	byAll := map[digest][]int{}
	for i := range prints {
		for _, key := range prints[i].Texts {
			texts = append(texts, spoken{key, int32(i)})
		}
		for _, all := range prints[i].All {
			byAll[all] = append(byAll[all], i)
		}
		prints[i].Texts = nil
	}
	type pair struct{ a, b int }
	same := map[pair]Alike{}
	slices.SortFunc(texts, func(a, b spoken) int {
		return cmp.Or(bytes.Compare(a.key[:], b.key[:]), cmp.Compare(a.by, b.by))
	})
	for len(texts) > 0 {
		n := 1
		for n < len(texts) && texts[n].key == texts[0].key {
			n++
		}
		AlikeByText(n, func(a, b int) {
			p := pair{int(texts[a].by), int(texts[b].by)}
			same[p] = same[p].Add(Alike{Texts: 1})
		})
		texts = texts[n:]
	}
	for _, list := range byAll {
		AlikeByAll(len(list), func(a, b int) {
			p := pair{list[a], list[b]}
			same[p] = same[p].Add(Alike{All: true})
		})
	}
	var out []Copy
	for p, alike := range same {
		if p.a != p.b {
			out = append(out, CopiesOf(prints[p.a], prints[p.b], alike)...)
		}
	}
	return out
}

// Copied notes what looks copied, of the recipients that were decided about.
func (d *Decided) Copied(list []Copy) {
	others := map[string][]words.Said{} // what to say of each, by the other
	for _, x := range list {
		what := words.Sayf("%d answers are the same word for word", x.Alike.Texts)
		switch {
		case x.Alike.All && x.Parts:
			what = words.Sayf("all answers, comments and evidence of a part are the same")
		case x.Alike.All:
			what = words.Sayf("all answers, comments and evidence are the same")
		}
		others[x.Recipient] = append(others[x.Recipient], words.Sayf("%s (%s): %s", x.Other, x.File, what))
	}
	for id, list := range others {
		if c := d.counted[id]; c != nil {
			slices.SortFunc(list, func(a, b words.Said) int { return strings.Compare(a.String(), b.String()) })
			c.files[0].add(models.CopiedReturn, "The return looks copied from, or by, %s.", words.Joined("; ", list...))
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
