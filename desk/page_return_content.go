package desk

import (
	"bytes"
	"path"
	"strings"

	"github.com/rubric-project/rubric/office/opened"
	"github.com/rubric-project/rubric/office/post"
)

// saved is content that a browser saves and never opens: what is inside was made by anybody.
func saved(name string, b []byte) answer {
	return answer{content: &content{name: name, kind: "application/octet-stream", body: bytes.NewReader(b), size: int64(len(b))}}
}

// originalFile is the file as it came.
func (d *Desk) originalFile(c *call) (answer, error) {
	name, b, err := opened.Original(c.view.Folder, c.view.Intake, c.query("file"))
	if err != nil {
		return answer{}, err
	}
	return saved(name, b), nil
}

// insideFile is a picture or a file on a sheet of a return: shown where it is a picture of a kind that holds no program.
func (d *Desk) insideFile(c *call) (answer, error) {
	b, err := opened.Object(c.r.Context(), c.office(), c.view.Folder, c.view.Intake, c.query("file"), c.query("part"))
	if err != nil {
		return answer{}, err
	}
	name := path.Base(c.query("part"))
	kind := opened.Kind(b)
	if kind == "" || c.query("save") != "" {
		return saved(name, b), nil
	}
	return answer{content: &content{name: name, kind: kind, inline: true, body: bytes.NewReader(b), size: int64(len(b))}}, nil
}

// evidenceFile is a file that came beside a return.
func (d *Desk) evidenceFile(c *call) (answer, error) {
	name, b, err := opened.Attachment(c.view.Folder, c.view.Intake, c.query("file"), c.query("digest"))
	if err != nil {
		return answer{}, err
	}
	return saved(name, b), nil
}

// messageFile is the message to the sender of a file, as a draft for a mail program.
func (d *Desk) messageFile(c *call) (answer, error) {
	m := post.ToSender(c.view.Folder, c.view.Intake, c.query("file"))
	b, err := m.EML(c.view.Folder, c.office().Time())
	if err != nil {
		return answer{}, err
	}
	name := strings.TrimSuffix(baseName(c.query("file")), path.Ext(c.query("file"))) + ".eml"
	return answer{content: &content{name: name, kind: "message/rfc822", body: bytes.NewReader(b), size: int64(len(b))}}, nil
}
