package office

import (
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// Unchanged refuses a round whose id, template or recipients' ids are not those that its workbooks were made with.
// Collecting goes on all the same: what came is never refused.
func (f *Folder) Unchanged() error {
	events, _, err := f.Journal()
	if err != nil {
		return err
	}
	return f.Round.Unchanged(events, f.Template.ID)
}

// sealedRounds are the ids of the rounds that returns name under a seal of this round's key.
func (f *Folder) sealedRounds(returns []models.Return) map[string]bool {
	out := map[string]bool{}
	for i := range returns {
		for _, c := range returns[i].Claims {
			if c.Place != models.VisibleReference && c.Manifest.Round != "" && !out[c.Manifest.Round] && c.Manifest.SealFits(f.Key) {
				out[c.Manifest.Round] = true
			}
		}
	}
	return out
}

// FixIDsResult says what became of ids that lost their zeros.
type FixIDsResult struct {
	IDs []round.ShortID `json:"ids"`
	// Written says that the ids that one id alone fits are restored.
	Written bool `json:"written"`
	// Files are the lists that were written.
	Files []string `json:"files"`
}

// FixIDs finds the ids of the recipients list that lost their zeros since the workbooks were made, and, with write, puts
// them back there and in respondents.csv. The folder is open to write then.
func (o *Office) FixIDs(f *Folder, write bool) (out FixIDsResult, err error) {
	events, _, err := f.Journal()
	if err != nil {
		return out, err
	}
	out.IDs = f.ShortIDs(events)
	if !write || len(out.IDs) == 0 {
		return out, nil
	}
	defer f.Forget()
	out.Files, err = f.RestoreIDs(out.IDs, o.Time())
	out.Written = err == nil
	return out, err
}
