package desk

// littleRow is a return that counts with very little in it.
type littleRow struct {
	Name, To           string
	Answered, Criteria int
}

// littleShown is how many of them are named.
const littleShown = 10

// fillLittle names the returns that count with very little in them.
func (c *call) fillLittle(p *returnsPage) {
	little := c.view.Intake.LittleFilled(c.view.Folder)
	for _, e := range little[:min(len(little), littleShown)] {
		p.Little = append(p.Little, littleRow{e.Recipient.Name, c.to("return", "file", e.File), e.Answered, e.Criteria})
	}
	p.LittleMore = len(little) - len(p.Little)
}
