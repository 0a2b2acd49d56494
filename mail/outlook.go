package mail

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"github.com/rubric-project/rubric/internal/compound"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/words"
)

// The streams of an Outlook message are named after their properties: __substg1.0_ and eight hex digits, four
// for the property and four for its type ([MS-OXMSG], 2.2.3).
const (
	propSubject      = "0037"
	propHeaders      = "007D"
	propSenderSMTP   = "5D01"
	propSender       = "0C1F"
	propSenderName   = "0C1A"
	propMessageID    = "1035"
	propFileName     = "3707"
	propShortName    = "3704"
	propDisplayName  = "3001"
	propData         = "3701"
	propMIMEType     = "370E"
	propContentID    = "3712"
	attachmentPrefix = "__attach_version1.0_#"
	embedded         = "__substg1.0_3701000D"
)

// storage is a folder in a compound file: its streams by property, and the folders in it by name.
type storage struct {
	streams  map[string][]byte
	unicode  map[string]bool
	fixed    []byte
	children map[string]*storage
	order    []string
}

func newStorage() *storage {
	return &storage{streams: map[string][]byte{}, unicode: map[string]bool{}, children: map[string]*storage{}}
}

func (s *storage) child(name string) *storage {
	if s.children[name] == nil {
		s.children[name] = newStorage()
		s.order = append(s.order, name)
	}
	return s.children[name]
}

// text is a property of text, decoded; those without Unicode are taken for Windows-1252.
func (s *storage) text(property string) string {
	b := s.streams[property]
	if !s.unicode[property] {
		out, _ := charmap.Windows1252.NewDecoder().Bytes(b)
		return strings.TrimRight(string(out), "\x00")
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}

// outlook reads a message saved by Outlook (.msg).
func (in *incoming) outlook(c where, content []byte) {
	root, err := readCompound(content, in.limits)
	if err != nil {
		in.finding(models.MailUnreadable, c, "The Outlook message is damaged: %s.", words.Sayf(err.Error()))
		return
	}
	in.outlookMessage(c, root)
}

// readCompound loads the streams that matter.
func readCompound(content []byte, limits Limits) (*storage, error) {
	broken := fmt.Errorf("its inner structure is broken")
	f, err := compound.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, broken
	}
	entries, err := f.Entries()
	if err != nil {
		return nil, broken
	}
	root, total := newStorage(), int64(0)
	folders := make([]*storage, len(entries)) // by their place in entries
	for i, e := range entries {
		if i >= 20*limits.Parts || e.Depth > 4*limits.Depth {
			return nil, fmt.Errorf("it has too many parts")
		}
		at := root
		if e.Parent >= 0 {
			at = folders[e.Parent]
		}
		if e.Folder {
			folders[i] = at.child(e.Name)
			continue
		}
		property, isStream := strings.CutPrefix(e.Name, "__substg1.0_")
		isStream = isStream && len(property) == 8
		if e.Name != "__properties_version1.0" && !isStream {
			continue
		}
		if total += e.Size; total > limits.Total {
			return nil, fmt.Errorf("it unpacks to more than the limit")
		}
		b, err := f.Content(e)
		if err != nil {
			return nil, fmt.Errorf("a part of it is cut off")
		}
		if !isStream {
			at.fixed = b
			continue
		}
		property = strings.ToUpper(property)
		at.streams[property[:4]] = b
		at.unicode[property[:4]] = property[4:] == "001F"
	}
	return root, nil
}

func (in *incoming) outlookMessage(c where, s *storage) {
	h, _ := splitHeader([]byte(s.text(propHeaders)), in.limits.Header)
	letter := h.letterhead()
	if letter.From == "" || !strings.Contains(letter.From, "@") {
		letter.From = printable(s.text(propSenderSMTP))
	}
	if sender := printable(s.text(propSender)); letter.From == "" && strings.Contains(sender, "@") {
		letter.From = sender
	}
	if letter.FromName == "" {
		letter.FromName = printable(s.text(propSenderName))
	}
	if letter.Subject == "" {
		letter.Subject = shorten(printable(s.text(propSubject)), 300)
	}
	if letter.ID == "" {
		letter.ID = messageID(s.text(propMessageID))
	}
	if letter.Date.IsZero() {
		letter.Date = outlookDate(s.fixed)
	}
	if !c.inMail {
		c.letter = letter
	}
	if letter.From != "" {
		c.senders = append(slices.Clip(c.senders), letter.From)
	}
	c.inMail, c.home = true, len(c.path)
	w := &walk{incoming: in}
	if e := eventOf(h, nil, letter, in.limits); e != nil {
		e.Path = slices.Clone(c.path)
		in.emit(Item{Event: e})
		if e.Kind != AutoReply {
			return
		}
		w.told = true
	}
	for _, name := range s.order {
		if strings.HasPrefix(name, attachmentPrefix) && !in.stopped && !in.over {
			w.outlookAttachment(c, s.children[name])
		}
	}
	if w.taken == 0 && !w.told && len(c.senders) <= 1 && !in.over {
		in.finding(models.MailNoAttachment, c, "The message %s from %s has no attachment.", quoted(letter.Subject), orUnknown(letter.From))
	}
}

func (w *walk) outlookAttachment(c where, a *storage) {
	name := printable(a.text(propFileName))
	for _, property := range []string{propShortName, propDisplayName} {
		if name == "" {
			name = printable(a.text(property))
		}
	}
	if inside := a.children[embedded]; inside != nil {
		if inner := c.into(orName(name, "forwarded message")); w.spend(inner, 0) {
			before := w.emitted
			w.outlookMessage(inner, inside)
			w.told = w.told || w.emitted > before
		}
		return
	}
	kind := strings.ToLower(a.text(propMIMEType))
	name = orName(name, "attachment"+extensionOf(kind))
	data := a.streams[propData]
	if accompanies(kind, name) && !holdsFile(data) {
		w.pictures++
		if lies := a.text(propContentID); attachable(name) && lies == "" && !shownInText(name) {
			w.passBeside(c.into(name), data)
		}
		return
	}
	inner := c.into(name)
	if len(data) == 0 {
		w.told = true
		w.finding(models.MailUnreadable, inner, "The attachment is empty, or only a link to a file elsewhere.")
		return
	}
	if !w.spend(inner, int64(len(data))) {
		w.told = true
		return
	}
	w.open(inner, data)
}

// outlookDate finds the time of delivery, or else of sending, among the properties of fixed length: 16 bytes
// each, the tag first and the value in the second half ([MS-OXMSG], 2.4.2.1).
func outlookDate(fixed []byte) time.Time {
	const delivery, submitted = 0x0E060040, 0x00390040
	found := map[uint32]time.Time{}
	// The properties begin after 32 bytes in the outermost message and after 24 in one within another.
	for _, start := range []int{32, 24} {
		for i := start; i+16 <= len(fixed); i += 16 {
			tag := binary.LittleEndian.Uint32(fixed[i:])
			if tag == delivery || tag == submitted {
				// 100 ns since 1601 (FILETIME)
				ticks := binary.LittleEndian.Uint64(fixed[i+8:])
				const epoch = 116444736000000000
				if ticks > epoch && ticks < epoch+1e18 {
					found[tag] = dateOf(time.Unix(0, int64(ticks-epoch)*100))
				}
			}
		}
	}
	if t, ok := found[delivery]; ok {
		return t
	}
	return found[submitted]
}
