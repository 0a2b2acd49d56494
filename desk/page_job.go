package desk

import "net/http"

// showJob shows what is being done in the round, or was done last: the whole page, or only the part for the script.
func (d *Desk) showJob(c *call) (answer, error) {
	j := c.live.latest()
	if c.query("part") != "" {
		if j == nil {
			return answer{status: http.StatusOK, page: "job-fragment"}, nil
		}
		c.w.Header().Set("X-Job-Ended", map[bool]string{true: "yes", false: "no"}[j.Ended()])
		return answer{status: http.StatusOK, page: "job-fragment", head: head{Here: j.Page}}, nil
	}
	h := head{Title: c.T("What is being done")}
	if j != nil {
		if h.Here = j.Page; j.Ended() && c.query("job") == "" {
			return redirect(c.to(j.Page, "job", "ended")), nil
		}
	}
	return c.show("job", h, nil), nil
}

// stopJob asks the running job to end.
func (d *Desk) stopJob(c *call) (answer, error) {
	c.live.stop()
	return redirect(inside(c.field("back"))), nil
}
