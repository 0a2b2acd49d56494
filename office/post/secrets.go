package post

import (
	"bytes"
	"crypto/x509"
	"os"
	"path/filepath"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/office"
)

// secret says where a password comes from: a variable, a file, or whoever Ask asks.
func (p *Post) secret(dir, env, file, question string) mail.Secret {
	s := mail.Secret{Env: env, File: file}
	if file != "" && !filepath.IsAbs(file) {
		s.File = filepath.Join(dir, file)
	}
	if p.Ask != nil {
		s.Ask = func() (string, error) { return p.Ask(question) }
	}
	return s
}

// trusted reads certificates that are trusted beside the system's.
func trusted(dir, file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, office.Bad("the certificates in ", file, " cannot be read")
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(bytes.TrimSpace(pem)) {
		return nil, office.Bad(file, " holds no certificate in the form PEM (-----BEGIN CERTIFICATE-----)")
	}
	return pool, nil
}
