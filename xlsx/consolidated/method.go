package consolidated

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models/withholding"
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
		c.Text(1, r, key, wb.tell(heading))
		c.Fill(2, r, 2, r, key)
		c.Height(r, 22)
		r++
	}
	line := func(name, what string) {
		if what == "" {
			return
		}
		c.Text(1, r, label, wb.tell(name))
		c.Text(2, r, text, what)
		c.Height(r, max(pages.LinePoints, pages.HeightOf(pages.LinesIn(what, 110))))
		r++
	}
	section("This workbook")
	rd, t := wb.in.Round, wb.t
	line("Round", rd.Title+" ("+rd.ID+")")
	line("Template", wb.tell("%s, version %s", t.Title, t.Version))
	line("Publisher", t.Publisher)
	line("Source", t.Source)
	line("Licence", t.Licence)
	line("Wording", t.Wording)
	line("Template file", wb.templateDigest())
	line("Made with", "rubric "+pages.FirstOf(wb.in.Version, wb.tell("(development version)")))
	if !wb.in.Publish && !wb.answersFit() {
		line("No sheet Answers", wb.answersElsewhere())
	}
	if !wb.live && !wb.in.Publish {
		line("Values in place of formulas", wb.tell("There are more than %d returns. So that the workbook opens at once, its figures are values, computed by the same steps as the formulas of a smaller one.", mostLive))
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
	s := wb.tell("This edition has no recipients' names, answers or comments, and its figures are values. The lowest and the highest score of a topic are left out because they are single recipients'.")
	d := wb.in.Disclosure
	if !d.AsOf.IsZero() {
		s += " " + wb.tell("Its figures are of the returns and decisions as they were on %s, with which everything that left the office since is compared.", d.AsOf)
	}
	if len(d.LeftOut) == 0 {
		return s
	}
	by, order := map[withholding.Reason][]string{}, []withholding.Reason{withholding.Chosen, withholding.Few, withholding.Alike}
	for _, x := range d.LeftOut {
		by[x.Reason] = append(by[x.Reason], x.Ref)
	}
	s += " " + wb.tell("Some criteria are in none of its figures, which may therefore differ from the office's own:")
	for _, why := range order {
		if len(by[why]) > 0 {
			s += fmt.Sprintf(" %s (%s);", strings.Join(by[why], ", "), wb.reasonText(why))
		}
	}
	return strings.TrimSuffix(s, ";") + "."
}

// rules are the rules in words, with their sources.
func (wb *workbook) rules() [][2]string {
	rules := [][2]string{
		{"Scoring method", wb.methodRule()},
		{"Not applicable", wb.tell("An answer 'not applicable' leaves numerator and denominator.")},
		{"Blank", wb.tell("A blank answer is never a level. A score rests on the answers there are.")},
		{"Which return counts", wb.tell("Of several returns of one recipient one counts: the latest, unless round.yaml prefers the first. The sheet Register names it and the others.")},
		{"Quartiles", wb.tell("Linear interpolation, as Excel's QUARTILE.INC (type 7 of Hyndman and Fan, The American Statistician 50, 1996).")},
		{"Hatched cells", wb.tell("There is no figure to show, and the note above the table says why. A program that draws no patterns shows them in grey.")},
		{"Rounding", wb.roundingNote()},
		{"Formulas", wb.formulasNote()},
	}
	rules = append(append(rules, wb.circulationRules()...), append(wb.extraRules(), wb.decisionRules()...)...)
	if wb.compared() {
		rules = append(rules, [2]string{"Over time", wb.overTimeNote()})
	}
	return rules
}

// overTimeNote says what is compared with the earlier round.
func (wb *workbook) overTimeNote() string {
	s := wb.tell("Compared with %s: only recipients that returned both times, matched by id, and only criteria of the same wording, kind and scale in both. A topic's scores then and now rest on the criteria that the recipient answered both times, so that filling a gap is no progress; both are by this round's topics, weights and method.", wb.earlier())
	if wb.staged() {
		s += " " + wb.tell("Levels attained, then and now, rest on all answers to the criteria compared.")
	}
	if wb.in.Publish {
		return s + " " + wb.tell("A topic that rests on a criterion which is left out, or on too few recipients, is hatched; so is one from whose change, taken together with the editions of both rounds, the scores of a few who returned only once could be worked out.")
	}
	return s + " " + wb.tell("Scores then and now, and the figures by criterion, are values; what follows from them is formulas.")
}

func (wb *workbook) formulasNote() string {
	if !wb.live {
		return wb.tell("The figures are values, computed by the same steps as the formulas of the full edition.")
	}
	if !wb.answersFit() {
		return wb.tell("The sheet Matrix holds what was read; every other figure is a formula on it. The sheet Compare has what its chart needs from column %s on, to the right of its tables.", sheetdata.Name(compareHelper))
	}
	return wb.tell("The sheets Matrix and Answers hold what was read; every other figure is a formula on them. Each answer's file, sheet and cell is on the sheet Answers. The sheet Compare has what its chart needs from column %s on, to the right of its tables.", sheetdata.Name(compareHelper))
}

// roundingNote says what is rounded.
func (wb *workbook) roundingNote() string {
	if wb.in.Publish {
		return wb.tell("Scores are rounded to one decimal (achievements: to whole per cent), from 100 recipients on to one more. Counts are not rounded, nor what follows from them.")
	}
	return wb.tell("Nothing is rounded before it is shown.")
}

// circulationRules say what may leave the office.
func (wb *workbook) circulationRules() [][2]string {
	m := wb.in.Round.SmallestGroup()
	rules := [][2]string{
		{"What others may see", wb.tell("The round's minimum is %d. Of what leaves the office, a mean or a count rests on at least %d returns, a median on %d, and quartiles on %d, the reader's own included. A count is withheld where all but two, or more, chose one level, and a score's figure where all but two can lie within half a level (an achievement: ten points). A group's median is also withheld where it lies so near an end of the scale that it tells single recipients', where the scores left over, other groups taken away, are nearly all alike, or where a score takes few values and some answer or score would have fewer than three others that it could change places with, every figure staying as it is. What could be worked out from other figures by subtraction, or from earlier editions, is withheld with them; where counts would tell the level that a recipient attains, criteria are left out. A minimum under 5 is refused for what leaves the office.", m, m+1, 2*m, 4*m)},
		{"Where the rules come from", wb.tell("Statistical disclosure control as official statistics practise it: a least number of contributors, no figure that two contributors could take apart, secondary suppression (Hundepool and others, Statistical Disclosure Control, Wiley 2012, chapters 4 and 5).")},
	}
	if len(wb.groups) > 2 {
		rules = append(rules, [2]string{"How far subtraction is followed", wb.tell("Within one column of groups and between any two, every combination is looked at. Of three and more columns together, the combinations of up to four sets of recipients that the groups tell apart, all groups, what the groups of a column leave of another's, and all that two groups have in common.")})
	}
	if !wb.in.Publish {
		rules = append(rules, [2]string{"For the office only", wb.tell("This workbook shows every group, and every recipient by name. It is not for circulation: the edition for circulation and the summaries are.")})
	}
	return rules
}
