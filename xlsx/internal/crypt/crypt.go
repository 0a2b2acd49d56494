// Package crypt opens workbooks that were saved with a password ([MS-OFFCRYPTO] 2.3.4): agile encryption, as
// Office 2010 and later and LibreOffice write it, and standard encryption, as Office 2007 did.
package crypt

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"hash"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

var le = binary.LittleEndian

// maxSpin is the largest number of rounds by which a key is made; Office makes 100,000.
const maxSpin = 2_000_000

// Decrypt gives the package inside the stream EncryptedPackage, using its memory. info is the stream
// EncryptionInfo. A password that does not fit is models.FileWrongPassword.
func Decrypt(ctx context.Context, info, sealed []byte, password string) ([]byte, error) {
	if len(info) < 8 || len(sealed) < 8 {
		return nil, refuse.Damaged("what the file says about its encryption is damaged")
	}
	size := le.Uint64(sealed)
	if size > uint64(len(sealed)-8) {
		return nil, refuse.New(models.FileCutOff, "the encrypted workbook is not complete")
	}
	major, minor := le.Uint16(info), le.Uint16(info[2:])
	var err error
	switch {
	case major == 4 && minor == 4:
		err = agile(ctx, info[8:], sealed, password)
	case major >= 2 && major <= 4 && minor == 2:
		err = standard(ctx, info[8:], sealed, password)
	default:
		err = unknown()
	}
	if err != nil {
		return nil, err
	}
	return sealed[8 : 8+size], nil
}

func unknown() error {
	return refuse.New(models.FilePassword, "the workbook is encrypted in a way that is not read")
}

func wrong() error {
	return refuse.New(models.FileWrongPassword, "the workbook is protected with another password than the one given")
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = le.AppendUint16(b, u)
	}
	return b
}

// spin makes a key's base out of the password: one hash over another.
func spin(ctx context.Context, newHash func() hash.Hash, salt []byte, password string, rounds int) ([]byte, error) {
	h := newHash()
	h.Write(salt)
	h.Write(utf16le(password))
	sum := h.Sum(nil)
	var n [4]byte
	for i := range rounds {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		le.PutUint32(n[:], uint32(i))
		h.Reset()
		h.Write(n[:])
		h.Write(sum)
		sum = h.Sum(sum[:0])
	}
	return sum, nil
}

