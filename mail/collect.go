package mail

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// Options say how Collect works. The zero value is good for files.
type Options struct {
	Limits Limits
	// Known says whether a file with this SHA-256 is there already; such are marked as duplicates.
	Known func(digest string) bool
	// For IMAP: where the password comes from, whether it is an access token, and which certificates are
	// trusted beside the system's.
	Password Secret
	XOAUTH2  bool
	Roots    *x509.CertPool
	// Since leaves out messages that came before that day.
	Since time.Time
	// MarkSeen marks the messages as read. Otherwise nothing in the mailbox is changed.
	MarkSeen bool
	// Timeout is for one answer of the server; 0 stands for a minute.
	Timeout time.Duration
	// Dial opens the connection to a mail server; nil stands for the network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Progress is called with the number of files or messages done and, where it is known, of all; it may be nil.
	Progress func(done, all int)
}

// Collect goes through sources: a file (.eml, .msg, .mbox, .zip, or a return itself), a folder with all that is
// in it, a Maildir, or a mailbox as imaps://user@host/INBOX or imap://… (STARTTLS). It passes on what it finds,
// one source after the other, files in the order of their names and messages in the order of the mailbox.
//
// An error comes with an empty item and concerns one source as a whole; the next source follows. Everything
// smaller is a finding among the items.
func Collect(ctx context.Context, sources []string, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		in := &incoming{limits: o.Limits.orDefault(), known: o.Known, seen: map[string]bool{},
			yield: func(it Item) bool { return ctx.Err() == nil && yield(it, nil) }}
		for _, source := range sources {
			var err error
			switch {
			case isMailboxURL(source):
				err = in.imap(ctx, source, o)
			default:
				err = in.path(ctx, source, o)
			}
			if ctx.Err() != nil {
				err = ctx.Err()
			} else if in.stopped {
				return
			}
			if err != nil && !yield(Item{}, err) || ctx.Err() != nil {
				return
			}
		}
	}
}

// Read finds what is in one file that is already in memory; name decides where the content does not. The items
// are in the order of the file.
func Read(name string, content []byte, limits Limits) []Item {
	var out []Item
	in := &incoming{limits: limits.orDefault(), seen: map[string]bool{}, yield: func(it Item) bool {
		out = append(out, it)
		return true
	}}
	in.begin(int64(len(content)))
	in.file(where{path: []string{name}}, content)
	return out
}

func (in *incoming) path(ctx context.Context, source string, o Options) error {
	info, err := os.Stat(source)
	if err != nil {
		return fmt.Errorf("%s cannot be opened: %s", source, plainFileError(err))
	}
	if !info.IsDir() {
		return in.openFile(source, filepath.Base(source), info.Size())
	}
	files, err := in.list(source)
	if err != nil {
		return err
	}
	for i, f := range files {
		if ctx.Err() != nil || in.stopped {
			return ctx.Err()
		}
		info, err := os.Lstat(filepath.Join(source, f))
		if err == nil {
			err = in.openFile(filepath.Join(source, f), filepath.ToSlash(f), info.Size())
		}
		if err != nil {
			in.finding(models.MailUnreadable, where{path: []string{filepath.ToSlash(f)}}, "The file cannot be opened: %s.", words.Sayf(plainFileError(err)))
		}
		if o.Progress != nil {
			o.Progress(i+1, len(files))
		}
	}
	return nil
}

// list is every file below a folder, sorted; links are not followed.
func (in *incoming) list(root string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, p)
		here := where{path: []string{filepath.ToSlash(rel)}}
		switch {
		case err != nil && p == root:
			return fmt.Errorf("the folder %s cannot be read: %s", root, plainFileError(err))
		case err != nil:
			in.finding(models.MailUnreadable, where{path: []string{filepath.ToSlash(rel)}}, "The folder cannot be read.")
			return nil
		case p == root:
			return nil
		case d.IsDir() && d.Name() == "tmp" && isMaildir(filepath.Dir(p)):
			return fs.SkipDir // messages that are still being delivered
		case d.IsDir() && beside(filepath.ToSlash(rel)):
			return fs.SkipDir
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && !isMaildir(p):
			in.finding(models.FolderPassedOver, here, "The name of this folder begins with a dot, so that programs hide it; what is in it was passed over.")
			return fs.SkipDir
		case d.IsDir() || beside(filepath.ToSlash(rel)):
			return nil
		case openElsewhere(d.Name()):
			in.finding(models.FileOwnerTemporary, here, leftWhileOpen)
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			in.finding(models.MailUnreadable, here, "This is a link to another place, and links are not followed. Name the file itself.")
			return nil
		case !d.Type().IsRegular():
			in.finding(models.MailUnreadable, here, "This is not a file with content, but a device or a connection.")
			return nil
		case isMaildir(filepath.Dir(p)) && ofMailServer(d.Name()):
			return nil
		}
		if files = append(files, rel); len(files) > in.limits.Files {
			in.finding(models.MailOverLimit, where{path: []string{filepath.Base(root)}}, "The folder has more than %d files.", in.limits.Files)
			return fs.SkipAll
		}
		return nil
	})
	slices.Sort(files)
	return files, err
}

// isMaildir knows the three folders of a Maildir.
func isMaildir(dir string) bool {
	for _, sub := range []string{"cur", "new", "tmp"} {
		if info, err := os.Stat(filepath.Join(dir, sub)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// ofMailServer is true of the lists that mail servers keep in a Maildir beside its three folders.
func ofMailServer(name string) bool {
	name = strings.TrimLeft(strings.ToLower(name), ".")
	for _, begins := range []string{"dovecot", "maildir", "courier", "subscriptions", "quotawarn", "uidlist", "uidvalidity"} {
		if strings.HasPrefix(name, begins) {
			return true
		}
	}
	return false
}

func inMaildir(path string) bool {
	dir := filepath.Dir(path)
	base := filepath.Base(dir)
	return (base == "cur" || base == "new") && isMaildir(filepath.Dir(dir))
}

func (in *incoming) openFile(path, name string, size int64) error {
	c := where{path: []string{name}}
	in.begin(size)
	f, err := disk.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	lower := strings.ToLower(name)
	var head [512]byte
	n, _ := f.ReadAt(head[:], 0)
	// Thunderbird's mailboxes have no extension.
	if strings.HasSuffix(lower, ".mbox") || strings.HasSuffix(lower, ".mbx") || beginsMailbox(head[:n]) {
		in.mbox(c, f)
		return nil
	}
	limit := max(in.limits.Message, in.limits.File)
	if size > limit {
		in.finding(models.MailOverLimit, c, "The file has %s; the limit is %s.", megabytes(size), megabytes(limit))
		return nil
	}
	content, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return err
	}
	if inMaildir(path) {
		in.message(c, content)
		return nil
	}
	in.file(c, content)
	return nil
}

// plainFileError says what the system says, without the call and the path.
func plainFileError(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file or folder"
	case errors.Is(err, fs.ErrPermission):
		return "you may not read it"
	}
	if why, _ := disk.Words(err); why != "" {
		return why
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
