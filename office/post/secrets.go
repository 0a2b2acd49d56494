package cmd

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"github.com/rubric-project/rubric/mail"
)

// secret says where a password comes from: a variable, a file, or the person at the keyboard.
func (app *App) secret(dir, env, file, question string) mail.Secret {
	s := mail.Secret{Env: env, File: file}
	if file != "" && !filepath.IsAbs(file) {
		s.File = filepath.Join(dir, file)
	}
	if in, ok := app.In.(*os.File); ok && term.IsTerminal(int(in.Fd())) {
		s.Ask = func() (string, error) {
			fmt.Fprint(app.Err, question+": ")
			b, err := term.ReadPassword(int(in.Fd()))
			fmt.Fprintln(app.Err)
			return string(b), err
		}
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
		return nil, usagef("the certificates in %s cannot be read", file)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(bytes.TrimSpace(pem)) {
		return nil, usagef("%s holds no certificate in the form PEM (-----BEGIN CERTIFICATE-----)", file)
	}
	return pool, nil
}
