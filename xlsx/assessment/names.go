package assessment

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/splice"
)

// sheetInFormula is a reference to one of these sheets in a formula, a defined name or the target of a link.
var sheetInFormula = regexp.MustCompile(`(^|[^A-Za-z0-9_.'])(` + layout.SheetStart + `|` + layout.SheetAssessment + `|` + layout.SheetLevels + `|` + layout.SheetResults + `|` + layout.SheetTexts + `|` + layout.SheetPlan + `|` + layout.SheetMeeting + `|` + layout.SheetViews + `)!(\$?[A-Z]{1,3}\$?[0-9]|\$[0-9])`)

// nameSheets gives the sheets their names in the language of the workbook. While it is built they have their English
// names, so that references to them need no quotation marks.
func nameSheets(base *splice.Base, w *words.Words) {
	names, same := map[string]string{}, true
	keys := slices.Concat(layout.SheetKeys, layout.PlanSheetKeys, layout.ViewSheetKeys)
	for _, x := range keys {
		names[x[0]] = w.Get(x[1])
		same = same && names[x[0]] == x[0]
	}
	if same {
		return
	}
	for _, name := range base.Names() {
		if name != "xl/workbook.xml" && !strings.HasPrefix(name, "xl/worksheets/sheet") && !strings.HasPrefix(name, "xl/charts/") {
			continue // texts are no references
		}
		part, _ := base.Part(name)
		part = sheetInFormula.ReplaceAllFunc(part, func(m []byte) []byte {
			x := sheetInFormula.FindSubmatch(m)
			return []byte(string(x[1]) + "'" + escaped(names[string(x[2])]) + "'!" + string(x[3]))
		})
		if name == "xl/workbook.xml" {
			for _, x := range keys {
				part = []byte(strings.Replace(string(part), `name="`+x[0]+`"`, `name="`+escaped(names[x[0]])+`"`, 1))
			}
		}
		base.Set(name, part)
	}
}
