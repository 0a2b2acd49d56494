package checks

import (
	"path"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// MayBeEvidence says that a file cannot be a return, as far as it was read, and may be evidence for one that it came with:
// a document, a picture, a workbook of something else. What is a workbook by its name, and could not be read, may be the
// return itself.
func MayBeEvidence(ret *models.Return) bool {
	switch {
	case ret.Container == "" || !strings.HasPrefix(ret.File, ret.Container) || len(ret.Claims) > 0:
		return false
	case ret.Beside:
		return true
	}
	for _, f := range ret.Findings {
		switch f.Code {
		case models.NoAnswersFound:
			return ret.Answered() == 0
		case models.FilePDF, models.FileDocument, models.FileImage, models.FileWebPage, models.FileCSV, models.FileNotWorkbook, models.FileNumbers, models.FileZip, models.FileEmpty:
			return !workbookByName(ret.File)
		}
	}
	return false
}

func workbookByName(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".ots", ".fods":
		return true
	}
	return false
}

// runs lists the endings of what a computer runs when it is opened. Such a file is never taken out of a message.
var runs = []string{".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".ps1", ".psm1",
	".msi", ".msp", ".msix", ".hta", ".cpl", ".jar", ".reg", ".lnk", ".url", ".scf", ".inf", ".dll", ".app", ".command", ".sh", ".apk", ".dmg", ".iso", ".img", ".vhd", ".vhdx", ".one", ".chm"}

// together is what lies below one level of a container: whose returns these are.
type together struct {
	// of is the first that is credited, counted before superseded; others says that another is somebody else's or nobody's.
	of     *file
	first  *file
	others bool
}

func (t *together) add(f *file) {
	credited := f.recipient != "" && f.counted()
	switch {
	case t.first == nil:
		t.first = f
	case t.first.recipient != f.recipient:
		t.others = true
	}
	if credited && (t.of == nil || t.of.status != models.Counted && f.status == models.Counted) {
		t.of = f
	}
}

// counted says that a file counts, or would if another of the same recipient did not.
func (f *file) counted() bool {
	return f.status == models.Counted || f.status == models.Superseded || f.status == models.PlanCounts || f.status == models.ViewCounts
}

// besides gives the evidence that came with a return to it, as its attachments. It belongs to the return that lies nearest:
// in the same folder of an archive, the same archive, the same message. Where that is not one recipient's, or does not
// count, it stays where it is, and a finding says so.
func besides(files []*file) {
	levels := map[string]*together{}
	for _, f := range files {
		if f.ret.Container == "" || f.evidence() {
			continue
		}
		for level := range levelsOf(f.ret.File, "") {
			if levels[level] == nil {
				levels[level] = &together{}
			}
			levels[level].add(f)
		}
	}
	for _, f := range files {
		if !f.evidence() {
			continue
		}
		var at *together
		for level := range levelsOf(f.ret.File, f.ret.Container) {
			if at = levels[level]; at != nil {
				break
			}
		}
		f.keep(at)
	}
}

// evidence says that a file can only be evidence.
func (f *file) evidence() bool {
	if f.stub != nil {
		return f.stub.Evidence
	}
	return f.recipient == "" && !f.assigned && MayBeEvidence(f.ret)
}

// levelsOf are the folders, archives and messages that a file lies in, the innermost first, down to the outermost given.
func levelsOf(file, outermost string) func(func(string) bool) {
	const most = 64 // of a deeper one only these, and the outermost
	return func(yield func(string) bool) {
		level := file
		for range most {
			i := strings.LastIndexAny(level, "/!")
			if i < 0 || i < len(outermost) {
				return
			}
			if level = level[:i]; !yield(level) {
				return
			}
		}
		if outermost != "" {
			yield(outermost)
		}
	}
}

// keep decides about a file that can only be evidence; at is what lies nearest to it.
func (f *file) keep(at *together) {
	left := func(why string, values ...any) {
		f.findings, f.alone = nil, true
		f.status = models.Rejected
		f.add(models.EvidenceLeft, why, values...)
	}
	switch {
	case at == nil:
		if f.ret.Beside { // no return came with it: the message says what it lacks
			f.status = models.Attached
		}
	case at.of == nil:
		left("The file came beside %s, which does not count.", at.first.ret.File)
	case at.others:
		left("The file came beside returns that are not all of one recipient: it cannot be told whose it is.")
	case f.ret.Size == 0:
		left("The file came beside %s and is empty.", at.of.ret.File)
	case slices.Contains(runs, strings.ToLower(path.Ext(f.ret.File))):
		left("The file came beside %s. It is a program or a shortcut by its name, which no evidence is.", at.of.ret.File)
	default:
		name := attachmentName(f.ret)
		at.of.attachments = append(at.of.attachments, models.Attachment{Name: name, From: f.ret.File, Digest: f.ret.Digest, Size: f.ret.Size})
		f.status = models.Attached
		if workbookByName(f.ret.File) {
			at.of.add(models.ForeignBeside, "The workbook %s, which is not of this assessment, came beside it and is kept as its attachment.", name)
		}
	}
}

// attachmentName is the last name in a path.
func attachmentName(ret *models.Return) string {
	name := strings.ReplaceAll(strings.TrimLeft(strings.TrimPrefix(ret.File, ret.Container), "!/"), `\`, "/")
	name = name[strings.LastIndexByte(name, '/')+1:]
	if i := strings.LastIndexByte(name, '!'); i >= 0 && strings.IndexByte(name[i+1:], '.') > 0 {
		name = name[i+1:]
	}
	return text.FileName(name, 200)
}

// originals finds workbooks that came untouched beside the filled-in copy, in one message: nobody need be asked about them.
func originals(files []*file) {
	type key struct{ container, recipient, part string }
	filled := map[key]*file{}
	for _, f := range files {
		k := key{f.ret.Container, f.recipient, f.part}
		if f.ret.Container != "" && f.counted() && filled[k] == nil {
			filled[k] = f
		}
	}
	for _, f := range files {
		g := filled[key{f.ret.Container, f.recipient, f.part}]
		if g == nil || !f.original {
			continue
		}
		f.findings, f.alone = nil, true
		f.status = models.Superseded
		f.add(models.OriginalBeside, "The file is the workbook as it was sent out. %s, which came with it, is the filled-in copy.", g.ret.File)
	}
}

// blank says that nobody wrote anything into a workbook.
func blank(ret *models.Return) bool {
	if errors, _, _ := models.Count(ret.Findings); errors > 0 || ret.Answered() > 0 {
		return false
	}
	answers := ret.Answers()
	for i := range answers {
		a := &answers[i]
		if !empty(a.Comment.Value) || !empty(a.Evidence.Value) || !a.Target.Value.IsBlank() {
			return false
		}
	}
	return true
}
