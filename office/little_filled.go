package office

import "github.com/rubric-project/rubric/models"

// littleFilled is the share of its criteria, in per cent, under which a return is said to be hardly filled in.
const littleFilled = 25

// LittleFilled are the recipients whose return counts although little in it is filled in: less than a quarter of what is asked, in
// one workbook.
// There are none where the round itself says how much must be answered.
func (in *Intake) LittleFilled(f *Folder) (out []models.Entry) {
	if f.Config.Completeness > 0 {
		return nil
	}
	for _, e := range in.Register.Entries {
		if e.Status == models.Returned && e.Return != nil && len(e.Files) <= 1 && 100*e.Answered < littleFilled*e.Criteria {
			out = append(out, e)
		}
	}
	return out
}
