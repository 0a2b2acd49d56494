package office

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/decisions"
)

// ToDecide lists everything that a person must settle, sorted by matter, recipient, file and ref. It rests on what came
// back and on the journal alone. An item goes once it is decided, or once the file behind it counts no more.
func (o *Office) ToDecide(ctx context.Context, f *Folder) ([]decisions.Item, error) {
	in, err := o.TakeIn(ctx, f)
	if err != nil {
		return nil, err
	}
	return f.toDecide(in), nil
}

// about is what a decision is about, as far as it closes an item.
type about struct {
	kind        decisions.Kind
	digest, ref string
}

// asking lists items.
type asking struct {
	f      *Folder
	in     *Intake
	closed map[about]bool
	refs   map[string]int // places in the template
	items  []decisions.Item
}

func (f *Folder) toDecide(in *Intake) []decisions.Item {
	q := &asking{f: f, in: in, closed: map[about]bool{}, refs: map[string]int{}}
	for _, d := range in.decided {
		if d.State == decisions.InForce && !d.Back {
			q.closed[about{d.Kind, d.Digest, d.Ref}] = true
		}
	}
	for i := range f.Template.Criteria {
		q.refs[f.Template.Criteria[i].Ref] = i
	}
	for i := range in.Register.Files {
		q.file(&in.Register.Files[i])
	}
	q.chosenBefore()
	order := map[decisions.Matter]int{}
	for i, m := range decisions.Matters() {
		order[m] = i
	}
	place := func(id string) int {
		if at, ok := in.member(id); ok {
			return at
		}
		return -1
	}
	slices.SortStableFunc(q.items, func(a, b decisions.Item) int {
		return cmp.Or(cmp.Compare(order[a.Matter], order[b.Matter]), cmp.Compare(place(a.Recipient), place(b.Recipient)),
			strings.Compare(a.File, b.File), cmp.Compare(q.refs[a.Ref], q.refs[b.Ref]), strings.Compare(a.Ref, b.Ref), strings.Compare(a.Code, b.Code))
	})
	return q.items
}

// file lists what is to be settled about one file.
func (q *asking) file(line *models.FileLine) {
	open := func(kind decisions.Kind) bool {
		return !q.closed[about{kind, line.Digest, ""}] && !q.closed[about{decisions.Leave, line.Digest, ""}]
	}
	switch line.Status {
	case models.Unidentified:
		if open(decisions.Recipient) {
			q.whose(line, first(line, func(x *models.Finding) bool { return x.Severity == models.Error }), "It counts for nobody.")
		}
		return
	case models.Waiting:
		if open(decisions.Counts) {
			q.unverified(line, first(line, withCode(models.UnsealedBeside)), "It does not count; the return with the seal does.")
		}
		return
	case models.Counted, models.PlanCounts, models.ViewCounts, models.Rejected:
	default:
		return
	}
	for i := range line.Findings {
		x := &line.Findings[i]
		switch x.Code {
		case models.FileNamedForOther:
			if open(decisions.Recipient) {
				q.whose(line, x, "It counts for "+q.who(line.Recipient)+".")
			}
		case models.SealsLost:
			if open(decisions.Counts) && open(decisions.Recipient) {
				q.unverified(line, x, "It counts.")
			}
		case models.CopiedReturn:
			if open(decisions.Counts) {
				q.copied(line, x)
			}
		case models.TimesContradict:
			if open(decisions.Counts) {
				q.several(line, line.Digest, x.Code, x.Message, "It counts.")
			}
		case models.ReturnIncomplete, models.CarriedUntouched:
			if open(decisions.Counts) {
				q.incomplete(line, x)
			}
		case models.PartsDisagree, models.TargetsDisagree, models.QuestionsDisagree:
			q.parts(line, x)
		case models.ConsensusMissing:
			if open(decisions.From) {
				q.views(line, x)
			}
		}
	}
	q.answers(line)
	q.pictures(line)
}

// first is the first finding that fits, or else a blank one.
func first(line *models.FileLine, fits func(*models.Finding) bool) *models.Finding {
	for i := range line.Findings {
		if fits(&line.Findings[i]) {
			return &line.Findings[i]
		}
	}
	return &models.Finding{}
}

func withCode(code models.Code) func(*models.Finding) bool {
	return func(x *models.Finding) bool { return x.Code == code }
}

// who calls a recipient by id and name.
func (q *asking) who(id string) string {
	if at, ok := q.in.member(id); ok {
		return id + " (" + q.in.Members[at].Recipient.Name + ")"
	}
	return id
}

// add adds an item, with its id and the name of its recipient.
func (q *asking) add(it decisions.Item) {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(it.Matter), it.Code, it.Digest, it.Recipient, it.Ref}, "\x00")))
	it.ID = string(it.Matter) + "-" + hex.EncodeToString(sum[:5])
	if at, ok := q.in.member(it.Recipient); ok {
		it.Name = q.in.Members[at].Recipient.Name
	}
	if c := q.f.Template.Criterion(it.Ref); c != nil {
		it.Subject = c.Subject
	}
	q.items = append(q.items, it)
}

// Pick makes the requests by which items are settled.
func (o *Office) Pick(ctx context.Context, f *Folder, p decisions.Picked) ([]decisions.Request, error) {
	items, err := o.ToDecide(ctx, f)
	if err != nil {
		return nil, err
	}
	if p.Matter != "" && !slices.Contains(decisions.Matters(), p.Matter) {
		return nil, Bad(Option("all"), " ", p.Matter, ": there is no such matter; choose one of ", fmt.Sprint(decisions.Matters()))
	}
	var out []decisions.Request
	var cannot []string
	left := slices.Clone(p.IDs)
	for i := range items {
		it := &items[i]
		if k := slices.Index(left, it.ID); k >= 0 {
			left = slices.Delete(left, k, k+1)
		} else if it.Matter != p.Matter {
			continue
		}
		x, ok := it.Choose(p.Value)
		if !ok {
			cannot = append(cannot, it.ID)
			continue
		}
		out = append(out, x)
	}
	switch {
	case len(left) > 0:
		return nil, badContent("there is nothing to decide that is called ", text.FirstFew(left, 5, ", ", " and %d more")).with(actions.Decide.On())
	case len(cannot) > 0:
		return nil, badContent("'", p.Value, "' is no choice of ", text.FirstFew(cannot, 5, ", ", " and %d more")).with(actions.Decide.On())
	case len(out) == 0:
		return nil, badContent("nothing of this kind is to be decided").with(actions.Decide.On())
	}
	return out, nil
}
