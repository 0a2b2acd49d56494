package models_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/rubric-project/rubric/models"
)

// someAnswers makes answers of every kind that a reader or a merging of parts can: blank and not, far numbers, texts of
// any bytes, several files, nested lists, none and empty ones.
func someAnswers(r *rand.Rand, deep int) []models.Answer {
	choice := func() models.Choice {
		switch r.IntN(4) {
		case 0:
			return models.Blank()
		case 1:
			return models.NotApplicable()
		case 2:
			return models.At(r.Int() - r.Int())
		}
		return models.At(r.IntN(6))
	}
	text := func() string {
		b := make([]byte, []int{0, 0, 3, 130, 2000}[r.IntN(5)])
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		return string(b)
	}
	origin := func() models.Origin {
		return models.Origin{File: []string{"", "a.xlsx", "b/c.xlsx"}[r.IntN(3)], Sheet: []string{"", "Assessment", "Über"}[r.IntN(3)],
			Cell: []string{"", fmt.Sprintf("H%d", r.IntN(5))}[r.IntN(2)]}
	}
	n := r.IntN(6)
	if n == 0 {
		return [][]models.Answer{nil, {}}[r.IntN(2)]
	}
	out := make([]models.Answer, n)
	for i := range out {
		a := &out[i]
		a.Ref = []string{"", "1.1", "KC-2", fmt.Sprint(i)}[r.IntN(4)]
		a.Level.Value, a.Target.Value, a.Evidence.Value, a.Comment.Value = choice(), choice(), text(), text()
		a.Level.Origin, a.Target.Origin, a.Evidence.Origin, a.Comment.Origin = origin(), origin(), origin(), origin()
		if deep > 0 && r.IntN(3) == 0 {
			a.Also = someAnswers(r, deep-1)
		}
	}
	return out
}

func TestPackedAnswersComeBackAsTheyWere(t *testing.T) {
	var p models.Packer
	var wg sync.WaitGroup
	for seed := range uint64(4) {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(seed, 4))
			for range 100 {
				want := someAnswers(r, 2)
				ret := models.Return{File: "a.xlsx"}.With(want)
				answered, first := ret.Answered(), ret.Answer("1.1")
				ret.Pack(&p)
				for range 2 {
					if got := ret.Answers(); !reflect.DeepEqual(got, want) {
						t.Errorf("seed %d: unpacked %+v, want %+v", seed, got, want)
						return
					}
				}
				if opened := ret.LaidOut(); !reflect.DeepEqual(opened, new(models.Return{File: "a.xlsx"}.With(want))) {
					t.Errorf("seed %d: LaidOut gives another return", seed)
				}
				if got := ret.Answered(); got != answered {
					t.Errorf("seed %d: %d answered when packed, want %d", seed, got, answered)
				}
				if got := ret.Answer("1.1"); !reflect.DeepEqual(got, first) {
					t.Errorf("seed %d: Answer gives %+v when packed, want %+v", seed, got, first)
				}
				again := models.Return{}.With(want)
				if again.PackLike(&ret); !reflect.DeepEqual(again.Answers(), want) {
					t.Errorf("seed %d: packed again the answers differ", seed)
				}
			}
		})
	}
	wg.Wait()
}

// The number of a decision stays with its answer where answers are packed; it is no part of what is stored, as that is
// what was read.
func TestPackedDecisions(t *testing.T) {
	var p models.Packer
	answers := []models.Answer{{Ref: "1"}, {Ref: "2", Also: []models.Answer{{Ref: "2"}, {Ref: "2"}}}, {Ref: "3"}, {Ref: "4"}}
	plain := models.Return{}.With(slices.Clone(answers))
	answers[1].Level.Origin.Decision, answers[2].Level.Origin.Decision = 7, 3000
	answers[1].Also = []models.Answer{{Ref: "2"}, {Ref: "2", Level: models.Sourced[models.Choice]{Origin: models.Origin{Decision: 5}}}}
	ret := models.Return{}.With(answers)
	ret.Pack(&p)
	if got := ret.Answers(); !reflect.DeepEqual(got, answers) {
		t.Errorf("got %+v, want %+v", got, answers)
	}
	if string(ret.AppendTo(nil)) != string(plain.AppendTo(nil)) {
		t.Error("what is stored depends on decisions")
	}
	plain.Pack(&p)
	if got := plain.Answers(); got[1].Level.Origin.Decision != 0 {
		t.Error("a return without decisions has one, of another with the same shape")
	}
}

// elsewhere keeps texts outside of the packer, as long as it is not broken.
type elsewhere struct {
	mu     sync.Mutex
	kept   []byte
	full   int
	broken bool
}

func (e *elsewhere) Keep(texts string) (int64, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.kept)+len(texts) > e.full {
		return 0, false
	}
	e.kept = append(e.kept, texts...)
	return int64(len(e.kept) - len(texts)), true
}

func (e *elsewhere) At(at int64, n int) (string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.broken {
		return "", errors.New("the disk is gone")
	}
	return string(e.kept[at : int(at)+n]), nil
}

// Answers whose texts lie elsewhere are the same, when they are packed, decoded, encoded and laid out; those for which there is
// no room stay in memory. Texts that cannot be had any more are noticed.
func TestTextsElsewhere(t *testing.T) {
	e := &elsewhere{full: 4000}
	p := models.Packer{Texts: e}
	r := rand.New(rand.NewPCG(9, 4))
	var returns []models.Return
	var want [][]models.Answer
	for range 200 {
		answers := someAnswers(r, 2)
		plain := models.Return{File: "a.xlsx"}.With(answers)
		packed := models.Return{File: "a.xlsx"}.With(answers)
		packed.Pack(&p)
		again, err := new(models.ReturnDecoder{Packer: &p}).Return(plain.AppendTo(nil))
		if err != nil {
			t.Fatal(err)
		}
		if a, b := packed.AppendTo(nil), plain.AppendTo(nil); string(a) != string(b) {
			t.Fatalf("what is stored is another:\n%q\n%q", a, b)
		}
		returns, want = append(returns, packed, again), append(want, answers, answers)
	}
	if len(e.kept) < 3000 {
		t.Fatalf("only %d bytes lie elsewhere", len(e.kept))
	}
	for i := range returns {
		if got := returns[i].Answers(); !reflect.DeepEqual(got, want[i]) {
			t.Fatalf("%d: %+v, want %+v", i, got, want[i])
		}
	}
	if err := p.Err(); err != nil {
		t.Fatal(err)
	}
	e.broken = true
	for i := range returns {
		if got := returns[i].Answers(); len(got) != len(want[i]) {
			t.Fatalf("%d answers, want %d", len(got), len(want[i]))
		}
	}
	if p.Err() == nil {
		t.Error("nobody hears of texts that are lost")
	}
}
