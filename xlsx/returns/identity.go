package returns

import (
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/sheet"
)

// identity collects what the workbook says about whose it is.
func (rd *reading) identity() error {
	for _, sh := range rd.book.Sheets {
		rd.manifestSheet(sh)
	}
	pairs := map[string]string{}
	for _, p := range rd.book.Properties {
		if key, ok := strings.CutPrefix(strings.ToLower(p.Name), "rubric."); ok {
			rd.pair(pairs, key, p.Value, rd.at("", ""))
		}
	}
	rd.claim(models.DocumentProperties, pairs, rd.at("", ""))
	for _, sh := range rd.book.Sheets {
		rd.visibleReference(sh)
	}
	if len(rd.ret.Claims) > maxClaims {
		return refuse.New(models.FileHostile, "the workbook says in more than %d places whose it is", maxClaims)
	}
	return nil
}

// maxClaims is the largest number of places in which a workbook may say whose it is, copies of sheets included.
const maxClaims = 200

// manifestSheet reads the sheet of keys and values. It is known by its name, or by its keys.
func (rd *reading) manifestSheet(sh *sheet.Sheet) {
	named := wordKey(sh.Name) == wordKey(layout.SheetManifest)
	if !named && (len(sh.Cells) == 0 || len(sh.Cells) > 200) {
		return
	}
	pairs := map[string]string{}
	at := rd.at(sh.Name, "")
	for i := range sh.Cells {
		c := &sh.Cells[i]
		if c.Kind != sheet.Text || c.Formula {
			continue
		}
		if !isManifestKey(rd.book.Bytes(c)) {
			continue
		}
		key := rd.book.Text(c)
		v := sh.Find(c.Row, c.Col+1)
		if v == nil || v.NoValue || v.Kind == sheet.Fault {
			continue
		}
		where := rd.cellAt(sh, v.Row, v.Col)
		rd.pair(pairs, key, rd.book.Text(v), where)
		if key == layout.KeyRecipient {
			at = where
		}
	}
	if !named && (pairs[layout.KeyRecipient] == "" || pairs[layout.KeySeal] == "") {
		return
	}
	rd.claim(models.HiddenSheet, pairs, at)
}

var manifestKeys = []string{layout.KeyFormat, layout.KeyRound, layout.KeyTemplate, layout.KeyTemplateVersion, layout.KeyTemplateDigest, layout.KeyRecipient, layout.KeyName, layout.KeySeal, layout.KeyReference, layout.KeyLayout, layout.KeyPart, layout.KeyTopics, layout.KeyRole}

func isManifestKey(b []byte) bool {
	return slices.ContainsFunc(manifestKeys, func(key string) bool { return string(b) == key })
}

// pair notes a key's value; a key with two values contradicts itself.
func (rd *reading) pair(pairs map[string]string, key, value string, at models.Origin) {
	if had, ok := pairs[key]; ok && had != value {
		rd.find(models.ManifestContradictory, at, "The workbook says two things about itself under '%s'.", key)
	}
	pairs[key] = value
}

func (rd *reading) claim(place models.Place, pairs map[string]string, at models.Origin) {
	m := models.Manifest{
		Round: pairs[layout.KeyRound], Template: pairs[layout.KeyTemplate], TemplateVersion: pairs[layout.KeyTemplateVersion],
		TemplateDigest: pairs[layout.KeyTemplateDigest], Recipient: pairs[layout.KeyRecipient], Name: pairs[layout.KeyName], Seal: pairs[layout.KeySeal], Part: pairs[layout.KeyPart], Topics: pairs[layout.KeyTopics], Role: pairs[layout.KeyRole],
	}
	if m == (models.Manifest{}) && pairs[layout.KeyReference] == "" {
		return
	}
	rd.short = rd.short || pairs[layout.KeyLayout] == layout.Layout
	rd.ret.Claims = append(rd.ret.Claims, models.Claim{Place: place, Manifest: m, Reference: models.NormalReference(pairs[layout.KeyReference]), Name: m.Name, Origin: at})
}

// expected says which criteria the workbook should hold: those of the topics that its manifests name, where all of
// them name some, since it is a part then. Whether the manifests are to be believed is for others to judge.
func (rd *reading) expected() func(*models.Criterion) bool {
	topics := map[string]bool{}
	for _, c := range rd.ret.Claims {
		if c.Manifest == (models.Manifest{}) {
			continue
		}
		if c.Manifest.Topics == "" || c.Manifest.Part == views.ConsensusID {
			return func(*models.Criterion) bool { return true }
		}
		for _, id := range models.TopicIDs(c.Manifest.Topics) {
			topics[id] = true
		}
	}
	return func(c *models.Criterion) bool { return len(topics) == 0 || topics[c.Topic] }
}

// visibleReference finds the reference, and the organisation's name, that people see.
func (rd *reading) visibleReference(sh *sheet.Sheet) {
	var found models.Claim
	name, _ := rd.labelled(sh, layout.LabelOrganisation)
	for _, l := range rd.labels(sh) {
		c := l.at
		if l.label != layout.LabelReference || len(rd.ret.Claims) > maxClaims {
			continue
		}
		v := rd.beside(sh, c)
		if v == nil {
			continue
		}
		ref := models.NormalReference(rd.book.Text(v))
		if ref == "" || ref == found.Reference {
			continue
		}
		found = models.Claim{Place: models.VisibleReference, Reference: ref, Origin: rd.cellAt(sh, v.Row, v.Col)}
		if name != nil {
			found.Name = rd.plainText(name)
		}
		if !slices.ContainsFunc(rd.ret.Claims, func(c models.Claim) bool {
			return c.Place == found.Place && c.Reference == found.Reference && (c.Name == found.Name || found.Name == "")
		}) {
			rd.ret.Claims = append(rd.ret.Claims, found)
		}
	}
	if found.Reference == "" {
		rd.nameWithoutReference(sh)
	}
}

