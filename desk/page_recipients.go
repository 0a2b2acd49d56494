package desk

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office/lists"
)

// recipientsPage is the list: who is in it, and can each be reached?
type recipientsPage struct {
	Query  string
	Kept   []pair
	Facets []facet
	Rows   []recipientRow
	Pager  pager
	Shown  int
	Groups []string
	Empty  bool
}

// pair is a value of the address that a search keeps.
type pair struct{ Name, Value string }

// recipientRow is a recipient in the list.
type recipientRow struct {
	ID, Name, To, Email, Contact, Language string
	Groups                                 []string
	Made                                   shaped
	Stands                                 shaped
}

// standings are those of recipients.
var standings = []models.Status{models.Returned, models.Partial, models.Outstanding, models.Late, models.Corrections}

func (d *Desk) recipients(c *call) (answer, error) {
	v := c.view
	made, err := once(v, "workbooks made", func() (map[string]bool, error) { return lists.Made(v.Folder) })
	if err != nil {
		return answer{}, err
	}
	all := v.Intake.Register.Entries
	withAddress, withBook := 0, 0
	for i := range all {
		if all[i].Recipient.Email != "" {
			withAddress++
		}
		if made[all[i].Recipient.ID] {
			withBook++
		}
	}
	data := recipientsPage{Query: c.query("q"), Groups: v.Folder.Config.Groups[:min(len(v.Folder.Config.Groups), 3)], Empty: len(all) == 0}
	keep := c.recipientFilter(made)
	for _, name := range []string{"address", "status", "book"} {
		data.Kept = append(data.Kept, pair{name, c.query(name)})
	}
	for i := range v.Folder.Config.Groups {
		data.Kept = append(data.Kept, pair{"g" + strconv.Itoa(i), c.query("g" + strconv.Itoa(i))})
	}
	data.Kept = slices.DeleteFunc(data.Kept, func(p pair) bool { return p.Value == "" })
	data.Facets = c.recipientFacets(all, made)
	var found []int
	for i := range all {
		if keep(&all[i]) {
			found = append(found, i)
		}
	}
	p, from, to := c.paged(len(found))
	data.Pager, data.Shown = p, len(found)
	for _, i := range found[from:to] {
		data.Rows = append(data.Rows, c.recipientRow(&all[i], made, data.Groups))
	}
	h := head{Title: c.T("Recipients"), Kicker: v.Folder.Config.Title, KickerTo: c.to("overview"), Question: c.T("Who is in the round, and can each be reached?"), Here: "recipients",
		Act: c.T("Add recipients"), ActTo: c.to("recipients/add"),
		Facts: []fact{{c.T("Recipients"), strconv.Itoa(len(all)), ""}, {c.T("With an address"), strconv.Itoa(withAddress), ""}, {c.T("Workbooks made"), strconv.Itoa(withBook), ""},
			{c.T("Without a workbook"), strconv.Itoa(len(all) - withBook), ""}}}
	return c.show("recipients", h, data), nil
}

func (c *call) recipientRow(e *models.Entry, made map[string]bool, groups []string) recipientRow {
	rc := e.Recipient
	row := recipientRow{ID: rc.ID, Name: cutText(rc.Name, 120), To: c.to("recipients/one", "id", rc.ID), Email: cutText(rc.Email, 120), Contact: cutText(rc.Contact, 80), Stands: c.statusOf(e.Status)}
	if row.Made = (shaped{"none", c.T("not made")}); made[rc.ID] {
		row.Made = shaped{"in", c.T("made")}
	}
	for _, g := range groups {
		row.Groups = append(row.Groups, cutText(rc.Groups[g], 60))
	}
	return row
}

// recipientFilter says which recipients the address asks for.
func (c *call) recipientFilter(made map[string]bool) func(*models.Entry) bool {
	q := strings.ToLower(strings.TrimSpace(c.query("q")))
	address, status, book := c.query("address"), c.query("status"), c.query("book")
	groups := c.view.Folder.Config.Groups
	wanted := make([]string, len(groups))
	asked := make([]bool, len(groups))
	for i := range groups {
		wanted[i], asked[i] = strings.TrimPrefix(c.query("g"+strconv.Itoa(i)), "="), c.query("g"+strconv.Itoa(i)) != ""
	}
	return func(e *models.Entry) bool {
		rc := &e.Recipient
		for i, g := range groups {
			if asked[i] && rc.Groups[g] != wanted[i] {
				return false
			}
		}
		return (q == "" || strings.Contains(strings.ToLower(rc.ID+"\n"+rc.Name+"\n"+rc.Email+"\n"+rc.Contact), q)) &&
			(address == "" || (address == "yes") == (rc.Email != "")) && (status == "" || string(e.Status) == status) && (book == "" || (book == "made") == made[rc.ID])
	}
}

// mostKinds is how many values of a group are shown to choose from.
const mostKinds = 40

// recipientFacets are the properties that the list can be narrowed down by, with the counts of the whole list.
func (c *call) recipientFacets(all []models.Entry, made map[string]bool) []facet {
	address, status, book := map[bool]int{}, map[models.Status]int{}, map[bool]int{}
	groups := c.view.Folder.Config.Groups
	kinds := make([]map[string]int, len(groups))
	for i := range kinds {
		kinds[i] = map[string]int{}
	}
	for i := range all {
		rc := &all[i].Recipient
		address[rc.Email != ""]++
		status[all[i].Status]++
		book[made[rc.ID]]++
		for k, g := range groups {
			kinds[k][rc.Groups[g]]++
		}
	}
	var values []facetValue
	for _, s := range standings {
		values = append(values, facetValue{string(s), c.statusOf(s).Text, status[s]})
	}
	out := []facet{c.facet(c.T("Address"), "address", len(all), []facetValue{{"yes", c.T("has one"), address[true]}, {"no", c.T("has none"), address[false]}}),
		c.facet(c.T("Status"), "status", len(all), values),
		c.facet(c.T("Workbook"), "book", len(all), []facetValue{{"made", c.T("made"), book[true]}, {"not", c.T("not made"), book[false]}})}
	for k, g := range groups {
		if len(kinds[k]) > mostKinds {
			continue
		}
		var names []string
		for name := range kinds[k] {
			names = append(names, name)
		}
		sort.Strings(names)
		values = nil
		for _, name := range names {
			text := cutText(name, 60)
			if text == "" {
				text = c.T("empty")
			}
			values = append(values, facetValue{"=" + name, text, kinds[k][name]})
		}
		out = append(out, c.facet(cutText(g, 60), "g"+strconv.Itoa(k), len(all), values))
	}
	return out
}
