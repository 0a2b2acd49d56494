package assessment

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/wording"
	"github.com/rubric-project/rubric/xlsx/internal/layout"
)

// The gaps that only the workbook of a part has: its place in the manifest, and for whom it is in words.
const (
	gapPart   = "\ue000\ue01a\ue001"
	gapTopics = "\ue000\ue01b\ue001"
	gapFor    = "\ue000\ue01c\ue001"
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
func partFor(w *wording.Words, m models.Manifest) string {
	if name, ok := strings.CutPrefix(m.Part, "respondent:"); ok {
		return strings.Join(strings.Fields(name), " ")
	}
	return w.Get("part_for_anyone")
}

func (b *book) gaps() []string {
	if b.part == "" {
		return wholeGaps
	}
	return append(slices.Clone(wholeGaps), gapPart, gapTopics, gapFor)
}

func (b *book) manifestGaps() [][2]string {
	if b.part == "" {
		return wholeManifest
	}
	return append(slices.Clone(wholeManifest), [2]string{layout.KeyPart, gapPart}, [2]string{layout.KeyTopics, gapTopics})
}
