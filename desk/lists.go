package desk

import (
	"net/url"
	"strconv"
	"strings"
)

// rowsAPage is how many rows of a list a page shows.
const rowsAPage = 100

// pager is where a page of a list stands, counted from 1. Before and After are addresses; "" at the ends.
type pager struct {
	Total, Pages, From, To int
	Before, After          string
}

// paged says which of total rows are shown: rows[from:to]. The page is in the address as page.
func (c *call) paged(total int) (p pager, from, to int) { return c.pagedBy("page", total) }

// pagedBy is paged for a second list on a page, whose page has another name in the address.
func (c *call) pagedBy(name string, total int) (p pager, from, to int) {
	pages := (total + rowsAPage - 1) / rowsAPage
	at, err := strconv.Atoi(c.query(name))
	if at = min(at, max(pages, 1)); err != nil || at < 1 {
		at = 1
	}
	from = (at - 1) * rowsAPage
	to = min(from+rowsAPage, total)
	p = pager{Total: total, Pages: pages, From: from + 1, To: to}
	if at > 1 {
		p.Before = c.with(name, strconv.Itoa(at-1))
	}
	if at < pages {
		p.After = c.with(name, strconv.Itoa(at+1))
	}
	return p, from, to
}

// with is the page's address with one value changed; "" leaves it out. Another facet begins at the first page.
func (c *call) with(name, value string) string {
	q := c.r.URL.Query()
	q.Del("done")
	q.Del("job")
	if !strings.HasSuffix(name, "page") {
		q.Del("page")
		q.Del("cpage")
	}
	if q.Del(name); value != "" {
		q.Set(name, value)
	}
	u := url.URL{Path: c.r.URL.Path, RawQuery: q.Encode()}
	return u.String()
}

// facet is a property of the rows of a list that they are narrowed down by: words with counts.
type facet struct {
	Name    string
	Options []facetOption
}

type facetOption struct {
	Text, To string
	N        int
	Here     bool
}

// facet makes a facet of the values that rows have, in the order given; the first option is all.
func (c *call) facet(name, param string, all int, values []facetValue) facet {
	chosen := c.query(param)
	f := facet{Name: name, Options: []facetOption{{c.T("All"), c.with(param, ""), all, chosen == ""}}}
	for _, v := range values {
		if v.N > 0 || v.Value == chosen {
			f.Options = append(f.Options, facetOption{v.Text, c.with(param, v.Value), v.N, v.Value == chosen})
		}
	}
	return f
}

// facetValue is a value that N rows have; Text says it to people.
type facetValue struct {
	Value, Text string
	N           int
}

// shaped is a status: a word, and the shape that stands before it (in, part, none, look, out or past).
type shaped struct{ Shape, Text string }

// part is how much of a whole a bar shows.
type part struct{ Part, Whole int }
