package consolidated

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/pages"
	"github.com/rubric-project/rubric/xlsx/internal/sheetdata"
)

const methodSheet = "Method"

// methodPage says by which rules the figures came about, and which files they rest on.
func (wb *workbook) methodPage(p *pages.Page) {
	fr, c := wb.fr, pages.NewCanvas()
	p.Widths(1, 30, 110)
	p.Print(false, false, 0, 0)
	if !wb.in.Publish {
		p.Widths(3, 68)
		p.Print(true, false, 0, 0)
	}
	c.Text(1, 1, fr.Title(), p.Name)
	c.Height(1, 30)
	r := 3
	label, text, key := fr.Style(pages.Look{Lined: true, Bold: true, Top: true}), fr.Wrapped(), fr.Heading()
	section := func(heading string) {
		c.Text(1, r, key, heading)
		c.Fill(2, r, 2, r, key)
		c.Height(r, 22)
		r++
	}
	line := func(name, what string) {
		if what == "" {
			return
		}
		c.Text(1, r, label, name)
		c.Text(2, r, text, what)
		c.Height(r, max(pages.LinePoints, pages.HeightOf(pages.LinesIn(what, 110))))
		r++
	}
	section("This workbook")
	rd, t := wb.in.Round, wb.t
	line("Round", rd.Title+" ("+rd.ID+")")
	line("Template", t.Title+", version "+t.Version)
	line("Publisher", t.Publisher)
	line("Source", t.Source)
	line("Licence", t.Licence)
	line("Wording", t.Wording)
	line("Template file", wb.templateDigest())
	line("Made with", "rubric "+pages.FirstOf(wb.in.Version, "(development version)"))
	if most := wb.answersOnSheet(); len(wb.members) > most && !wb.in.Publish {
		line("Several sheets of answers", fmt.Sprintf("A sheet holds 1,048,576 rows. The answers of the first %d returns are on the sheet Answers, the others on those after it; none is left out.", most))
	}
	if !wb.live && !wb.in.Publish {
		line("Values in place of formulas", fmt.Sprintf("There are more than %d returns. So that the workbook opens at once, its figures are values, computed by the same steps as the formulas of a smaller one.", mostLive))
	}
	r++
	section("How the figures come about")
	for _, x := range wb.rules() {
		line(x[0], x[1])
	}
	if wb.in.Publish {
		line(editionLabel, wb.editionNote())
		p.CanvasRows(c)
		return
	}
	r++
	section("Files read")
	wb.methodFiles(c, r)
	p.CanvasRows(c)
}

// editionNote says what the edition for circulation leaves out.
func (wb *workbook) editionNote() string {
	s := "This edition has no recipients' names, answers or comments, and its figures are values. The lowest and the highest score of a topic are left out because they are single recipients'."
	if len(wb.omitted) > 0 {
		s += fmt.Sprintf(" Criteria that are withheld, or that fewer than %d recipients answered, are in none of its figures, which may therefore differ from the full edition's: %s.", wb.in.Round.SmallestGroup(), strings.Join(wb.omitted, ", "))
	}
	return s
}

// rules are the rules in words, with their sources.
func (wb *workbook) rules() [][2]string {
	method := map[string]string{
		"profile":    "Profile: there is no overall score. A topic's score is the mean of the numbers of the levels answered, weighted where the template gives weights.",
		"mean":       "Mean: a topic's score is the weighted mean of the numbers of the levels answered. The overall score is the mean of the topics' scores (average-of-averages), or of all criteria where the round says so.",
		"weakest":    "Weakest: a topic's score, and the overall one, is the lowest level among the criteria answered.",
		"staged":     "Staged: statements are rated not, partially, largely or fully in place (N-P-L-F, ISO/IEC 33020), worth 0, 1/3, 2/3 and 1. A section's achievement is the weighted mean over its applicable answered statements: N up to 15 %, P up to 50 %, L up to 85 %, F above. A level is attained when each of its sections is rated L or F and every section of all lower levels F; everyone starts at the lowest. The criteria for progression of a level are one more section of the next.",
		"cumulative": "Cumulative: a level is attained when every applicable criterion at it and below is largely or fully in place (the rule of C2M2).",
	}[wb.in.Scoring.Info().Words]
	if wb.t.SparesLowest(wb.in.Scoring.Method) {
		method += " " + words.English().Get("method_staged_lowest")
	}
	rules := [][2]string{
		{"Scoring method", method},
		{"Not applicable", "An answer 'not applicable' leaves numerator and denominator."},
		{"Blank", "A blank answer is never a level. A score rests on the answers there are."},
		{"Which return counts", "Of several returns of one recipient one counts: the latest, unless round.yaml prefers the first. The sheet Register names it and the others."},
		{"Quartiles", "Linear interpolation, as Excel's QUARTILE.INC (type 7 of Hyndman and Fan, The American Statistician 50, 1996)."},
		{"Small groups", fmt.Sprintf("The figures of a group with fewer than %d returns are not given, nor those from which they could be worked out by subtraction; their cells are hatched. The sheets with single recipients (Matrix, Answers, Heat map) are for the office that runs the round.", wb.in.Round.SmallestGroup())},
		{"Hatched cells", "There is no figure to show, and the note above the table says why. A program that draws no patterns shows them in grey."},
		{"Rounding", "Nothing is rounded before it is shown."},
		{"Formulas", wb.formulasNote()},
	}
	rules = append(rules, wb.extraRules()...)
	if wb.compared() {
		rules = append(rules, [2]string{"Over time", wb.overTimeNote()})
	}
	return rules
}

// overTimeNote says what is compared with the earlier round.
func (wb *workbook) overTimeNote() string {
	s := "Compared with " + wb.earlier() + ": only recipients that returned both times, matched by id, and only criteria of the same wording, kind and scale in both. A topic's scores then and now rest on the criteria that the recipient answered both times, so that filling a gap is no progress; both are by this round's topics, weights and method."
	if wb.staged() {
		s += " Levels attained, then and now, rest on all answers to the criteria compared."
	}
	if wb.in.Publish {
		return s + " A topic that rests on a criterion which is left out, or on too few recipients, is hatched; so is one from whose change, taken together with the editions of both rounds, the scores of a few who returned only once could be worked out."
	}
	return s + " Scores then and now, and the figures by criterion, are values; what follows from them is formulas."
}

func (wb *workbook) formulasNote() string {
	if !wb.live {
		return "The figures are values, computed by the same steps as the formulas of the full edition."
	}
	return "The sheets Matrix and Answers hold what was read; every other figure is a formula on them. Each answer's file, sheet and cell is on the sheet Answers. The sheet Compare has what its chart needs from column " + sheetdata.Name(compareHelper) + " on, to the right of its tables."
}
