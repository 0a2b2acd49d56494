package templates

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// Page is a text file to import.
type Page struct {
	Name string
	Text []byte
}

// section is a heading that names a descriptor, with the text below it.
type section struct {
	at    Place
	ref   string // topic.row
	level int
	text  string
	taken bool
	// inTable says that the text stands in a row of a table, not below a heading.
	inTable bool
}

// key is the heading as topic.row.level.
func (s section) key() string { return s.ref + "." + strconv.Itoa(s.level) }

var (
	heading     = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*#*\s*$`)
	refLevel    = regexp.MustCompile(`^(\d{1,3})\.(\d{1,4})\.(\d{1,2})(?:\D|$)`)
	refOnly     = regexp.MustCompile(`^(\d{1,3})\.(\d{1,4})(?:[^\d.]|$)`)
	levelName   = regexp.MustCompile(`(?i)^level\s+(\d{1,2})\b[\s:–—-]*(.*)$`)
	onlyLink    = regexp.MustCompile(`^[^\w\[]*\[[^\]]*\]\((?:[^()]|\([^()]*\))*\)[^\w]*$|^[^\w\[]*!?\[\[[^\]]*\]\][^\w]*$`)
	tagsOnly    = regexp.MustCompile(`^(#[\w/-]+\s*)+$`)
	bullet      = regexp.MustCompile(`^\s*(?:[-*+•]|\d+[.)])\s+`)
	maxTextLong = 2000 // models.Criterion.Descriptors
)

// ImportMarkdown reads the descriptors of a model that is published as notes: pages with headings such as
// "# [1.1.4](1.1.4.md)" (topic, row, level), each with the descriptor below, or one page for each descriptor
// with that name, or as one table with a row for each descriptor (heading, ref, text). Front matter, links and navigation around the texts are taken off.
//
// With a base the texts replace the base's descriptors, and the rest of the base stays. Without one the pages
// must hold every level of every criterion; topics then have only numbers.
//
// The report lists headings that stand twice, that are missing or out of order, and texts that look cut off.
// Where two different texts have the same heading, neither is taken: which one is right is not guessed.
func ImportMarkdown(pages []Page, o ImportOptions) (*models.Template, *Report, error) {
	r := &Report{Form: "Markdown, one heading for each descriptor"}
	if err := within(pages...); err != nil {
		return nil, r, err
	}
	var all []section
	names, headings := map[int]string{}, map[string]string{}
	for _, p := range pages {
		if err := notUTF8(p); err != nil {
			return nil, r, err
		}
		if isTable(p) {
			r.Form = "Markdown table, one row for each criterion and level"
			rows, err := readTable(p, headings, r)
			if err != nil {
				return nil, r, err
			}
			all = append(all, rows...)
			continue
		}
		all = append(all, readPage(p, names, r)...)
	}
	if len(all) == 0 {
		return nil, r, fmt.Errorf("%s holds no headings such as 1.1.4 (topic, row, level), and no table with such refs; give the pages that hold the descriptors", pageNames(pages))
	}
	t := o.frame(pages[0].Name)
	if o.Base == nil {
		if err := skeleton(t, all, names, r); err != nil {
			return nil, r, err
		}
		nameByHeading(t, headings)
	}
	settleDoubles(t, all, r)
	settleSame(all, r)
	place(t, all, r)
	if o.Base == nil {
		if dropIncomplete(t, all); len(t.Criteria) == 0 {
			return nil, r, fmt.Errorf("%s: no criterion has a text at each of the %d levels", pageNames(pages), len(t.Levels))
		}
	}
	noteOrder(all, r)
	levels := noteMissing(t, all, r)
	var samples []Sample
	taken, criteria := 0, map[string]bool{}
	for _, s := range all {
		if s.taken {
			taken++
			criteria[s.ref] = true
			samples = append(samples, Sample{s.at, s.ref, s.level, s.text})
		}
	}
	found := "heading"
	if all[0].inTable {
		found = "row"
	}
	r.Understood = append(r.Understood,
		fmt.Sprintf("%s on %s", text.Count(len(all), found, found+"s"), text.Count(len(pages), "page", "pages")),
		fmt.Sprintf("%d descriptors taken over, of %d criteria, for level %s", taken, len(criteria), levels))
	if o.Base != nil {
		t.Wording = text.Head(fmt.Sprintf("Level %s: the wording of %s. Where a text is missing there, and at the other levels: %s",
			levels, pageNames(pages), firstSentence(o.Base.Wording)), 500)
	} else {
		t.Wording = "Imported from " + pageNames(pages) + "."
	}
	keepTranslations(t, o, Place{File: pages[0].Name}, r)
	return finish(t, r, samples)
}

func pageNames(pages []Page) string {
	if len(pages) == 1 {
		return baseName(pages[0].Name)
	}
	return fmt.Sprintf("%s and %s", baseName(pages[0].Name), text.Count(len(pages)-1, "other page", "other pages"))
}

