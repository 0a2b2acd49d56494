package desk

import (
	"time"
)

// whoGets are the ids of those who would get each kind, by what the journal and the register say. Whether all their files
// are right is seen when the messages are prepared.
func (c *call) whoGets() ([6][]string, error) {
	return once(c.view, "who gets what "+c.office().Time().Format(time.DateOnly), func() (out [6][]string, err error) {
		had := map[string]map[string]bool{}
		for _, e := range c.view.Events {
			if had[string(e.Kind)] == nil {
				had[string(e.Kind)] = map[string]bool{}
			}
			had[string(e.Kind)][e.Recipient] = true
		}
		pieces, err := c.view.Folder.Pieces()
		if err != nil {
			return out, err
		}
		reminding, _ := c.reminding()
		for i := range reminding {
			if reminding[i].Due() {
				out[1] = append(out[1], reminding[i].Recipient.ID)
			}
		}
		for _, e := range c.view.Intake.Register.Entries {
			id := e.Recipient.ID
			if !had["sent"][id] && e.Recipient.Email != "" {
				out[0] = append(out[0], id)
			}
			if len(pieces.Correctable(c.view.Intake, e)) > 0 {
				out[2] = append(out[2], id)
			}
			if e.Return != nil && !had["results-sent"][id] && e.Recipient.Email != "" {
				out[3] = append(out[3], id)
			}
			if e.Return != nil && e.Plan == "" && !had["plans-sent"][id] && e.Recipient.Email != "" {
				out[4] = append(out[4], id)
			}
			if meets(&e) && had["consensus-made"][id] && !had["consensus-sent"][id] && e.Recipient.Email != "" {
				out[5] = append(out[5], id)
			}
		}
		return out, nil
	})
}
