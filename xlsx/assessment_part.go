package xlsx

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// The gaps that only the workbook of a part has: its place in the manifest, and for whom it is in words.
const (
	gapPart   = "\ue000\ue01a\ue001"
	gapTopics = "\ue000\ue01b\ue001"
	gapFor    = "\ue000\ue01c\ue001"
)

// NewPart builds the workbook that holds some topics of a round's template, given by id, for one of several
// respondents in an organisation. Like NewAssessment it is built once for all who have the same topics; Write
// makes each copy from a manifest with Part and Topics.
func NewPart(t *models.Template, rd *models.Round, topics []string) (*Assessment, error) {
	part := t.OfTopics(topics)
	if len(part.Criteria) == 0 {
		return nil, fmt.Errorf("building a part of template %s: the topics %s have no criterion", t.ID, models.TopicList(topics))
	}
	return newAssessment(part, rd, partOf(t, part))
}

// partOf says which part of the whole a workbook is.
func partOf(whole, part *models.Template) string {
	names := make([]string, len(part.Topics))
	for i, x := range part.Topics {
		names[i] = topicTitle(x)
	}
	if len(part.Topics) == len(whole.Topics) {
		return "All topics of the assessment. Others in your organisation may have a workbook of their own for some of them."
	}
	return fmt.Sprintf("A part of the assessment, %d of %d topics: %s. The rest is in further workbooks of your organisation.",
		len(part.Topics), len(whole.Topics), strings.Join(names, "; "))
}

// partFor says for whom a part is.
func partFor(m models.Manifest) string {
	if name, ok := strings.CutPrefix(m.Part, "respondent:"); ok {
		return strings.Join(strings.Fields(name), " ")
	}
	return "whoever in your organisation knows about it"
}

// levelOfParts stands on Results in place of the level attained.
const levelOfParts = "This workbook holds a part of the assessment. The level is worked out from all parts of your organisation together, " +
	"once they are back. Below is what each section in this workbook achieves."

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
	return append(slices.Clone(wholeManifest), [2]string{keyPart, gapPart}, [2]string{keyTopics, gapTopics})
}
