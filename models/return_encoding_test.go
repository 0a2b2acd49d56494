package models_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/plans"
	"github.com/rubric-project/rubric/words"
)

// someReturn makes a return with anything in it that its fields can hold: no list, an empty one and a long one, times
// in UTC, elsewhere and none.
func someReturn(r *rand.Rand) models.Return {
	text := func() string {
		return []string{"", "a", "Über\x00\xff", "a longer text that stands for a comment"}[r.IntN(4)]
	}
	origin := func() models.Origin { return models.Origin{File: text(), Sheet: text(), Cell: text()} }
	sourced := func() models.Sourced[string] { return models.Sourced[string]{Value: text(), Origin: origin()} }
	at := func() time.Time {
		t := time.Unix(r.Int64N(1<<40)-1<<39, r.Int64N(1e9))
		switch r.IntN(3) {
		case 0:
			return time.Time{}
		case 1:
			return t.UTC()
		}
		return t.In(time.FixedZone(text(), r.IntN(100_000)-50_000))
	}
	out := models.Return{File: text(), Digest: text(), Size: r.Int64() - r.Int64(), Format: text(), Application: text(), Saved: at(), Received: at(),
		Respondent: models.Respondent{Name: sourced(), Role: sourced(), Date: sourced(), SignedBy: sourced(), Checked: sourced()}}
	if n := r.IntN(4) - 1; n >= 0 {
		out.Senders, out.Claims, out.Questions, out.Findings = make([]string, n), make([]models.Claim, n), make([]models.QuestionAnswer, n), make([]models.Finding, n)
	}
	out.Container, out.Beside = text(), r.IntN(2) == 0
	for i := range out.Senders {
		out.Senders[i] = text()
		out.Confirmed = append(out.Confirmed, text())
		out.Claims[i] = models.Claim{Place: models.Place(text()), Reference: text(), Name: text(), Origin: origin(), Manifest: models.Manifest{Round: text(),
			Template: text(), TemplateVersion: text(), TemplateDigest: text(), Recipient: text(), Name: text(), Part: text(), Topics: text(), Role: text(), Seal: text()}}
		out.Questions[i] = models.QuestionAnswer{ID: text(), Type: models.QuestionType(text()), Answer: sourced()}
		out.Findings[i] = models.Finding{Code: models.Code(text()), Severity: models.Severity(text()), Origin: origin(), Recipient: text(), Ref: text(), Message: text(), Remedy: text(), Action: actions.Action{Name: fault.ActionName(text())}}
		if n := r.IntN(4) - 1; n >= 0 {
			out.Findings[i].Action.On = make([]string, n)
			for k := range n {
				out.Findings[i].Action.On[k] = text()
			}
		}
	}
	if n := r.IntN(5) - 1; n >= 0 {
		out.Plan = &plans.Plan{}
		if n > 0 {
			out.Plan.Actions = make([]plans.Action, n-1)
		}
		cell := func() plans.Cell { return plans.Cell{Value: text(), Sheet: text(), Cell: text()} }
		for i := range out.Plan.Actions {
			out.Plan.Actions[i] = plans.Action{ID: text(), Ref: text(), At: cell(), Cause: cell(), Action: cell(), Owner: cell(), Progress: cell(), Due: cell(), Said: cell(), On: at(), Status: plans.Status(text())}
		}
	}
	return out.With(someAnswers(r, 2))
}

// TestAReturnIsDecodedAsItWasEncoded compares every field, and goes both ways with packed answers and without.
func TestAReturnIsDecodedAsItWasEncoded(t *testing.T) {
	var p, other models.Packer
	d := models.ReturnDecoder{Packer: &p}
	for seed := range uint64(2000) {
		want := someReturn(rand.New(rand.NewPCG(seed, 13)))
		b := want.AppendTo(nil)
		got, err := d.Return(b)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if answered := want.Answered(); got.Answered() != answered {
			t.Fatalf("seed %d: %d answered, want %d", seed, got.Answered(), answered)
		}
		if laid := got.LaidOut(); !reflect.DeepEqual(*laid, want) {
			t.Fatalf("seed %d: decoded\n%+v, want\n%+v", seed, *laid, want)
		}
		want.Pack(&other)
		if again := want.AppendTo(nil); !bytes.Equal(again, b) {
			t.Fatalf("seed %d: packed it is encoded otherwise", seed)
		}
		list, err := d.Findings(models.AppendFindings(nil, want.Findings))
		if err != nil || !reflect.DeepEqual(list, want.Findings) {
			t.Fatalf("seed %d: findings %+v, %v, want %+v", seed, list, err, want.Findings)
		}
	}
}

