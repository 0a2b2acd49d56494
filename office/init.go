package office

import (
	"bytes"
	"cmp"
	"context"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/models/settings"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
)

// InitOptions is what a new round is made of.
type InitOptions struct {
	// Dir is the new folder.
	Dir string
	// Template is a built-in template's id or a file, Recipients a CSV or xlsx file; "" to take over those of From.
	Template, Recipients string
	Title, Organiser     string
	// Issued is the day the round begins, today where it is zero.
	Issued, Due models.Date
	Contact     models.Contact
	ReplyTo     string
	// Paper is a4 or letter, Language such as en-GB; "" for what the template's readers use, or the earlier round's.
	Paper, Language string
	// Groups are columns of the list to compare by; nil for all further columns.
	Groups []string
	// List is what is said about the list; its File and Columns are not looked at.
	List ListOptions
	// Look is how workbooks and summaries present themselves, and Logo a PNG or JPEG file that is copied into the folder; ""
	// for none.
	Look settings.Look
	Logo string
	// Fonts are font files for scripts that the reports' typeface does not have, with #FACE for a collection; they are copied
	// into the folder.
	Fonts []string
	// From is an earlier round's folder, to take over what is not given; "" for none.
	From string
}

// InitResult is the new round.
type InitResult struct {
	Config     *models.Round
	Template   *models.Template
	Recipients int
	// CrosswalkFile is the crosswalk that was drafted, with the refs that a person must still look at, or "".
	CrosswalkFile string
	Unconfirmed   []string
	// List is how the recipients list was understood.
	List *round.ListReading
}

// Init makes a new round folder.
func (o *Office) Init(ctx context.Context, opts InitOptions) (out InitResult, err error) {
	b, err := o.beginningOf(ctx, opts)
	if err != nil {
		return out, err
	}
	ro, err := o.roundOptions(&opts, b)
	if err != nil {
		return out, err
	}
	r, err := round.Init(opts.Dir, ro)
	if err != nil {
		return out, err
	}
	out = InitResult{Config: r.Config, Template: b.template, Recipients: len(r.Recipients), List: &b.list}
	if b.walk != nil {
		out.CrosswalkFile, out.Unconfirmed = filepath.Join(opts.Dir, round.CrosswalkFile), b.walk.Unconfirmed()
	}
	return out, nil
}

// beginning is what a new round begins with: given, or taken over from an earlier round.
type beginning struct {
	source   []byte
	template *models.Template
	listFile string
	list     round.ListReading
	// earlier is the earlier round's settings, or nil.
	earlier *models.Round
	// files are further files of the new folder; walk is the crosswalk among them, or nil.
	files map[string][]byte
	walk  *crosswalk.Crosswalk
}

func (o *Office) beginningOf(ctx context.Context, opts InitOptions) (b beginning, err error) {
	b.listFile, b.files = opts.Recipients, map[string][]byte{}
	var from *Folder
	if opts.From != "" {
		if from, err = o.openEarlier("from", opts.From); err != nil {
			return b, err
		}
		b.earlier, b.source, b.template = from.Config, from.TemplateSource, from.Template
	}
	if opts.Template != "" {
		if b.source, b.template, err = TemplateNamed(opts.Template); err != nil {
			return b, err
		}
	}
	if b.listFile == "" {
		b.listFile = filepath.Join(opts.From, round.RecipientsFile)
	}
	list := opts.List
	list.File, list.next = b.listFile, opts.Recipients == ""
	if from != nil {
		list.Columns = from.Config.Columns
	}
	if b.list, err = readList(ctx, list); err != nil {
		return b, err
	}
	if b.list.Open() {
		return b, b.list.Problems
	}
	if from == nil {
		return b, nil
	}
	return b, b.takeOver(from)
}

// takeOver adds the files that a round takes over from an earlier one.
func (b *beginning) takeOver(from *Folder) error {
	if logo := from.Config.Look.Logo; logo != "" && filepath.IsLocal(logo) {
		data, err := disk.ReadFile(filepath.Join(from.Dir, logo))
		if err != nil {
			return &fault.Error{Message: "the earlier round's logo " + logo + " cannot be read", Remedy: "put it back, or remove look: logo: from its round.yaml", Err: err}
		}
		b.files[logo] = data
	}
	if err := b.takeFonts(from); err != nil {
		return err
	}
	if bytes.Equal(b.source, from.TemplateSource) {
		return nil
	}
	b.walk = templates.DraftCrosswalk(from.Template, b.template)
	var text bytes.Buffer
	if err := templates.EncodeCrosswalk(&text, b.walk, from.Template, b.template); err != nil {
		return err
	}
	b.files[round.CrosswalkFile] = text.Bytes()
	return nil
}

// paper and language are what was asked for, or else the earlier round's, or else what the template's readers use.
func (b *beginning) paper(asked string) string {
	if asked == "" && b.earlier != nil {
		return ""
	}
	return PaperFor(asked, b.template)
}

func (b *beginning) language(asked string) string {
	if asked == "" && b.earlier != nil {
		return ""
	}
	return cmp.Or(asked, b.template.Language)
}

// PaperFor is the paper asked for, or else what the template's readers use.
func PaperFor(asked string, t *models.Template) string {
	if asked != "" {
		return strings.ToLower(asked)
	}
	if strings.HasSuffix(t.Language, "-US") || strings.HasSuffix(t.Language, "-CA") {
		return "letter"
	}
	return "a4"
}
