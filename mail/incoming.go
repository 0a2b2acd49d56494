package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
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
	// What is left for the message or file that is being read.
	parts int
	total int64
	over  bool
}

// where is how deep in the nesting a reader is, and what led there.
type where struct {
	path    []string
	depth   int
	letter  Letterhead
	senders []string
	inMail  bool
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

func (in *incoming) finding(code models.Code, c where, message string) {
	f := models.NewFinding(code, models.Origin{File: place(c.path)}, message)
	in.emit(Item{Finding: &f})
}

// begin gives the next message or file its allowance.
func (in *incoming) begin() { in.parts, in.total, in.over = in.limits.Parts, in.limits.Total, false }

// spend takes a part with its bytes off the allowance, and says once when it is used up.
func (in *incoming) spend(c where, size int64) bool {
	in.parts--
	in.total -= size
	if in.parts >= 0 && in.total >= 0 && c.depth <= in.limits.Depth && size <= in.limits.File {
		return !in.stopped
	}
	if in.over {
		return false
	}
	switch {
	case size > in.limits.File:
		in.finding(models.MailOverLimit, c, fmt.Sprintf("The file has %s; the limit is %s.", megabytes(size), megabytes(in.limits.File)))
		in.total += size // it was not taken
		return false
	case c.depth > in.limits.Depth:
		in.finding(models.MailOverLimit, c, fmt.Sprintf("Messages and archives are nested more than %d deep.", in.limits.Depth))
	case in.parts < 0:
		in.finding(models.MailOverLimit, c, fmt.Sprintf("It has more than %d parts.", in.limits.Parts))
	default:
		in.finding(models.MailOverLimit, c, fmt.Sprintf("It unpacks to more than %s.", megabytes(in.limits.Total)))
	}
	in.over = true
	return false
}

// file reads one file by what it is: a container is opened, anything else is passed on. c.path ends with its
// name.
func (in *incoming) file(c where, content []byte) {
	name := c.path[len(c.path)-1]
	lower := strings.ToLower(name)
	switch {
	case isTNEF(content) || len(content) > 0 && lower == "winmail.dat":
		in.finding(models.MailWinmail, c, "The attachments are packed in Outlook's own format.")
	case isZip(content) && !isDocument(content):
		in.zip(c, content)
	case isCompound(content) && (strings.HasSuffix(lower, ".msg") || isOutlookMessage(content)):
		in.outlook(c, content)
	case strings.HasSuffix(lower, ".mbox") || strings.HasSuffix(lower, ".mbx") || beginsMailbox(content[:min(512, len(content))]):
		in.mbox(c, bytes.NewReader(content))
	case strings.HasSuffix(lower, ".eml"):
		in.message(c, content)
	case strings.HasSuffix(lower, ".p7m"):
		in.finding(models.MailEncrypted, c, "The message is encrypted or signed as a whole (S/MIME).")
	default:
		in.found(c, content)
	}
}

func (in *incoming) found(c where, content []byte) {
	sum := sha256.Sum256(content)
	f := &Found{Name: SafeName(c.path[len(c.path)-1]), Content: content, Digest: hex.EncodeToString(sum[:]),
		Path: slices.Clone(c.path), Letter: c.letter, Senders: slices.Clone(c.senders)}
	f.Duplicate = in.seen[f.Digest] || in.known != nil && in.known(f.Digest)
	in.seen[f.Digest] = true
	in.emit(Item{Found: f})
}

// isTNEF knows Outlook's packing by its signature ([MS-OXTNEF], 2.1.3.1).
func isTNEF(b []byte) bool { return bytes.HasPrefix(b, []byte{0x78, 0x9f, 0x3e, 0x22}) }

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