// TestNoFieldIsForgotten sees that the encoding is looked at when a type in it gets another field.
func TestNoFieldIsForgotten(t *testing.T) {
	// Of an origin, the decision is no part of the encoding: what is stored is what was read.
	for typ, want := range map[reflect.Type]int{reflect.TypeFor[models.Manifest](): 10, reflect.TypeFor[models.Origin](): 4,
		reflect.TypeFor[models.Finding](): 10, reflect.TypeFor[actions.Action](): 2, reflect.TypeFor[models.Claim](): 5,
		reflect.TypeFor[models.QuestionAnswer](): 3, reflect.TypeFor[words.Said](): 3, reflect.TypeFor[models.Respondent](): 5,
		reflect.TypeFor[plans.Plan](): 1, reflect.TypeFor[plans.Action](): 11, reflect.TypeFor[plans.Cell](): 3} {
		if typ.NumField() != want {
			t.Errorf("%v has %d fields; encode and decode them all, count returnFormat up, and mend this number", typ, typ.NumField())
		}
	}
	if n := reflect.TypeFor[models.Return]().NumField(); n != 18 {
		t.Errorf("models.Return has %d fields; encode and decode them all, count returnFormat up, and mend this number", n)
	}
	if n := reflect.TypeFor[models.Answer]().NumField(); n != 6 {
		t.Errorf("models.Answer has %d fields; pack and unpack them all, count returnFormat up, and mend this number", n)
	}
}

// TestEveryChangedByteIsAnErrorOrAnotherReturn cuts and changes encodings at up to 500 places each.
func TestEveryChangedByteIsAnErrorOrAnotherReturn(t *testing.T) {
	for seed := range uint64(20) {
		ret := someReturn(rand.New(rand.NewPCG(seed, 7)))
		b := ret.AppendTo(nil)
		for i := 0; i < len(b); i += 1 + len(b)/500 {
			if _, err := new(models.ReturnDecoder{Packer: &models.Packer{}}).Return(b[:i]); err == nil {
				t.Fatalf("seed %d: the first %d of %d bytes are a return", seed, i, len(b))
			}
			changed := bytes.Clone(b)
			changed[i] ^= 1 << (seed % 8)
			decodeAny(t, changed)
		}
	}
}

// decodeAny decodes bytes that may be anything: what comes out is encoded as the same bytes.
func decodeAny(t *testing.T, b []byte) {
	d := models.ReturnDecoder{Packer: &models.Packer{}}
	if got, err := d.Return(b); err == nil {
		if again := got.AppendTo(nil); !bytes.Equal(again, b) {
			t.Fatalf("decoded %x, encoded %x", b, again)
		}
		laid := got.LaidOut()
		if again := laid.AppendTo(nil); !bytes.Equal(again, b) {
			t.Fatalf("decoded %x, encoded unpacked %x", b, again)
		}
	}
	if got, err := d.Findings(b); err == nil {
		if again := models.AppendFindings(nil, got); !bytes.Equal(again, b) {
			t.Fatalf("decoded %x, encoded %x", b, again)
		}
	}
}

// TestLengthsAreNotBelieved gives up to 1,000 places of an encoding a length of a gigabyte.
func TestLengthsAreNotBelieved(t *testing.T) {
	ret := someReturn(rand.New(rand.NewPCG(3, 3)))
	b := ret.AppendTo(nil)
	huge := binary.AppendUvarint(nil, 1<<30)
	for i := 0; i < len(b); i += 1 + len(b)/1000 {
		lie := append(append(bytes.Clone(b[:i]), huge...), b[i:]...)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		new(models.ReturnDecoder{Packer: &models.Packer{}}).Return(lie)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > 4<<20 {
			t.Fatalf("%d bytes with a length of a gigabyte at %d take %d bytes of memory", len(lie), i, took)
		}
	}
}

func FuzzReturnDecoder(f *testing.F) {
	for seed := range uint64(20) {
		ret := someReturn(rand.New(rand.NewPCG(seed, 1)))
		f.Add(ret.AppendTo(nil))
		f.Add(models.AppendFindings(nil, ret.Findings))
	}
	f.Fuzz(func(t *testing.T, b []byte) { decodeAny(t, b) })
}

func FuzzReturnEncoding(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) {
		want := someReturn(rand.New(rand.NewPCG(a, b)))
		got, err := new(models.ReturnDecoder{Packer: &models.Packer{}}).Return(want.AppendTo(nil))
		if err != nil || !reflect.DeepEqual(*got.LaidOut(), want) {
			t.Fatal(fmt.Errorf("decoded %+v, %w; want %+v", got, err, want))
		}
	})
}
