package consolidated

import (
	"strconv"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// kept is what the hidden sheet says.
type kept struct {
	// words are those that the other sheets are written in.
	words *words.Words
	pairs map[string]string
	title string
	due   models.Date
	refs  []string
	// lines are the template's; textRow is the row before the first of them.
	lines                    []string
	textRow                  int32
	groups, returns, answers int
}

func (k *kept) take(w *sheet.Workbook, cells []sheet.Cell) error {
	if k.pairs == nil {
		k.pairs = map[string]string{}
	}
	if k.textRow > 0 {
		for int32(len(k.lines)) < cells[0].Row-k.textRow {
			k.lines = append(k.lines, "")
		}
		for i := range cells {
			k.lines[len(k.lines)-1] += w.Text(&cells[i])
		}
		return nil
	}
	if cells[0].Col != 1 {
		return nil
	}
	key, value := w.Text(&cells[0]), ""
	if len(cells) > 1 {
		value = w.Text(&cells[1])
	}
	switch key {
	case keptRef:
		k.refs = append(k.refs, value)
	case keptYAML:
		k.textRow = cells[0].Row
	default:
		k.pairs[key] = value
	}
	return nil
}

// check sees that the workbook is a consolidated one and that the hidden sheet is whole.
func (k *kept) check(names map[string]bool, edition bool) error {
	matrixSheet, answersSheet, methodSheet := k.words.TextOf(matrixSheet), k.words.TextOf(answersSheet), k.words.TextOf(methodSheet)
	whole := names[matrixSheet] && names[answersSheet]
	switch {
	case edition:
		return refused("it is an edition for circulation, which has no recipients to compare with")
	case !names[keptSheet] && whole && names[methodSheet]:
		return &fault.Error{Message: "its hidden sheet '" + keptSheet + "' with the round's template is missing: it was deleted, or rubric was too old to write it",
			Remedy: "make the earlier round's workbook again, or give that round's folder", Usage: true, Do: actions.Consolidate.On("")}
	case !names[keptSheet]:
		return refused("it is not a consolidated workbook of rubric")
	case names[matrixSheet] && k.pairs[keptAway] != "":
		return &fault.Error{Message: "its answers were too many for a sheet: they are in the folder results/data of its round", Remedy: "give that round's folder", Usage: true}
	case !whole:
		return refused("it was cut: the sheets %s and %s are needed", matrixSheet, answersSheet)
	case k.pairs[keptKey] != keptFormat:
		return &fault.Error{Message: "its hidden sheet '" + keptSheet + "' is of another form: " + strconv.Quote(k.pairs[keptKey]),
			Remedy: "use the version of rubric that wrote it, or a later one", Usage: true}
	}
	lines, err := strconv.Atoi(k.pairs[keptLines])
	for len(k.lines) < lines && len(k.lines) < 1<<20 {
		k.lines = append(k.lines, "") // empty lines at the end have no cells
	}
	if err != nil || len(k.lines) != lines || linesDigest(k.lines) != k.pairs[keptTemplate] {
		return refused("the template on its hidden sheet '%s' was changed", keptSheet)
	}
	k.title = k.pairs[keptTitle]
	if s := k.pairs[keptDue]; s != "" && err == nil {
		k.due, err = models.ParseDate(s)
	}
	for _, n := range []struct {
		to  *int
		key string
	}{{&k.groups, keptGroups}, {&k.returns, keptReturns}, {&k.answers, keptAnswers}} {
		if err == nil {
			*n.to, err = strconv.Atoi(k.pairs[n.key])
		}
	}
	if err != nil || k.title == "" || len(k.refs) == 0 || k.groups < 0 {
		return refused("its hidden sheet '%s' was changed", keptSheet)
	}
	return nil
}
