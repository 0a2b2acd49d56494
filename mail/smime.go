package mail

import (
	"bytes"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// isSMIME knows a message that is signed or encrypted as a whole (RFC 8551, 3.2), by its type or its name.
func isSMIME(kind, name string) bool {
	return kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime" || strings.HasSuffix(strings.ToLower(name), ".p7m")
}

// smime opens a message that is signed as a whole: what was signed stands in it in clear, and needs no key. Whether the
// signature is good is not looked at, as it is not with one that stands beside its message. What is encrypted is said.
func (w *walk) smime(c where, content []byte) {
	w.look(len(content))
	if line, _ := cutLine(content); beginsPart(line) || bytes.HasPrefix(line, []byte("MIME-Version:")) {
		// Outlook stores a message that is signed beside its text in one such file, as it travelled.
		h, body := splitHeader(content, w.limits.Header)
		w.entity(c.into("message"), h, body, "text/plain")
		return
	}
	inner, kind := signedContent(content)
	switch kind {
	case signedMessage:
		if !w.spend(c, int64(len(inner))) {
			w.told = true
			return
		}
		if isZip(inner) || isCompound(inner) || bytes.HasPrefix(inner, []byte("%PDF-")) { // a file that was signed, as AutoFirma (.csig) and ArubaSign (.p7m) do it
			w.taken++
			w.file(c.into(unsignedName(c.path[len(c.path)-1])), inner)
			return
		}
		if name := unsignedName(c.path[len(c.path)-1]); attachable(name) && !beginsPart(inner) {
			w.taken++
			w.passBeside(c.into(name), inner)
			return
		}
		h, body := splitHeader(inner, w.limits.Header)
		w.entity(c, h, body, "text/plain")
	case certificatesOnly:
	case encryptedMessage:
		w.finding(models.MailEncrypted, c, "The message is encrypted (S/MIME).")
		w.told = true
	default:
		w.unreadable(c, "The message is packed as a whole (S/MIME), in a form that is not known here or damaged.")
	}
}

// isCMS knows what is signed or encrypted as a whole by its first bytes, whatever it is called. A signature that stands
// beside what it is of has nothing in it.
func isCMS(content []byte) bool {
	if !beginsCMS(content) {
		return false
	}
	_, kind := signedContent(content)
	return kind == signedMessage || kind == encryptedMessage
}

// beginsCMS says whether a file begins as such: a sequence whose first value names its kind.
func beginsCMS(first []byte) bool {
	head := first[:min(len(first), 24)]
	return len(head) > 10 && head[0] == tagSequence && (bytes.Contains(head, oidSigned) || bytes.Contains(head, oidEnveloped) || bytes.Contains(head, oidAuthEnveloped))
}

// unsignedName is the name of a file before it was signed.
func unsignedName(name string) string {
	for _, end := range []string{".p7m", ".p7s", ".csig"} {
		if bare := name[:max(0, len(name)-len(end))]; strings.EqualFold(name[len(bare):], end) && bare != "" {
			return bare
		}
	}
	return name
}

type smimeKind int

const (
	unknownSMIME smimeKind = iota
	signedMessage
	certificatesOnly
	encryptedMessage
)

// Contents of CMS by their object identifiers (RFC 5652, 4; RFC 5083), encoded.
var (
	oidSigned        = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}
	oidEnveloped     = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03}
	oidAuthEnveloped = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17}
)

// signedContent is what was signed (RFC 5652, 3 and 5.1):
//
//	ContentInfo ::= SEQUENCE { contentType, [0] content }
//	SignedData  ::= SEQUENCE { version, digestAlgorithms, SEQUENCE { contentType, [0] OCTET STRING }, … }
//
// Mail programs write it with lengths that are not known beforehand and strings in pieces (BER), which encoding/asn1 does
// not take.
func signedContent(b []byte) ([]byte, smimeKind) {
	info, _, ok := readBER(b, 0)
	kind, rest, ok2 := readBER(info.inside, 0)
	if !ok || !ok2 || info.tag != tagSequence || kind.tag != tagOID {
		return nil, unknownSMIME
	}
	switch {
	case bytes.Equal(kind.inside, oidEnveloped), bytes.Equal(kind.inside, oidAuthEnveloped):
		return nil, encryptedMessage
	case !bytes.Equal(kind.inside, oidSigned):
		return nil, unknownSMIME
	}
	explicit, _, ok := readBER(rest, 0)
	signed, _, ok2 := readBER(explicit.inside, 0)
	if !ok || !ok2 || explicit.tag != tagExplicit0 || signed.tag != tagSequence {
		return nil, unknownSMIME
	}
	version, rest, ok := readBER(signed.inside, 0)
	algorithms, rest, ok2 := readBER(rest, 0)
	content, _, ok3 := readBER(rest, 0)
	if !ok || !ok2 || !ok3 || version.tag != tagInteger || algorithms.tag != tagSet || content.tag != tagSequence {
		return nil, unknownSMIME
	}
	_, rest, ok = readBER(content.inside, 0)
	if !ok {
		return nil, unknownSMIME
	}
	if len(rest) == 0 || bytes.HasPrefix(rest, []byte{0, 0}) {
		return nil, certificatesOnly // or a signature of something that is elsewhere
	}
	explicit, _, ok = readBER(rest, 0)
	text, _, ok2 := readBER(explicit.inside, 0)
	if !ok || !ok2 || explicit.tag != tagExplicit0 {
		return nil, unknownSMIME
	}
	out, ok := octets(text, nil, 0)
	if !ok {
		return nil, unknownSMIME
	}
	return out, signedMessage
}
