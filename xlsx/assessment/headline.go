package assessment

import (
	"fmt"
	"math"
	"strings"

	"github.com/rubric-project/rubric/xlsx/internal/draw"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// mostNamed is the greatest number of topics out of which a formula picks the name of the highest: a formula nests 64
// functions (ECMA-376 gives no limit, Excel does).
const mostNamed = 40

// opening keeps the first rows of the sheet Results for what is written once it is known where the tables stand: the
// sentence that says what came out, and the charts.
func (r *results) opening() {
	r.Height(r.Sheet, r.Row, 8)
	r.headline = r.Row + 1
	r.Height(r.Sheet, r.headline, 38)
	r.Row += 2
	r.Calc(r.Sheet, resultLabel, r.Row, r.progressText(r.p), r.progressBlank(r.p), draw.Look{Ink: r.Palette.Muted, Down: "center"})
	r.Height(r.Sheet, r.Row, 22)
	r.Row++
	r.reserveCharts()
}

// writeHeadline says in a sentence what came out so far: the level attained, or which topics stand highest and lowest.
// A part of an assessment attains no level, and its topics may be levels: it is silent there.
func (r *results) writeHeadline() {
	l := draw.Look{Size: 13, Bold: true, Ink: r.Palette.AccentInk, Wrap: true, Down: "center"}
	r.Merge(r.Sheet, resultLabel, r.headline, r.Last, r.headline, l)
	switch none := r.Words.Get("headline_none"); {
	case r.ladder() && r.attained != "":
		level := r.Words.Formula("headline_level", "level", r.attained, "name", r.levelText(r.attained, textName))
		r.Calc(r.Sheet, resultLabel, r.headline, fmt.Sprintf("IF(ISNUMBER(%s),%s,%s)", r.attained, level, r.Words.Quoted("headline_none")), none, l)
	case !r.ladder() && len(r.t.Topics) <= mostNamed:
		shown := func(f string) string { return fmt.Sprintf("ROUND(%s(%s),1)", f, r.scores) }
		apart := r.Words.Formula("headline_apart", "high", r.topicWith("MAX"), "top", shown("MAX"), "low", r.topicWith("MIN"), "bottom", shown("MIN"))
		r.Calc(r.Sheet, resultLabel, r.headline, fmt.Sprintf("IF(COUNT(%[1]s)=0,%[2]s,IF(MAX(%[1]s)=MIN(%[1]s),%[3]s,%[4]s))",
			r.scores, r.Words.Quoted("headline_none"), r.Words.Formula("headline_alike", "score", shown("MAX")), apart), none, l)
	default:
		r.Put(r.Sheet, resultLabel, r.headline, r.Words.Get("by_topic"), l)
	}
}

// topicWith is the formula for the name of the first topic whose score is the greatest or the least.
func (r *results) topicWith(function string) string {
	name := func(i int) string { return `"` + strings.ReplaceAll(layout.TopicTitle(r.t.Topics[i]), `"`, `""`) + `"` }
	last := len(r.t.Topics) - 1
	f := name(last)
	for i := last - 1; i >= 0; i-- {
		f = fmt.Sprintf("IF(%s=%s(%s),%s,%s)", draw.Fixed(r.Sheet, resultFirst+r.score, r.topicsRow+1+i, resultFirst+r.score, r.topicsRow+1+i), function, r.scores, name(i), f)
	}
	return f
}

// readingMinutes is how long one person takes to read the texts and choose, in minutes: 200 words a minute, which is
// slow reading of plain prose, and half a minute for each choice. Looking for evidence is not in it.
func (b *book) readingMinutes() int {
	words := 0
	for i := range b.t.Criteria {
		c := &b.t.Criteria[i]
		words += len(strings.Fields(c.Subject)) + len(strings.Fields(c.Statement))
		for _, d := range c.Descriptors {
			words += len(strings.Fields(d))
		}
	}
	return int(math.Ceil(float64(words)/200 + float64(len(b.t.Criteria))/2))
}

// purpose says what the assessment is for and how long it takes, for the first lines of the sheet Start.
func (b *book) purpose() string {
	takes := b.Words.Say("takes_minutes", "minutes", max(5*((b.readingMinutes()+4)/5), 5))
	if m := b.readingMinutes(); m > 90 {
		takes = b.Words.Say("takes_hours", "hours", (m+59)/60)
	}
	return b.Words.Say("what_for", "count", len(b.t.Criteria), "sheet", b.Words.Get("sheet_results")) + " " + takes
}