func digest(newHash func() hash.Hash, parts ...[]byte) []byte {
	h := newHash()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// fit cuts b to n bytes, or fills it up with 0x36.
func fit(b []byte, n int) []byte {
	out := bytes.Repeat([]byte{0x36}, n)
	copy(out, b)
	return out
}

func hashOf(name string) func() hash.Hash {
	switch name {
	case "SHA1", "SHA-1":
		return sha1.New
	case "SHA256", "SHA-256":
		return sha256.New
	case "SHA384", "SHA-384":
		return sha512.New384
	case "SHA512", "SHA-512":
		return sha512.New
	}
	return nil
}

// open decrypts b in place, by AES in CBC mode.
func open(key, iv, b []byte) error {
	block, err := aes.NewCipher(key)
	if err != nil || len(b)%aes.BlockSize != 0 || len(iv) < aes.BlockSize {
		return refuse.Damaged("what the file says about its encryption is damaged")
	}
	cipher.NewCBCDecrypter(block, iv[:aes.BlockSize]).CryptBlocks(b, b)
	return nil
}

// segment is the length of the pieces that agile encryption encrypts one by one.
const segment = 4096

func agile(ctx context.Context, text, sealed []byte, password string) error {
	d, err := readDescriptor(text)
	if err != nil {
		return err
	}
	k := d.password
	base, err := spin(ctx, k.hash, k.salt, password, k.spin)
	if err != nil {
		return err
	}
	unseal := func(purpose string, b []byte) ([]byte, error) {
		out := bytes.Clone(b)
		return out, open(fit(digest(k.hash, base, []byte(purpose)), k.keyBytes), fit(k.salt, aes.BlockSize), out)
	}
	input, err := unseal("\xfe\xa7\xd2\x76\x3b\x4b\x9e\x79", d.verifierInput)
	if err != nil {
		return err
	}
	value, err := unseal("\xd7\xaa\x0f\x6d\x30\x61\x34\x4e", d.verifierValue)
	if err != nil {
		return err
	}
	want := digest(k.hash, input)
	if len(value) < len(want) || !hmac.Equal(value[:len(want)], want) {
		return wrong()
	}
	key, err := unseal("\x14\x6e\x0b\xe7\xab\xac\xd0\xd6", d.keyValue)
	if err != nil {
		return err
	}
	if len(key) < d.data.keyBytes {
		return refuse.Damaged("what the file says about its encryption is damaged")
	}
	key = key[:d.data.keyBytes]
	if err := checkIntegrity(d, key, sealed); err != nil {
		return err
	}
	body := sealed[8:]
	body = body[:len(body)/aes.BlockSize*aes.BlockSize]
	var n [4]byte
	for i := 0; len(body) > 0; i++ {
		le.PutUint32(n[:], uint32(i))
		piece := body[:min(segment, len(body))]
		if err := open(key, fit(digest(d.data.hash, d.data.salt, n[:]), aes.BlockSize), piece); err != nil {
			return err
		}
		body = body[len(piece):]
	}
	return nil
}

// checkIntegrity checks the keyed digest over the encrypted package (2.3.4.14).
func checkIntegrity(d *descriptor, key, sealed []byte) error {
	if d.hmacKey == nil && d.hmacValue == nil {
		return nil
	}
	unseal := func(purpose string, b []byte) ([]byte, error) {
		out := bytes.Clone(b)
		return out, open(key, fit(digest(d.data.hash, d.data.salt, []byte(purpose)), aes.BlockSize), out)
	}
	secret, err := unseal("\x5f\xb2\xad\x01\x0c\xb9\xe1\xf6", d.hmacKey)
	if err != nil {
		return err
	}
	value, err := unseal("\xa0\x67\x7f\x02\xb2\x2c\x84\x33", d.hmacValue)
	if err != nil {
		return err
	}
	size := d.data.hash().Size()
	if len(secret) < size || len(value) < size {
		return refuse.Damaged("what the file says about its encryption is damaged")
	}
	m := hmac.New(d.data.hash, secret[:size])
	m.Write(sealed)
	if !hmac.Equal(m.Sum(nil), value[:size]) {
		return refuse.Damaged("the encrypted workbook has changed since it was saved: its checksum does not fit")
	}
	return nil
}

// standard opens what Office 2007 encrypted (2.3.4.5 to 2.3.4.9): AES in ECB mode, SHA-1, 50,000 rounds.
func standard(ctx context.Context, b, sealed []byte, password string) error {
	damaged := refuse.Damaged("what the file says about its encryption is damaged")
	if len(b) < 4 {
		return damaged
	}
	n := int(le.Uint32(b))
	b = b[4:]
	if n < 32 || n > len(b) || len(b)-n < 4+16+16+4+32 {
		return damaged
	}
	algorithm, bits := le.Uint32(b[8:]), int(le.Uint32(b[16:]))
	if algorithm != 0x660E && algorithm != 0x660F && algorithm != 0x6610 || bits != 128 && bits != 192 && bits != 256 {
		return unknown()
	}
	v := b[n:]
	salt, verifier, want := v[4:20], bytes.Clone(v[20:36]), bytes.Clone(v[40:72])
	base, err := spin(ctx, sha1.New, salt, password, 50000)
	if err != nil {
		return err
	}
	final := digest(sha1.New, base, []byte{0, 0, 0, 0})
	derive := func(fill byte) []byte {
		pad := bytes.Repeat([]byte{fill}, 64)
		for i, c := range final {
			pad[i] ^= c
		}
		return digest(sha1.New, pad)
	}
	block, err := aes.NewCipher(append(derive(0x36), derive(0x5c)...)[:bits/8])
	if err != nil {
		return damaged
	}
	decrypt := func(b []byte) {
		for ; len(b) >= aes.BlockSize; b = b[aes.BlockSize:] {
			block.Decrypt(b, b)
		}
	}
	decrypt(verifier)
	decrypt(want)
	if !hmac.Equal(digest(sha1.New, verifier), want[:sha1.Size]) {
		return wrong()
	}
	decrypt(sealed[8:])
	return nil
}
