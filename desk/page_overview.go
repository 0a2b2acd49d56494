package desk

// overview says where the round stands, and what is next.
func (d *Desk) overview(c *call) (answer, error) {
	v := c.view
	d.settings.opened(c.live.dir)
	h := head{Title: v.Folder.Config.Title, Kicker: v.Folder.Config.Organiser, Question: c.T("Where do we stand, and what is next?"), Here: "overview"}
	return c.show("overview", h, nil), nil
}
