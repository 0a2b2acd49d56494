package desk

import (
	"net/http"
	"time"

	"github.com/rubric-project/rubric/office"
)

// seen is how far a round's journal went when the desk last looked at it.
type seen struct {
	Events int       `json:"events"`
	Last   time.Time `json:"last"`
}

// mostSeen is how many rounds' journals are remembered.
const mostSeen = 200

// older says that a round's journal went further when the desk saw it last: it was restored from a backup, or this folder is
// an older copy of one that was opened before.
type older struct {
	Had, Has  int
	Last, Now time.Time
}

// journalKey names a round wherever its folder is: its id, and when it was made.
func journalKey(id string, events []office.Event) string {
	return id + " " + events[0].Time.UTC().Format(time.RFC3339Nano)
}

// sawJournal compares a journal with how far it went before, and remembers it where it goes further now.
func (s *settings) sawJournal(id string, events []office.Event) *older {
	if len(events) == 0 {
		return nil
	}
	key, now := journalKey(id, events), seen{len(events), events[len(events)-1].Time}
	s.mu.Lock()
	was, known := s.kept.Seen[key]
	s.mu.Unlock()
	switch {
	case known && was == now:
		return nil
	case known && (was.Events > len(events) || !events[was.Events-1].Time.Equal(was.Last)):
		return &older{was.Events, now.Events, was.Last, now.Last}
	}
	s.remember(key, now)
	return nil
}

func (s *settings) remember(key string, x seen) {
	s.change(func(k *keptSettings) {
		if k.Seen == nil || len(k.Seen) >= mostSeen {
			k.Seen = map[string]seen{}
		}
		k.Seen[key] = x
	})
}

// takeOlder goes on with a round as it is, although its journal went further before.
func (d *Desk) takeOlder(c *call) (answer, error) {
	if e := c.view.Events; len(e) > 0 {
		d.settings.remember(journalKey(c.view.Folder.Config.ID, e), seen{len(e), e[len(e)-1].Time})
	}
	c.view.Older = nil
	return redirect(c.to("overview", "done", c.live.say(saying{Text: c.T("The round is taken as it is now."), More: c.T("Before you send anything, look who had it already.")}))), nil
}

// drawnFromLater refuses a form that was drawn when the journal went further than it does now.
func (c *call) drawnFromLater() answer {
	return c.told(http.StatusConflict, c.T("The round went back to an earlier state"),
		c.T("It was restored from a backup, or put back by somebody, since you opened the page. Nothing was done. Open the page anew: it shows the round as it is now."))
}
