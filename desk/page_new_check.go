package desk

import (
	"bytes"
	"cmp"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// newCheckPage is the last step: everything as it was said, a look at the workbook, and where the round is made.
type newCheckPage struct {
	Key       string
	Groups    []checkGroup
	Sample    string
	Sheets    []sheetPicture
	Chooser   chooser
	Folder    string
	Whole     string
	FolderWhy string
	Count     int
	Ready     bool
}

// checkGroup is what a step said, with the way back to it.
type checkGroup struct {
	Step, Title, To string
	Done            bool
	Lines           []fact
}

func (d *Desk) newCheck(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	if in := c.query("in"); in != "" {
		dr.Into = filepath.Clean(in)
	}
	return c.showNewCheck(dr, nil)
}

func (c *call) showNewCheck(dr *draft, errs []formError) (answer, error) {
	if dr.Into == "" {
		dr.Into = c.cfg.Documents
	}
	folder := dr.Folder
	if folder == "" {
		folder = text.FileName(dr.Details.Title, 60)
	}
	data := newCheckPage{Key: dr.key, Folder: folder, Sample: newTo("sample", dr), Whole: filepath.Join(dr.Into, folder)}
	data.Chooser = c.chooseBy(dr.Into, func(dir string) string { return newTo("check", dr, "in", dir) + "#where" })
	data.Ready = true
	lines, err := c.checkLines(dr, &data)
	if err != nil {
		return answer{}, err
	}
	for i, s := range newSteps[:4] {
		data.Groups = append(data.Groups, checkGroup{s.name, c.T(s.title), newTo(s.name, dr), dr.done[s.name], lines[i]})
		data.Ready = data.Ready && dr.done[s.name]
	}
	if dr.done["template"] {
		data.Sheets = c.pictures(dr)
	}
	h := c.newHead("check", dr, c.T("Is everything right?"), c.T("Nothing was made so far. Look it over, then create the round."))
	if h.Errors = errs; len(errs) > 0 {
		for _, e := range errs {
			if e.Field == "folder" {
				data.FolderWhy = e.Text
			}
		}
		return c.wrong("new-check", h, data), nil
	}
	return c.show("new-check", h, data), nil
}

// checkLines are what each of the first four steps said.
func (c *call) checkLines(dr *draft, data *newCheckPage) ([4][]fact, error) {
	var out [4][]fact
	line := func(step int, name, value, more string) {
		if value != "" {
			out[step] = append(out[step], fact{name, value, more})
		}
	}
	opts, _ := dr.options()
	if dr.Template != "" {
		_, t, err := office.TemplateNamed(dr.Template)
		if err != nil {
			return out, err
		}
		line(0, c.T("Template"), t.Title, t.ID+" "+t.Version)
		line(0, c.T("Asks"), c.N(len(t.Criteria), "%d criterion", "%d criteria"), c.N(len(t.Levels), "on %d level", "on %d levels"))
		lang := opts.Language
		if lang == "" {
			lang = t.Language
		}
		line(3, c.T("Language"), cmp.Or(languageNames[lang], lang), "")
		line(3, c.T("Paper"), strings.ToUpper(office.PaperFor(opts.Paper, t)), "")
	}
	x := dr.Details
	line(1, c.T("Title"), x.Title, "")
	line(1, c.T("Office"), x.Organiser, "")
	line(1, c.T("Begins"), c.Date(opts.Issued.Time), "")
	line(1, c.T("Due back"), c.Date(opts.Due.Time), "")
	line(1, c.T("Contact"), strings.TrimSpace(x.ContactName+" "+x.ContactEmail+" "+x.ContactPhone), "")
	line(1, c.T("Replies go to"), x.ReplyTo, "")
	if x.ContactEmail == "" {
		line(1, c.T("Contact"), c.T("none given"), c.T("messages need an address that they come from"))
	}
	if dr.List.File != "" {
		p, err := c.office().ProposeList(c.r.Context(), dr.List.options())
		if err != nil {
			return out, err
		}
		v := c.viewList(&p, &dr.List)
		data.Count = v.Count
		line(2, c.T("List"), v.File, v.Sheet)
		line(2, c.T("Recipients"), strconv.Itoa(v.Count), c.N(v.Count-v.Unreached, "%d with an address", "%d with an address"))
		groups := strings.Join(dr.List.groups, ", ")
		if groups == "" {
			groups = c.T("by nothing")
		}
		line(2, c.T("Compared"), groups, "")
		if v.Blocked {
			dr.done["recipients"] = false
		}
	}
	line(3, c.T("Colour"), dr.Look.Accent, "")
	line(3, c.T("Logo"), base(dr.Look.Logo), "")
	line(3, c.T("Marking"), dr.Look.Marking, "")
	return out, nil
}

// newSample is the workbook of the first recipient as it would be.
func (d *Desk) newSample(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	b, err := c.sample(dr)
	if err != nil {
		return answer{}, err
	}
	return answer{content: &content{name: text.FileName(dr.Details.Title+" sample", 100) + ".xlsx", kind: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		body: bytes.NewReader(b), size: int64(len(b))}}, nil
}

// sheetPicture is a sheet as it looks.
type sheetPicture struct {
	Name          string
	Width, Height float64
	Cut           bool
	Boxes         any
}

// pictureHeight is how much of a sheet is shown, in points: about a screen.
const pictureHeight = 560

// pictures are the sheets of that workbook; none where it cannot be made as long as something is wrong, which is said
// elsewhere.
func (c *call) pictures(dr *draft) (out []sheetPicture) {
	sheets, err := c.office().SamplePictures(c.r.Context(), c.sampleOptions(dr), pictureHeight)
	if err != nil {
		return nil
	}
	for _, s := range sheets {
		out = append(out, sheetPicture{s.Name, s.Width, s.Height, s.Cut, s.Boxes})
	}
	return out
}

// sample makes that workbook.
func (c *call) sample(dr *draft) ([]byte, error) {
	var b bytes.Buffer
	err := c.office().SampleWorkbook(c.r.Context(), &b, c.sampleOptions(dr))
	return b.Bytes(), err
}

// sampleOptions are the draft's. As long as there is no list that can be used, the workbook is nobody's.
func (c *call) sampleOptions(dr *draft) office.InitOptions {
	opts, _ := dr.options()
	if !dr.done["recipients"] {
		opts.Recipients, opts.Groups = "", nil
	}
	if opts.Due.IsZero() {
		opts.Due = models.Date{Time: c.office().Time()}
	}
	return opts
}

// createRound makes the round.
func (d *Desk) createRound(c *call) (answer, error) {
	dr, release, gone := c.theDraft()
	defer release()
	if dr == nil {
		return gone, nil
	}
	dr.Folder = strings.TrimSpace(c.field("folder"))
	var errs []formError
	switch {
	case dr.Folder == "":
		errs = append(errs, formError{"folder", c.T("Give the round's folder a name")})
	case dr.Folder != text.FileName(dr.Folder, 200):
		errs = append(errs, formError{"folder", c.T("A folder cannot be called so: choose a name without / \\ : * ? \" < > |")})
		dr.Folder = text.FileName(dr.Folder, 60)
	}
	for _, s := range newSteps[:4] {
		if !dr.done[s.name] {
			errs = append(errs, formError{"step-" + s.name, c.T("This step is not done yet: %s", c.T(s.title))})
		}
	}
	if len(errs) > 0 {
		return c.showNewCheck(dr, errs)
	}
	opts, _ := dr.options()
	made, err := c.office().Init(c.r.Context(), opts)
	if err != nil && office.IsMisuse(err) {
		return c.showNewCheck(dr, []formError{{"folder", withoutFolder(office.InWords(err, c.optionName), dr.List.File)}})
	}
	if err != nil {
		return answer{}, err
	}
	l := d.add(opts.Dir)
	d.settings.opened(l.dir)
	d.made(dr)
	said := saying{Text: c.N(made.Recipients, "The round is made, with %d recipient.", "The round is made, with %d recipients."),
		More: c.T("It is the folder %s.", l.dir)}
	if d.hasRound("send") {
		said.To, said.ToText = "/r/"+l.key+"/send", c.T("Make the workbooks and send them")
	}
	return redirect("/r/" + l.key + address("/overview", "done", l.say(said))), nil
}

// hasRound says whether there is a page of that name in a round.
func (d *Desk) hasRound(page string) bool {
	for _, r := range d.table() {
		if r.round && r.method == "GET" && r.path == page {
			return true
		}
	}
	return false
}