// readPage finds the headings of a page, and keeps the names of levels that it mentions.
func readPage(p Page, names map[int]string, r *Report) []section {
	var out []section
	var body []string
	pageLevel := -1
	keep := func() {
		if n := len(out); n > 0 && out[n-1].text == "" {
			out[n-1].text = paragraphs(body)
		}
		body = nil
	}
	file := baseName(p.Name)
	if s, ok := headingSection(strings.TrimSuffix(file, path.Ext(file)), -1); ok {
		s.at = Place{File: p.Name, Line: 1}
		out = append(out, s)
	}
	whole := len(out) == 1
	inBody := whole
	for i, line := range bodyLines(p.Text) {
		m := heading.FindStringSubmatch(line)
		if m == nil {
			if inBody && line != "" {
				body = append(body, line)
			} else if line == "" && inBody {
				body = append(body, "")
			}
			continue
		}
		title := plainText(m[2])
		at := Place{File: p.Name, Line: i + 1}
		if s, ok := headingSection(title, pageLevel); ok {
			if whole && s.ref == out[0].ref && s.level == out[0].level {
				continue // the page's own name again
			}
			keep()
			s.at = at
			out, inBody = append(out, s), true
			if pageLevel >= 0 && s.level != pageLevel {
				r.note(Note{at, false, fmt.Sprintf("the heading says level %d on a page of level %d", s.level, pageLevel),
					"check which is right; the heading was believed"})
			}
			continue
		}
		keep()
		inBody = whole
		if l := levelName.FindStringSubmatch(title); l != nil {
			pageLevel, _ = strconv.Atoi(l[1])
			if l[2] != "" {
				names[pageLevel] = l[2]
			}
		} else if len(out) > 0 && !whole {
			r.note(Note{at, true, fmt.Sprintf("the heading %q names no descriptor", text.Head(title, 60)),
				"nothing to do if it is not one; otherwise write it as topic.row.level, such as 1.1.4"})
		}
	}
	keep()
	return out
}

// headingSection reads topic.row.level, or topic.row on a page of a known level.
func headingSection(title string, pageLevel int) (section, bool) {
	if m := refLevel.FindStringSubmatch(title); m != nil {
		level, _ := strconv.Atoi(m[3])
		return section{ref: m[1] + "." + m[2], level: level}, true
	}
	if m := refOnly.FindStringSubmatch(title); m != nil && pageLevel >= 0 {
		return section{ref: m[1] + "." + m[2], level: pageLevel}, true
	}
	return section{}, false
}

// settleDoubles notes headings that stand more than once; with different texts, none of them is taken.
func settleDoubles(t *models.Template, all []section, r *Report) {
	first := map[string]int{}
	held := map[string]bool{}
	for i := range all {
		held[all[i].key()] = true
	}
	next := nextRefs(t)
	for i := range all {
		r.Looked++
		s := &all[i]
		s.taken = true
		key := s.key()
		j, again := first[key]
		if !again {
			first[key] = i
			continue
		}
		s.taken = false
		if s.text == all[j].text {
			n := Note{s.at, false, fmt.Sprintf("%s stands here a second time, with the same text as in %s", key, all[j].at.from(s.at)),
				"remove one of the two if you like"}
			if next := next[s.ref]; next != "" && !held[section{ref: next, level: s.level}.key()] {
				n.Message += fmt.Sprintf(", where %s.%d would be expected", next, s.level)
				n.Remedy = "look up the text that belongs here; it was not guessed"
			}
			r.note(n)
			continue
		}
		if all[j].taken {
			r.note(Note{all[j].at, true, fmt.Sprintf("%s stands here and in %s with different texts", key, s.at.from(all[j].at)),
				"correct the heading of the one that is wrong, and import again"})
		}
		all[j].taken = false
		r.note(Note{s.at, true, fmt.Sprintf("%s stands here a second time, with another text than in %s", key, all[j].at.from(s.at)),
			"correct the heading of the one that is wrong, and import again"})
	}
}

// nextRefs are the refs of the criteria that follow in the template, by those before them.
func nextRefs(t *models.Template) map[string]string {
	out := map[string]string{}
	for i := range t.Criteria {
		if i > 0 {
			out[t.Criteria[i-1].Ref] = t.Criteria[i].Ref
		}
	}
	return out
}

// place puts the texts into the template.
func place(t *models.Template, all []section, r *Report) {
	criteria := map[string]*models.Criterion{}
	for i := range t.Criteria {
		criteria[t.Criteria[i].Ref] = &t.Criteria[i]
	}
	for i := range all {
		s := &all[i]
		if !s.taken {
			continue
		}
		s.taken = false
		c := criteria[s.ref]
		_, onScale := t.Level(s.level)
		switch {
		case c == nil:
			r.note(Note{s.at, true, fmt.Sprintf("the template %s has no criterion %s", t.ID, s.ref), "check the heading, or add the criterion to the template"})
		case c.Kind != models.KindLevels:
			r.note(Note{s.at, true, fmt.Sprintf("criterion %s is not answered with a level", s.ref), "check that the template given as base is the right one"})
		case !onScale:
			r.note(Note{s.at, true, fmt.Sprintf("the template %s has no level %d", t.ID, s.level), "check the heading"})
		case s.text == "" && s.inTable:
			r.note(Note{s.at, true, fmt.Sprintf("the row of %s.%d has no text", s.ref, s.level), "add it, and import again"})
		case s.text == "":
			r.note(Note{s.at, true, fmt.Sprintf("there is no text below the heading %s.%d", s.ref, s.level), "add it, and import again"})
		case len([]rune(s.text)) > maxTextLong:
			r.note(Note{s.at, true, fmt.Sprintf("the text below %s.%d has more than %d characters", s.ref, s.level, maxTextLong), "check that no other text follows it without a heading"})
		default:
			s.taken = true
			c.Descriptors[s.level] = s.text
			if looksCutOff(s.text) {
				r.note(Note{s.at, false, fmt.Sprintf("the text of %s.%d ends without a full stop: …%s", s.ref, s.level, lastWords(s.text)), "check whether its end is missing"})
			}
		}
	}
}
