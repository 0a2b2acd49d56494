package office

import (
	"errors"

	"github.com/rubric-project/rubric/models"
)

// FileLine is what became of a file, by its path inside returns/.
func (in *Intake) FileLine(file string) (models.FileLine, bool) {
	i, ok := in.lines[file]
	if !ok {
		return models.FileLine{}, false
	}
	return in.Register.Files[i], true
}

// ReturnContent is the bytes of a return, also of one that lies in a container; file is as in models.Return.
func (f *Folder) ReturnContent(file string) ([]byte, error) { return returnContent(f, file) }

// EvidenceContent is the bytes of an evidence file that lies in a container in returns/; from is as in models.Attachment.
func (f *Folder) EvidenceContent(from string) ([]byte, error) {
	x := insideOf{f: f}
	for i := range from {
		if from[i] == '!' && x.open(from[:i]) {
			if b, ok := x.files[from]; ok {
				return b, nil
			}
		}
	}
	return nil, errors.New("the evidence is no longer where it came")
}
