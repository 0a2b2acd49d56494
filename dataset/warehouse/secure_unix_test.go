//go:build unix

package warehouse_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/dataset/warehouse"
)

// secure gives the server a port on the loopback, where it asks for TLS and passwords, and a certificate for localhost. On the
// socket it asks only the role locked for a password.
func (s *server) secure() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	l.Close()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	s.authority = filepath.Join(s.dir, "authority.crt")
	for name, block := range map[string]*pem.Block{
		s.authority:                           {Type: "CERTIFICATE", Bytes: der},
		filepath.Join(s.data(), "server.crt"): {Type: "CERTIFICATE", Bytes: der},
		filepath.Join(s.data(), "server.key"): {Type: "EC PRIVATE KEY", Bytes: secret},
	} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			return err
		}
		if c := s.as.Credential; c != nil {
			if err := os.Chown(name, int(c.Uid), int(c.Gid)); err != nil {
				return err
			}
		}
	}
	rules := "local all locked scram-sha-256\nlocal all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"
	return os.WriteFile(filepath.Join(s.data(), "pg_hba.conf"), []byte(rules), 0o600)
}

// TestAddresses connects as psql would: by URL and by keywords, with passwords from the variable and from the file of
// passwords, with TLS and the server's name checked.
func TestAddresses(t *testing.T) {
	s := postgres(t)
	exec1(t, s.address("postgres"), "CREATE ROLE locked LOGIN PASSWORD 'open sesame'")
	passwords := filepath.Join(t.TempDir(), "pgpass")
	line := fmt.Sprintf("*:%d:postgres:locked:open sesame\n", s.port)
	if err := os.WriteFile(passwords, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	port := fmt.Sprint(s.port)
	tls := "postgres://locked@localhost:" + port + "/postgres?sslrootcert=" + s.authority
	for _, c := range []struct {
		address   string
		variables map[string]string
		want      error
	}{
		{"postgres:///postgres?user=locked&host=" + s.dir + "&port=" + port, map[string]string{"PGPASSFILE": passwords}, nil},
		{"host=" + s.dir + " port=" + port + " user=locked dbname=postgres", map[string]string{"PGPASSWORD": "open sesame"}, nil},
		{"postgres://", map[string]string{"PGHOST": s.dir, "PGPORT": port, "PGUSER": "locked", "PGDATABASE": "postgres", "PGPASSFILE": passwords}, nil},
		{tls + "&sslmode=verify-full", map[string]string{"PGPASSFILE": passwords}, nil},
		{tls + "&sslmode=verify-full&host=127.0.0.1", map[string]string{"PGPASSFILE": passwords}, warehouse.ErrUnreachable},                             // not the certificate's name
		{"postgres://locked@localhost:" + port + "/postgres?sslmode=verify-full", map[string]string{"PGPASSFILE": passwords}, warehouse.ErrUnreachable}, // nobody vouches for it
		{"postgres://locked@localhost:" + port + "/postgres?sslmode=disable", map[string]string{"PGPASSFILE": passwords}, warehouse.ErrUnreachable},     // the server asks for TLS
		{tls + "&sslmode=verify-full", map[string]string{"PGPASSWORD": "open barley"}, warehouse.ErrUnreachable},
		{"postgres://locked:open%20barley@localhost:" + port + "/postgres?sslmode=no-such", nil, warehouse.ErrAddress},
		{"mysql://locked:open%20barley@localhost/postgres", nil, warehouse.ErrAddress},
	} {
		for _, name := range []string{"PGPASSFILE", "PGPASSWORD", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE"} {
			t.Setenv(name, c.variables[name])
			if c.variables[name] == "" {
				os.Unsetenv(name)
			}
		}
		t.Setenv("HOME", t.TempDir())
		w, err := warehouse.Open(t.Context(), c.address)
		if err == nil {
			w.Close(context.Background())
		}
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s, %v: %v, want %v", c.address, c.variables, err, c.want)
		}
		if err != nil && (strings.Contains(err.Error(), "barley") || strings.Contains(err.Error(), "sesame")) {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}
