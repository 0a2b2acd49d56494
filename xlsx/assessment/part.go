package assessment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// The gaps that only the workbook of a part has: its place in the manifest, and for whom it is in words.
const (
	gapPart   = "\ue000\ue01a\ue001"
	gapTopics = "\ue000\ue01b\ue001"
	gapFor    = "\ue000\ue01c\ue001"
	gapRole   = "\ue000\ue01d\ue001" // in the manifest of a view
)

// NewPart builds the workbook that holds some topics of a round's template, given by id, for one of several
// respondents in an organisation. Like New it is built once for all who have the same topics; Write
// makes each copy from a manifest with Part and Topics.
func NewPart(t *models.Template, rd *models.Round, topics []string, options ...Option) (*Workbook, error) {
	t = t.In(rd.Language)
	part := t.OfTopics(topics)
	if len(part.Criteria) == 0 {
		return nil, fmt.Errorf("building a part of template %s: the topics %s have no criterion", t.ID, models.TopicList(topics))
	}
	return build(part, rd, partOf(t, part), options...)
}

// NewView builds the workbook of a respondent's view: what NewPart builds with the topics, or with all where there are
// none, which says that it is one of several views. Write takes a manifest with Part and perhaps Topics and Role.
func NewView(t *models.Template, rd *models.Round, topics []string, options ...Option) (*Workbook, error) {
	t = t.In(rd.Language)
	whole := t
	if len(topics) > 0 {
		t = t.OfTopics(topics)
	}
	if t = t.Trimmed(); len(t.Criteria) == 0 {
		return nil, fmt.Errorf("building a view of template %s: the topics %s have no criterion", t.ID, models.TopicList(topics))
	}
	said := whole.Words().Get("consensus.view_all")
	if len(topics) > 0 {
		said = partOf(whole, t) + ". " + whole.Words().Get("consensus.view_some")
	}
	return build(t, rd, said, append(slices.Clone(options), asView)...)
}

func asView(b *book) { b.view = true }

// partOf says which part of the whole a workbook is.
func partOf(whole, part *models.Template) string {
	names := make([]string, len(part.Topics))
	for i, x := range part.Topics {
		names[i] = layout.TopicTitle(x)
	}
	if len(part.Topics) == len(whole.Topics) {
		return whole.Words().Get("part_all")
	}
	return whole.Words().Say("part_some", "count", len(part.Topics), "total", len(whole.Topics), "topics", strings.Join(names, "; "))
}

// partFor says for whom a part is.
func partFor(w *words.Words, m models.Manifest) string {
	if kind, name, ok := strings.Cut(m.Part, ":"); ok && (kind == "respondent" || kind == "view") {
		name = strings.Join(strings.Fields(name), " ")
		if m.Role != "" {
			name = w.Say("consensus.who", "name", name, "role", strings.Join(strings.Fields(m.Role), " "))
		}
		return name
	}
	return w.Get("part_for_anyone")
}

func (b *book) gaps() []string {
	if b.part == "" {
		return wholeGaps
	}
	gaps := append(slices.Clone(wholeGaps), gapPart, gapTopics, gapFor)
	if b.view {
		gaps = append(gaps, gapRole)
	}
	return gaps
}

func (b *book) manifestGaps() [][2]string {
	if b.part == "" {
		return wholeManifest
	}
	list := append(slices.Clone(wholeManifest), [2]string{layout.KeyPart, gapPart}, [2]string{layout.KeyTopics, gapTopics})
	if b.view {
		list = append(list, [2]string{layout.KeyRole, gapRole})
	}
	return list
}
