package desk

import (
	"errors"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/lists"
)

// newListPage is the third step: before there is a list, and when it was read.
type newListPage struct {
	Key  string
	List *listView
	// Problem says that the file could not be read at all.
	Problem string
	Remedy  string
	// Older says that the file seems to be in the encoding of older Windows programs.
	Older bool
}

func (d *Desk) newList(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	return c.showNewList(dr, nil)
}

func (c *call) showNewList(dr *draft, errs []formError) (answer, error) {
	data := newListPage{Key: dr.key}
	h := c.newHead("recipients", dr, c.T("Who gets a workbook?"), c.T("A list of the organisations, as you have it: from Excel or as CSV."))
	if dr.List.File != "" {
		p, err := c.office().ProposeList(c.r.Context(), dr.List.options())
		switch {
		case err != nil && !office.IsMisuse(err):
			return answer{}, err
		case err != nil:
			data.Problem, data.Remedy = withoutFolder(office.InWords(err, c.optionName), dr.List.File), ""
			data.Older = lists.InOlderEncoding(err)
		default:
			v := c.viewList(&p, &dr.List)
			data.List = &v
			h.Question, h.Facts = c.T("Check that the list was understood. Your own file is not changed."), v.Facts
		}
	}
	if h.Errors = errs; len(errs) > 0 {
		return c.wrong("new-recipients", h, data), nil
	}
	return c.show("new-recipients", h, data), nil
}

// optionName calls an option of office as the desk's fields are called.
func (c *call) optionName(o office.Option) string {
	switch o {
	case "recipients":
		return c.T("the list")
	case "map":
		return c.T("the columns")
	case "sheet":
		return c.T("the sheet")
	}
	return string(o)
}

// dropList takes a list that was chosen or dropped.
func (d *Desk) dropList(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	x, err := c.takeUpload()
	switch {
	case errors.Is(err, errTooLarge):
		return answer{}, tooLargeFile()
	case err != nil:
		return answer{}, err
	case x.file("file") == "":
		return c.showNewList(dr, []formError{{"file", c.T("Choose the file with your list")}})
	}
	dr.List = draftList{File: x.file("file"), At: c.office().Time()}
	dr.done["recipients"] = false
	return redirect(newTo("recipients", dr)), nil
}

func tooLargeFile() error {
	return &fault.Error{Usage: true, Message: "this file has more than 64 MB", Remedy: "give a smaller one"}
}

// readList takes what is said about the list: to read it again, or to use it.
func (d *Desk) readList(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	if c.field("do") == "older" {
		dr.List.Encoding = lists.Windows1252
		return redirect(newTo("recipients", dr)), nil
	}
	dr.List.said(c.field)
	if key := dr.List.twice(); key != "" {
		return c.showNewList(dr, []formError{{"columns", c.T("Two columns are said to be the same: %s. Choose one.", key)}})
	}
	if c.field("do") != "use" {
		return redirect(newTo("recipients", dr) + "#columns"), nil
	}
	p, err := c.office().ProposeList(c.r.Context(), dr.List.options())
	if err != nil {
		return answer{}, err
	}
	v := c.viewList(&p, &dr.List)
	if dr.done["recipients"] = !v.Blocked; v.Blocked {
		var errs []formError
		for _, k := range v.Kinds {
			errs = append(errs, formError{k.ID, k.Title})
		}
		if len(errs) == 0 {
			errs = []formError{{"file", c.T("There is nobody in the list")}}
		}
		return c.showNewList(dr, errs)
	}
	return redirect(newTo("look", dr)), nil
}
