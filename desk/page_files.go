package desk

import "github.com/rubric-project/rubric/office"

// products are what there is of each product, looked up once for a look at the round.
func (c *call) products() ([]office.Product, error) {
	return once(c.view, "products", func() ([]office.Product, error) {
		return c.office().Products(c.r.Context(), c.view.Folder, c.view.Intake)
	})
}

// decideStep is the step of what a person must settle.
func (c *call) decideStep() (step, bool) { return step{}, false }
