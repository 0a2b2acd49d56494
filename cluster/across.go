package cluster

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/models"
)

// lookFn decides about a shard, and gives on what others are to be compared with.
type lookFn struct{ Options Options }

func (f *lookFn) ProcessElement(_ ctx, shard int, next func(*[]byte) bool, texts, all func(string, string), together func(string, []byte)) error {
	r, err := f.Options.round()
	if err != nil {
		return err
	}
	list, err := reads(next)
	if err != nil {
		return err
	}
	d := r.Decide(shard, list)
	for _, p := range d.Prints() {
		who := printed(p)
		for _, digest := range p.Texts {
			texts(string(digest[:]), who)
		}
		for _, digest := range p.All {
			all(string(digest[:]), who)
		}
	}
	for _, x := range d.Together() {
		b, err := json.Marshal(beside{shard, x})
		if err != nil {
			return err
		}
		together(d.FileOf(x.File), b)
	}
	return nil
}

// printed is whose print it is, as text.
func printed(p checks.Print) string {
	parts := ""
	if p.Parts {
		parts = "parts"
	}
	return p.Recipient + "\x00" + parts + "\x00" + p.File
}

func parsedPrint(s string) checks.Print {
	id, rest, _ := strings.Cut(s, "\x00")
	parts, file, _ := strings.Cut(rest, "\x00")
	return checks.Print{Recipient: id, Parts: parts != "", File: file}
}

// pairFn pairs those whose prints have a digest in common. What is the same is a number that can be summed: 1 for a text, and
// alikeAll for all.
type pairFn struct{ All bool }

const alikeAll = 1 << 40

func (f *pairFn) ProcessElement(_ string, next func(*string) bool, pair func(string, int64)) error {
	var who []string
	var s string
	for next(&s) {
		who = append(who, s)
	}
	slices.SortFunc(who, func(a, b string) int { return strings.Compare(parsedPrint(a).Recipient, parsedPrint(b).Recipient) })
	emit := func(n int64) func(a, b int) {
		return func(a, b int) {
			if who[a] != who[b] {
				pair(who[a]+"\x01"+who[b], n)
			}
		}
	}
	if f.All {
		checks.AlikeByAll(len(who), emit(alikeAll))
	} else {
		checks.AlikeByText(len(who), emit(1))
	}
	return nil
}

// copyFn sums what is the same of a pair, and says to the shards of both where they look copied.
type copyFn struct{ Options Options }

func (f *copyFn) ProcessElement(pair string, next func(*int64) bool, emit func(int, []byte)) error {
	var sum, n int64
	for next(&n) {
		sum += n
	}
	r, err := f.Options.round()
	if err != nil {
		return err
	}
	a, b, _ := strings.Cut(pair, "\x01")
	for _, c := range checks.CopiesOf(parsedPrint(a), parsedPrint(b), checks.Alike{Texts: int(sum % alikeAll), All: sum >= alikeAll}) {
		b, err := json.Marshal(c)
		if err != nil {
			return err
		}
		emit(r.ShardOf(c.Recipient), b)
	}
	return nil
}

// beside is a file that came together with others, and its shard.
type beside struct {
	Shard int
	checks.Beside
}

// kept is what becomes of it.
type kept struct {
	checks.Kept
	// Findings are encoded, since they know more than JSON has.
	Encoded []byte
}

// besideFn gives the evidence in one file of returns/ to the returns that it came with.
type besideFn struct{}

func (f *besideFn) ProcessElement(_ string, next func(*[]byte) bool, emit func(int, []byte)) error {
	var list []beside
	var b []byte
	for next(&b) {
		var x beside
		if err := json.Unmarshal(b, &x); err != nil {
			return err
		}
		list = append(list, x)
	}
	slices.SortFunc(list, func(a, b beside) int { return strings.Compare(a.File, b.File) })
	shards := map[string]int{}
	var came []checks.Beside
	for _, x := range list {
		shards[x.File] = x.Shard
		came = append(came, x.Beside)
	}
	for _, k := range checks.KeepBeside(came) {
		x := kept{k, models.AppendFindings(nil, k.Findings)}
		x.Findings = nil
		b, err := json.Marshal(x)
		if err != nil {
			return err
		}
		emit(shards[k.File], b)
	}
	return nil
}

// found decodes the copies and the evidence of a shard.
func found(copies, evidence func(*[]byte) bool) (a []checks.Copy, b []checks.Kept, err error) {
	var raw []byte
	for copies(&raw) {
		var c checks.Copy
		if err := json.Unmarshal(raw, &c); err != nil {
			return nil, nil, err
		}
		a = append(a, c)
	}
	d := models.ReturnDecoder{Packer: &models.Packer{}}
	for evidence(&raw) {
		var k kept
		if err := json.Unmarshal(raw, &k); err != nil {
			return nil, nil, err
		}
		if k.Findings, err = d.Findings(k.Encoded); err != nil {
			return nil, nil, err
		}
		b = append(b, k.Kept)
	}
	slices.SortFunc(b, func(x, y checks.Kept) int { return strings.Compare(x.File, y.File) })
	return a, b, nil
}
