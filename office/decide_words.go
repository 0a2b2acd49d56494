package office

import (
	"strings"

	"github.com/rubric-project/rubric/models/decisions"
)

// AnswerRequest takes FILE/REF=VALUE apart: the answer to REF in a file of returns/ is VALUE. Names of files may have a
// slash and an equals sign in them; what stands before the ref is the file.
func (f *Folder) AnswerRequest(word string) (decisions.Request, error) {
	bad := func(ref string) error { return noCriterion(f, word, ref) }
	var err error
	for i, r := range word {
		if r != '=' {
			continue
		}
		left := strings.ReplaceAll(word[:i], `\`, "/")
		slash := strings.LastIndexByte(left, '/')
		if slash < 0 {
			continue
		}
		ref := strings.TrimSpace(left[slash+1:])
		if f.Template.Criterion(ref) == nil {
			err = bad(ref)
			continue
		}
		return decisions.Request{Kind: decisions.Answer, File: word[:slash], Ref: ref, Value: strings.TrimSpace(word[i+1:])}, nil
	}
	if err == nil {
		err = Bad(word, ": write FILE/REF=VALUE, with the file as the register names it")
	}
	return decisions.Request{}, err
}

// FromRequest makes the request that a file decides where workbooks of a recipient differ. what is the recipient's id,
// alone for all that differs, or with a slash and the ref of a criterion or question: "0042/1.3". A file of "" takes an
// earlier word back.
func (f *Folder) FromRequest(what, file string) (decisions.Request, error) {
	id, ref, err := f.apart(strings.TrimSpace(what))
	file = strings.TrimSpace(file)
	return decisions.Request{Kind: decisions.From, Recipient: id, Ref: ref, File: file, Back: file == ""}, err
}

// apart takes a recipient and a ref apart, or "" for all. An id may have a slash in it itself.
func (f *Folder) apart(what string) (id, ref string, err error) {
	known := func(ref string) bool { return f.Template.Criterion(ref) != nil || f.Template.Question(ref) != nil }
	id, ref, _ = strings.Cut(what, "/")
	if known(ref) {
		return id, ref, nil
	}
	if i := strings.LastIndex(what, "/"); i >= 0 {
		id, ref = what[:i], what[i+1:]
	}
	if ref == "" || known(ref) {
		return id, ref, nil
	}
	if _, err := f.Find(what); err != nil {
		return "", "", noCriterion(f, what, ref)
	}
	return what, "", nil
}

// FileRequest takes FILE or FILE/REF apart, for a matter that is left as it is.
func (f *Folder) FileRequest(word string) decisions.Request {
	left := strings.ReplaceAll(word, `\`, "/")
	if slash := strings.LastIndexByte(left, '/'); slash > 0 {
		if ref := left[slash+1:]; f.Template.Criterion(ref) != nil || f.Template.Question(ref) != nil {
			return decisions.Request{Kind: decisions.Leave, File: word[:slash], Ref: ref}
		}
	}
	return decisions.Request{Kind: decisions.Leave, File: word}
}
