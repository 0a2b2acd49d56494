package checks

import (
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/crosswalk"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/words"
)

// RegisterInput is what Register looks at.
type RegisterInput struct {
	Round    *models.Round
	Template *models.Template
	// TemplateDigest and Key are the round folder's: see models.Manifest.
	TemplateDigest string
	Key            []byte
	Recipients     []models.Recipient
	// Returns is every file of returns/ as read, in any order.
	Returns []models.Return
	// Today decides whether an outstanding return is late.
	Today models.Date
	// Assigned holds by file the id of the recipient to whom a person credited it.
	Assigned map[string]string
	// Sent holds by the SHA-256 in hex the ids of the workbooks as they were sent; it may be nil.
	Sent map[string]string
	// Prefer is latest or first, in place of the round's own; "" leaves it to the round.
	Prefer string
	// PreferFiles lists files that count for their recipient whenever they were saved; of several of one
	// recipient the last listed does.
	PreferFiles []string
	// Parts are the workbooks that were made for each recipient whose workbook is split, by its id, and MadeParts
	// all that were ever made, by which a part is known whose manifest is lost but for the visible reference.
	Parts, MadeParts map[string][]models.Part
	// Settled is what a person said about workbooks of one recipient that differ, the latest last.
	Settled []models.Settlement
	// Plans are the action plans that were ever made, by recipient id: parts with the id plans.PartID and the plan's rows in
	// the place of topics.
	Plans map[string][]models.Part
	// Consensus are the consensus workbooks that were ever made, likewise: parts with the id views.ConsensusID and their views
	// in the place of the topics.
	Consensus map[string][]models.Part
	// Carried is what was written into the recipients' workbooks from earlier rounds, by recipient id; several sets
	// where workbooks were made several times.
	Carried map[string][]crosswalk.CarriedSet

	// AsRead are the returns in which answers were decided, as they were before, by file; see Decide.
	AsRead map[string]*models.Return

	known *known
}

// file is a return on its way through the register.
type file struct {
	// kept is the return as it was given, perhaps with its answers packed, and ret the same; while it is looked at,
	// see open, ret has its answers in the field Answers.
	kept, ret *models.Return
	// read is the return without what the office decided, where it decided something: what the sender did is to be seen in it.
	read *models.Return
	// recipient is whom it is credited to, or "".
	recipient string
	// part is the id of the part that it is, "" for a whole workbook; topics are those that it has then, and sources the
	// views that stand in a consensus workbook.
	part     string
	topics   []string
	sources  []string
	status   models.Status
	findings []models.Finding
	changes  []models.Change
	assigned bool
	// sealed says that a seal of this round confirms whose it is, and not the visible reference alone.
	sealed bool
	// untouched counts the answers that stand as they were carried over, and that nobody confirmed.
	untouched int
	// attachments are what came beside it as evidence.
	attachments []models.Attachment
	// candidates are those whose it may be, where that is doubtful.
	candidates []string
	// original says that it is the workbook as it was sent, with nothing written into it; alone that the reader's findings
	// do not matter, as something else is said of it.
	original, alone bool
	// stub is what is known of a file that was decided about elsewhere.
	stub *Beside
}

func (f *file) open()  { f.ret = f.kept.LaidOut() }
func (f *file) close() { f.ret = f.kept }

// sent are the answers as the sender gave them, whatever the office decided.
func (f *file) sent() []models.Answer {
	if f.read != nil {
		return f.read.Answers()
	}
	return f.ret.Answers()
}

func (f *file) add(code models.Code, message string, values ...any) *models.Finding {
	return f.addSaid(code, words.Sayf(message, values...))
}

func (f *file) addSaid(code models.Code, message words.Said) *models.Finding {
	f.findings = append(f.findings, models.NewFinding(code, models.Origin{File: f.ret.File}, "").Saying(message))
	return &f.findings[len(f.findings)-1]
}

// Register decides whose each return is, which of several of one recipient counts, and where each recipient
// stands. The findings of a file's line are all there are: the reader's, those about whose it is, and for the
// return that counts those of Answers. The Return of an entry points into in.Returns, or is put together from several
// where the recipient's workbook was split.
func Register(in RegisterInput) models.Register {
	d := NewRules(in).Decide(in)
	d.Copied(Copies(d.Prints()))
	besides(d.files)
	return d.Register()
}

