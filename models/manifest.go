package models

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"
)

// Manifest is what a workbook carries to say what it is. It stands in a hidden sheet and in the custom
// document properties; the short reference that people see stands for the same.
type Manifest struct {
	Round           string `json:"round"`
	Template        string `json:"template"`
	TemplateVersion string `json:"template_version"`
	// TemplateDigest is the first 16 hex digits of the SHA-256 of the round's template.yaml.
	TemplateDigest string `json:"template_digest"`
	Recipient      string `json:"recipient"`
	// Name is the organisation's name when the workbook was made.
	Name string `json:"name"`
	// Part is the id of the part of the recipient's answers that the workbook is for, and Topics its topics; see
	// Part and TopicList. Both are empty where it has all criteria.
	Part   string `json:"part,omitempty"`
	Topics string `json:"topics,omitempty"`
	// Role is that of the respondent whose view it is, where the list says it; "" for any other workbook.
	Role string `json:"role,omitempty"`
	// Seal is the keyed digest over the fields above, in hex; see Sealed.
	Seal string `json:"seal"`
}

// Sealed returns the manifest with its seal: HMAC-SHA-256 (RFC 2104) by the round's key over the fields,
// each preceded by its length, so that no two manifests have the same text.
func (m Manifest) Sealed(key []byte) Manifest {
	m.Seal = hex.EncodeToString(m.mac(key, "seal"))
	return m
}

// SealFits says whether the seal is the one that the round's key makes.
func (m Manifest) SealFits(key []byte) bool {
	got, err := hex.DecodeString(m.Seal)
	return err == nil && hmac.Equal(got, m.mac(key, "seal"))
}

func (m Manifest) mac(key []byte, purpose string) []byte {
	h := hmac.New(sha256.New, key)
	fields := []string{purpose, m.Round, m.Template, m.TemplateVersion, m.TemplateDigest, m.Recipient, m.Name}
	if m.Part != "" || m.Topics != "" {
		fields = append(fields, m.Part, m.Topics)
	}
	if m.Role != "" {
		fields = append(fields, m.Role)
	}
	for _, s := range fields {
		n := len(s)
		h.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
		h.Write([]byte(s))
	}
	return h.Sum(nil)
}

// crockford is the alphabet of references: no I, L, O or U, which people misread.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Reference is the short reference that people see, such as 7K2M-9QXT-04BD: 60 bits of a keyed digest over
// round, template, recipient and part. The organisation's name and the respondent's role are left out, so that it survives
// a change of them.
func (m Manifest) Reference(key []byte) string {
	m.Name, m.Seal, m.Role = "", "", ""
	s := crockford.EncodeToString(m.mac(key, "reference"))[:12]
	return s[:4] + "-" + s[4:8] + "-" + s[8:]
}

// Pseudonym stands for the recipient where its name is withheld, such as 9F4T-2XKM: 40 bits of a keyed digest for this
// purpose only. The reference will not do: it stands in every invitation.
func (m Manifest) Pseudonym(key []byte) string {
	m.Name, m.Seal, m.Part, m.Topics, m.Role = "", "", "", "", ""
	s := crockford.EncodeToString(m.mac(key, "pseudonym"))[:8]
	return s[:4] + "-" + s[4:]
}

// NormalReference writes a reference as Reference does from what a person typed or a program kept: case,
// spaces and dashes do not matter, and O, I and L are read as 0, 1 and 1. It returns "" for what cannot be one.
func NormalReference(s string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		switch r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		case ' ', '-', '\u00a0', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
			continue
		}
		if !strings.ContainsRune("0123456789ABCDEFGHJKMNPQRSTVWXYZ", r) {
			return ""
		}
		b.WriteRune(r)
	}
	if b.Len() != 12 {
		return ""
	}
	s = b.String()
	return s[:4] + "-" + s[4:8] + "-" + s[8:]
}