// nameWithoutReference keeps the organisation's name of a Start sheet whose reference was deleted: it may be
// another's than the one that the workbook was made for.
func (rd *reading) nameWithoutReference(sh *sheet.Sheet) {
	name, _ := rd.labelled(sh, layout.LabelOrganisation)
	if name == nil {
		return
	}
	if _, by := rd.labelled(sh, layout.LabelName); by == nil && !rd.lex.isSheet(sh.Name, layout.SheetStart) {
		return // not a Start sheet
	}
	rd.ret.Claims = append(rd.ret.Claims, models.Claim{Place: models.VisibleReference, Name: rd.plainText(name), Origin: rd.cellAt(sh, name.Row, name.Col)})
}

// otherLetter says whether a and b are two different ASCII letters: most texts are told apart by their first.
func otherLetter(a, b byte) bool {
	return a|0x20 >= 'a' && a|0x20 <= 'z' && a|0x20 != b|0x20
}

// labelOf is the label that the cell is, give or take a colon, or "".
func (rd *reading) labelOf(c *sheet.Cell) string {
	if c.Kind != sheet.Text {
		return ""
	}
	return rd.lex.labels.of(rd.book.Bytes(c))
}

// labelAt is a cell with a label.
type labelAt struct {
	at    *sheet.Cell
	label string
}

// labels finds the labels of a sheet, once.
func (rd *reading) labels(sh *sheet.Sheet) []labelAt {
	list, ok := rd.labelsOf[sh]
	if ok {
		return list
	}
	for _, i := range rd.words(sh) {
		c := &sh.Cells[i]
		if label := rd.labelOf(c); label != "" {
			list = append(list, labelAt{c, label})
		}
	}
	if rd.labelsOf == nil {
		rd.labelsOf = map[*sheet.Sheet][]labelAt{}
	}
	rd.labelsOf[sh] = list
	return list
}

// beside finds the cell to the right of a label, the next one with content; another label is none.
func (rd *reading) beside(sh *sheet.Sheet, label *sheet.Cell) *sheet.Cell {
	row := sh.Row(label.Row)
	for i := sort.Search(len(row), func(i int) bool { return row[i].Col > label.Col }); i < len(row); i++ {
		c := &row[i]
		if c.Kind == sheet.Empty || c.Kind == sheet.Text && clean(rd.book.Text(c)) == "" {
			continue
		}
		if rd.labelOf(c) != "" {
			return nil
		}
		return c
	}
	return nil
}

// labelled finds the value of a label on a sheet, and the label's cell.
func (rd *reading) labelled(sh *sheet.Sheet, label string) (value, at *sheet.Cell) {
	for _, l := range rd.labels(sh) {
		if l.label == label {
			return rd.beside(sh, l.at), l.at
		}
	}
	return nil, nil
}

// respondent reads who completed the workbook, from the sheet Start or else the first sheet with the labels.
func (rd *reading) respondent() {
	var start *sheet.Sheet
	for _, sh := range rd.book.Sheets {
		_, at := rd.labelled(sh, layout.LabelName)
		if at != nil && (start == nil || rd.lex.isSheet(sh.Name, layout.SheetStart)) {
			start = sh
		}
	}
	if start == nil {
		return
	}
	r := &rd.ret.Respondent
	for _, f := range []struct {
		label string
		to    *models.Sourced[string]
	}{{layout.LabelName, &r.Name}, {layout.LabelRole, &r.Role}, {layout.LabelDate, &r.Date}, {layout.LabelSignedBy, &r.SignedBy}, {layout.LabelChecked, &r.Checked}} {
		c, _ := rd.labelled(start, f.label)
		if c == nil {
			continue
		}
		f.to.Origin = rd.cellAt(start, c.Row, c.Col)
		if c.NoValue || c.Kind == sheet.Fault {
			continue
		}
		f.to.Value = rd.plainText(c)
		if f.label == layout.LabelDate && c.Kind == sheet.Number && !isDate(f.to.Value) { // .ods holds what a number shows
			if text, code, message := rd.questionDate(c); code == models.QuestionNormalised {
				f.to.Value = text
				rd.find(code, f.to.Origin, "'%s': %s.", words.Label(layout.LabelDate), message)
				continue
			}
		}
		if f.label == layout.LabelDate && (c.Kind != sheet.Date || rd.book.NoDate(c)) && !isDate(f.to.Value) {
			rd.find(models.DateNotUnderstood, f.to.Origin, "'%s' could not be read as a date.", printable(f.to.Value))
		}
	}
}

// plainText is a cell's content as text.
func (rd *reading) plainText(c *sheet.Cell) string {
	if c.Kind == sheet.Text {
		return strings.TrimSpace(rd.book.Text(c))
	}
	return rd.plainValue(c)
}

// isDate says whether a text is a date written out in one of the usual ways.
func isDate(s string) bool {
	for _, layout := range []string{time.DateOnly, "2/1/2006", "1/2/2006", "2/1/06", "1/2/06", "2.1.2006", "2.1.06", "2-1-2006", "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "January 2 2006"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}