// Register is what was decided, as a register: an entry for each recipient that was given, a line for each file.
func (d *Decided) Register() models.Register {
	in := d.in
	reg := models.Register{Entries: entries(in, d.files, d.counted, d.opinions), Files: make([]models.FileLine, 0, len(d.files))}
	notePlans(&reg, d.plans)
	for _, f := range d.files {
		if f.status == models.Attached {
			continue
		}
		findings := append(f.readerFindings(in), f.findings...)
		if f.assigned && f.recipient != "" {
			// What a person settled is an error no longer.
			findings = slices.DeleteFunc(findings, func(f models.Finding) bool { return f.Code == models.ManifestContradictory })
		}
		for k := range findings {
			if findings[k].Recipient == "" {
				findings[k].Recipient = f.recipient
			}
		}
		models.SortFindings(findings)
		reg.Files = append(reg.Files, models.FileLine{File: f.ret.File, Digest: f.ret.Digest, Recipient: f.recipient, Status: f.status, Part: f.part, Candidates: f.candidates,
			Saved: f.ret.Saved, Received: f.ret.Received, Changes: f.changes, Findings: findings, Attachments: f.attachments})
	}
	countFindings(&reg)
	return reg
}

// countFindings gives each entry the findings of its return.
func countFindings(reg *models.Register) {
	lines := map[string]*models.FileLine{}
	for i := range reg.Files {
		lines[reg.Files[i].File] = &reg.Files[i]
	}
	for i := range reg.Entries {
		e := &reg.Entries[i]
		for _, name := range e.Counts() {
			errors, warnings, repairs := models.Count(lines[name].Findings)
			e.Errors, e.Warnings, e.Repairs = e.Errors+errors, e.Warnings+warnings, e.Repairs+repairs
		}
	}
}

// readerFindings are the findings of reading a file, but for rows that it should not have: what the workbook was
// made for, the reader could not know where its manifest was lost.
func (f *file) readerFindings(in RegisterInput) []models.Finding {
	if f.alone {
		return nil
	}
	if f.recipient == "" || f.isPlan() {
		return slices.Clone(f.ret.Findings)
	}
	asked := in.asked(f)
	return slices.DeleteFunc(slices.Clone(f.ret.Findings), func(x models.Finding) bool {
		return x.Code == models.RowMissing && x.Ref != "" && asked.Criterion(x.Ref) == nil
	})
}

// rejectUnfilled refuses a return that holds no answer, and one that is the workbook as it was sent.
func rejectUnfilled(in RegisterInput, f *file) {
	if _, sent := in.Sent[f.ret.Digest]; sent && f.ret.Digest != "" {
		f.add(models.ReturnedAsSent, "The file is the very workbook that was sent out, unchanged: nothing was saved in it.")
		f.status, f.original = models.Rejected, true
		return
	}
	if f.ret.Answered() == 0 {
		f.original = blank(f.ret)
		f.findings = append(f.findings, Answers(in.asked(f), f.ret)...)
		f.status = models.Rejected
		return
	}
	if f.part != views.ConsensusID { // what is proposed there is of now
		carriedOver(in, f)
	}
}

// byRecipient groups the files that may count by their recipient.
func byRecipient(files []*file) map[string][]*file {
	groups := map[string][]*file{}
	for _, f := range files {
		if f.status == "" {
			groups[f.recipient] = append(groups[f.recipient], f)
		}
	}
	return groups
}

// entries makes a line for each recipient.
func entries(in RegisterInput, files []*file, counted map[string]*credit, opinions map[string]*opinions) []models.Entry {
	byID := map[string][]*file{}
	for _, f := range files {
		if f.recipient != "" && !f.isPlan() && !f.isView() {
			byID[f.recipient] = append(byID[f.recipient], f)
		}
	}
	out := make([]models.Entry, len(in.Recipients))
	for i, rc := range in.Recipients {
		asked := in.applying(rc.ID)
		e := models.Entry{Recipient: rc, Criteria: len(asked.Criteria)}
		c := counted[rc.ID]
		for _, f := range byID[rc.ID] {
			if c == nil || !slices.Contains(c.files, f) {
				e.Others = append(e.Others, f.ret.File)
			}
		}
		outstanding := models.Outstanding
		if in.Today.After(in.Round.Due.Time) {
			outstanding = models.Late
		}
		open := false
		e.Parts, open = linesOf(in, rc, c, opinions[rc.ID], byID[rc.ID], outstanding)
		e.Consensus = c != nil && c.files[0].part == views.ConsensusID
		switch {
		case c != nil:
			e.Untouched = untouched(c.files)
			e.Status, e.Return, e.File, e.Answered = models.Returned, c.ret, c.ret.File, answered(asked, c.ret)
			if len(c.files) > 1 {
				e.Files = c.names()
			}
			e.ReturnedLate = slices.ContainsFunc(c.files, func(f *file) bool { return late(in, f) })
			if open {
				e.Status = models.Partial
				notePartial(c, e.Parts)
			}
		case len(e.Others) > 0:
			e.Status = models.Corrections
		default:
			e.Status = outstanding
		}
		out[i] = e
	}
	return out
}
