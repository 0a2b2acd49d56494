package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// incoming reads what came in and passes on what it finds. It is for one collection, so that duplicates are
// recognised across all of it.
type incoming struct {
	limits Limits
	known  func(digest string) bool
	seen   map[string]bool
	yield  func(Item) bool
	// stopped is set when nobody wants more.
	stopped bool
	emitted int
	// clock is nil for the computer's.
	clock func() time.Time
	// free is what is left of the allowance that does not depend on a size.
	free int64
	allowance
}

// where is how deep in the nesting a reader is, and what led there.
type where struct {
	path    []string
	depth   int
	letter  Letterhead
	senders []string
	inMail  bool
	// home is Found.Home of what is found here.
	home int
}

func (c where) into(name string) where {
	c.path = append(slices.Clip(c.path), name)
	c.depth++
	return c
}

func (in *incoming) emit(it Item) {
	in.emitted++
	if !in.stopped && !in.yield(it) {
		in.stopped = true
	}
}

func (in *incoming) finding(code models.Code, c where, message string, values ...any) {
	in.saidFinding(code, c, words.Sayf(message, values...))
}

// gone reports a message of a mailbox that was listed and did not come.
func (in *incoming) gone(c where) {
	in.finding(models.MailUnreadable, c, "The server listed the message and did not deliver it whole; it may have been deleted meanwhile.")
}

func (in *incoming) saidFinding(code models.Code, c where, message words.Said) {
	f := models.NewFinding(code, models.Origin{File: place(c.path)}, "").Saying(message)
	in.emit(Item{Finding: &f})
}

// advised is a finding with a remedy that fits better than that of its code.
func (in *incoming) advised(code models.Code, c where, message words.Said, remedy string) {
	f := models.NewFinding(code, models.Origin{File: place(c.path)}, "").Saying(message)
	f.Remedy = remedy
	in.emit(Item{Finding: &f})
}

// file reads one file by what it is: a container is opened, anything else is passed on. c.path ends with its
// name.
func (in *incoming) file(c where, content []byte) {
	name := c.path[len(c.path)-1]
	lower := strings.ToLower(name)
	message, isEmlx := emlx(content)
	switch other := otherMailFile(name, content); {
	case other != "":
		in.advised(models.MailUnreadable, c, words.Sayf("The file is %s, which is not opened here.", words.Sayf(other)), "Open it with the program that it comes from, save the workbooks from there and put them into returns/.")
	case isTNEF(content):
		in.tnef(c, content)
	case lower == "winmail.dat" && len(content) > 0:
		in.finding(models.MailWinmail, c, "The attachments are packed in Outlook's own format, which is damaged here.")
	case isZip(content) && !isDocument(content):
		in.zip(c, content)
	case isCompound(content) && (strings.HasSuffix(lower, ".msg") || isOutlookMessage(content)):
		in.outlook(c, content)
	case isAppleSingle(content):
		in.appleSingle(c, content)
	case isEmlx:
		in.appleMail(c, message)
	case strings.HasSuffix(lower, ".mbox") || strings.HasSuffix(lower, ".mbx") || beginsMailbox(content[:min(512, len(content))]):
		in.mbox(c, bytes.NewReader(content))
	case strings.HasSuffix(lower, ".eml") || looksLikeMessage(content):
		in.message(c, content)
	case strings.HasSuffix(lower, ".p7m") || isCMS(content):
		(&walk{incoming: in}).smime(c, content)
	default:
		in.found(c, content)
	}
}

func (in *incoming) appleSingle(c where, content []byte) {
	data, ok := appleData(content)
	switch inner := c.into(c.path[len(c.path)-1]); {
	case !ok:
		in.finding(models.MailUnreadable, c, "The file is packed as macOS packs files for other systems (AppleSingle), and damaged.")
	case in.spend(inner, int64(len(data))):
		in.file(inner, data)
	}
}

func (in *incoming) found(c where, content []byte) {
	f := newFound(c, content)
	f.Duplicate = in.seen[f.Digest] || in.known != nil && in.known(f.Digest)
	in.seen[f.Digest] = true
	in.emit(Item{Found: f})
}

func newFound(c where, content []byte) *Found {
	sum := sha256.Sum256(content)
	f := &Found{Name: SafeName(c.path[len(c.path)-1]), Content: content, Digest: hex.EncodeToString(sum[:]),
		Path: slices.Clone(c.path), Home: c.home, Letter: c.letter, Senders: slices.Clone(c.senders)}
	if f.Home == 0 && len(c.path) > 1 {
		f.Home = 1
	}
	return f
}

// beside passes on what only goes with a message. It is not counted as something that was in it.
func (in *incoming) beside(c where, content []byte) {
	if !in.stopped && !in.yield(Item{Beside: newFound(c, content)}) {
		in.stopped = true
	}
}

func isCompound(b []byte) bool {
	return bytes.HasPrefix(b, []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1})
}

// isOutlookMessage looks for the name of a stream that every .msg file has ([MS-OXMSG], 2.4.1.1). Names of
// streams are UTF-16.
func isOutlookMessage(b []byte) bool {
	var name []byte
	for _, r := range "__properties_version1.0" {
		name = append(name, byte(r), 0)
	}
	return bytes.Contains(b, name)
}
