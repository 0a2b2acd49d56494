package returns

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// dropped reports that the workbook went through a program which leaves out what it does not know. What the sender put in
// and such a program left out cannot be seen any more; that things are gone which every workbook is sent out with can. No
// answer hangs on them, and some people take them out by hand.
func (rd *reading) dropped(used []*table) {
	in := func(p models.Place) bool {
		return slices.ContainsFunc(rd.ret.Claims, func(c models.Claim) bool { return c.Place == p })
	}
	if !in(models.HiddenSheet) { // it may be another workbook, into which somebody copied the answers
		return
	}
	var gone []words.Said
	conditional := func(t *table) bool { return t.sh.Conditional }
	if len(used) > 0 && !slices.ContainsFunc(used, conditional) {
		gone = append(gone, words.Sayf("the conditional formats of the sheet with the answers are gone"))
	}
	if !in(models.DocumentProperties) {
		gone = append(gone, words.Sayf("its document properties are gone"))
	}
	if v, ok := impossibleVersion(rd.book); ok {
		gone = append(gone, words.Sayf("it is said to be saved by %s in the version %s, which never wrote such files", rd.ret.Application, v))
	}
	if len(gone) == 0 {
		return
	}
	by := words.Said{}
	if a, low := rd.ret.Application, strings.ToLower(rd.ret.Application); a != "" && !strings.Contains(low, "excel") && !strings.Contains(low, "office") { // office programs keep these things
		by = words.Sayf("It says that it was saved by '%s'.", a)
	}
	rd.add(models.NewFinding(models.ContentDropped, rd.at("", ""), "").Saying(words.Joined(" ", words.Sayf("The workbook is not whole: %s.", words.Also(gone)), by,
		words.Sayf("Pictures, embedded files and text boxes, if there were any, may be gone in the same way."))))
}

// impossibleVersion finds a program that calls itself Excel with a version from before there were such files (12 is Excel
// 2007), as openpyxl does.
func impossibleVersion(w *sheet.Workbook) (string, bool) {
	major, _, _ := strings.Cut(w.Version, ".")
	n, err := strconv.Atoi(major)
	return printable(w.Version), err == nil && n < 12 && w.Application == "Microsoft Excel"
}
