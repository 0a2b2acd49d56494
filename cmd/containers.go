package cmd

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// isContainer says that a file in returns/ holds returns rather than being one.
func isContainer(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".zip", ".eml", ".msg", ".mbox", ".mbx":
		return true
	}
	return false
}

// readContainer reads the returns in an archive or a saved message. Each is named by the container, "!" and its
// name. A container with nothing in it that could be a return is read like any file, which says what it is.
func readContainer(ctx context.Context, f *folder, opt returns.ReadOptions, file round.ReturnFile, content []byte) ([]models.Return, []models.Finding) {
	items, err := unpack(f, file.File, file.Size, content)
	if err != nil {
		return []models.Return{readFile(ctx, f, opt, file, nil, "")}, nil
	}
	var out []models.Return
	var findings []models.Finding
	for _, it := range items {
		switch {
		case it.Finding != nil:
			findings = append(findings, *it.Finding)
		case it.Found != nil:
			name := strings.Join(it.Found.Path, "!")
			opt := opt
			opt.Digest = it.Found.Digest
			ret := returns.Read(ctx, bytes.NewReader(it.Found.Content), int64(len(it.Found.Content)), name, opt)
			ret.Received = it.Found.Letter.Date
			ret.Senders = it.Found.Senders
			out = append(out, ret)
		}
	}
	if len(out)+len(findings) == 0 {
		out = append(out, readFile(ctx, f, opt, file, content, ""))
	}
	return out, findings
}

// unpack finds what is in a container in returns/. content is its bytes, or nil where they are not at hand.
func unpack(f *folder, file string, size int64, content []byte) ([]mail.Item, error) {
	limits := mail.DefaultLimits()
	if content != nil {
		items := mail.Read(file, content, limits)
		nameApart(items)
		return items, nil
	}
	if size > limits.Message {
		return nil, io.ErrShortBuffer
	}
	src, err := f.OpenReturn(file)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	content, err = io.ReadAll(io.LimitReader(src, limits.Message+1))
	if err != nil {
		return nil, err
	}
	items := mail.Read(file, content, limits)
	nameApart(items)
	return items, nil
}

// nameApart gives files of one container that have one path different ones: everything that is said and settled about
// a return goes by its path.
func nameApart(items []mail.Item) {
	taken := map[string]bool{}
	for _, it := range items {
		if it.Found == nil {
			continue
		}
		last := len(it.Found.Path) - 1
		name := it.Found.Path[last]
		ext := path.Ext(name)
		for n := 2; taken[strings.Join(it.Found.Path, "!")]; n++ {
			it.Found.Path = slices.Clone(it.Found.Path)
			it.Found.Path[last] = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n, ext)
		}
		taken[strings.Join(it.Found.Path, "!")] = true
	}
}

// returnContent is the bytes of a return, also of one in a container; file is as in models.Return.
func returnContent(f *folder, file string) ([]byte, error) {
	if i := strings.IndexByte(file, '!'); i >= 0 && isContainer(file[:i]) {
		items, err := unpack(f, file[:i], 0, nil)
		if err != nil {
			return nil, err
		}
		for _, it := range items {
			if it.Found != nil && strings.Join(it.Found.Path, "!") == file {
				return it.Found.Content, nil
			}
		}
	}
	src, err := f.OpenReturn(file)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	return io.ReadAll(src)
}
