package crypt

import (
	"bytes"
	"encoding/base64"
	"hash"
	"strconv"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
	"github.com/rubric-project/rubric/xlsx/internal/xmlscan"
)

// keyed is how one key is made and used.
type keyed struct {
	salt     []byte
	keyBytes int
	hash     func() hash.Hash
	spin     int
}

// descriptor is the XML of agile encryption (2.3.4.10).
type descriptor struct {
	data, password                         keyed
	hmacKey, hmacValue                     []byte
	verifierInput, verifierValue, keyValue []byte
}

const (
	nsEncryption xmlscan.Space = iota + 1
	nsPassword
)

var spaces = map[string]xmlscan.Space{
	"http://schemas.microsoft.com/office/2006/encryption":            nsEncryption,
	"http://schemas.microsoft.com/office/2006/keyEncryptor/password": nsPassword,
}

func readDescriptor(text []byte) (*descriptor, error) {
	d := &descriptor{}
	s := xmlscan.New(bytes.NewReader(bytes.TrimRight(text, "\x00")), spaces)
	for {
		ev, err := s.Next()
		if err != nil {
			return nil, err
		}
		if ev == xmlscan.EOF {
			break
		}
		if ev != xmlscan.Start {
			continue
		}
		bad := false
		value := func(name string) []byte {
			v, ok := s.Value(xmlscan.NoSpace, name)
			b, err := base64.StdEncoding.DecodeString(v)
			bad = bad || !ok || err != nil || len(b) > 1024
			return b
		}
		switch {
		case s.Is(nsEncryption, "keyData"):
			if d.data, err = readKeyed(s); err != nil {
				return nil, err
			}
		case s.Is(nsEncryption, "dataIntegrity"):
			d.hmacKey, d.hmacValue = value("encryptedHmacKey"), value("encryptedHmacValue")
		case s.Is(nsPassword, "encryptedKey"):
			if d.password, err = readKeyed(s); err != nil {
				return nil, err
			}
			d.verifierInput, d.verifierValue = value("encryptedVerifierHashInput"), value("encryptedVerifierHashValue")
			d.keyValue = value("encryptedKeyValue")
		}
		if bad {
			return nil, refuse.Damaged("what the file says about its encryption is damaged")
		}
	}
	if d.data.hash == nil || d.password.hash == nil {
		return nil, unknown()
	}
	return d, nil
}

func readKeyed(s *xmlscan.Scanner) (keyed, error) {
	get := func(name string) string { v, _ := s.Value(xmlscan.NoSpace, name); return v }
	var k keyed
	k.hash = hashOf(get("hashAlgorithm"))
	if get("cipherAlgorithm") != "AES" || get("cipherChaining") != "ChainingModeCBC" || k.hash == nil {
		return k, unknown()
	}
	bits, err := strconv.Atoi(get("keyBits"))
	if err != nil || bits != 128 && bits != 192 && bits != 256 {
		return k, unknown()
	}
	k.keyBytes = bits / 8
	if k.salt, err = base64.StdEncoding.DecodeString(get("saltValue")); err != nil || len(k.salt) == 0 || len(k.salt) > 1024 {
		return k, refuse.Damaged("what the file says about its encryption is damaged")
	}
	if v, ok := s.Value(xmlscan.NoSpace, "spinCount"); ok {
		if k.spin, err = strconv.Atoi(v); err != nil || k.spin < 0 {
			return k, refuse.Damaged("what the file says about its encryption is damaged")
		}
		if k.spin > maxSpin {
			return k, refuse.New(models.FileOverLimit, "the workbook's encryption asks for more work than any program does")
		}
	}
	return k, nil
}
