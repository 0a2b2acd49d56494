package main

import (
	"context"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/office/post"
)

const secretKey = "a-secret-that-nobody-may-see"

// s3Server is an S3 server with a bucket "returns", and what was asked of it. The server is gofakes3, which others wrote.
type s3Server struct {
	url  string
	mu   sync.Mutex
	list []string
}

// startS3 starts a server; refuse, if given, answers in its place.
func startS3(t *testing.T, refuse http.HandlerFunc) *s3Server {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("returns"); err != nil {
		t.Fatal(err)
	}
	s, real := &s3Server{}, gofakes3.New(backend).Server()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.list = append(s.list, r.Method+" "+r.URL.Path)
		s.mu.Unlock()
		if refuse != nil {
			refuse(w, r)
			return
		}
		real.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.url = server.URL
	signIn(t)
	return s
}

// signIn signs in as the AWS command line does with environment variables, and with nothing else of this computer.
func signIn(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	t.Setenv("AWS_CONFIG_FILE", t.TempDir()+"/config")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", t.TempDir()+"/credentials")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_ACCESS_KEY_ID", "EXAMPLEKEY")
	t.Setenv("AWS_SECRET_ACCESS_KEY", secretKey)
	t.Setenv("AWS_REGION", "eu-west-2")
	t.Setenv("AWS_MAX_ATTEMPTS", "1")
}

// address is a bucket on the server, with a path in it.
func (s *s3Server) address(bucket, path string) string {
	return "s3://" + bucket + path + "?use_path_style=true&endpoint=" + url.QueryEscape(s.url)
}

func (s *s3Server) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list
}

func (s *s3Server) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = nil
}

// stopsAfter is a source whose reader is stopped after so many items.
type stopsAfter struct {
	post.Source
	n    int
	stop context.CancelFunc
}

func (s stopsAfter) Items(ctx context.Context) iter.Seq2[mail.Item, error] {
	return func(yield func(mail.Item, error) bool) {
		n := 0
		for it, err := range s.Source.Items(ctx) {
			if n++; n > s.n {
				s.stop()
			}
			if !yield(it, err) {
				return
			}
		}
	}
}

// TestErrorsInWords has what can be wrong with a bucket, by an S3 server that others wrote, or by the answers that the
// provider documents.
func TestErrorsInWords(t *testing.T) {
	dir := aRound(t)
	answering := func(status int, code string) string {
		return startS3(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/xml")
			w.WriteHeader(status)
			w.Write([]byte("<Error><Code>" + code + "</Code><Message>not to be repeated " + secretKey + "</Message></Error>"))
		}).address("returns", "")
	}
	for _, c := range []struct {
		name, address, want string
		status              int
		prepare             func(t *testing.T)
	}{
		{"no such bucket", startS3(t, nil).address("other", "/spring"), "s3://other/spring: there is no such bucket", 3, nil},
		{"no permission", answering(403, "AccessDenied"), "s3://returns may not be read by whoever is signed in: ask for s3:ListBucket", 3, nil},
		{"a wrong key", answering(403, "SignatureDoesNotMatch"), "the provider does not know who is asking", 3, nil},
		{"something else", answering(400, "SomethingNew"), "s3://returns cannot be read (SomethingNew)", 3, nil},
		{"no network", "s3://returns?use_path_style=true&endpoint=http%3A%2F%2F127.0.0.1%3A1", "s3://returns cannot be reached: the network does not lead there", 3, nil},
		{"nobody signed in", startS3(t, nil).address("returns", ""), "sign in as the AWS command line does", 3, func(t *testing.T) {
			t.Setenv("AWS_ACCESS_KEY_ID", "")
			t.Setenv("AWS_SECRET_ACCESS_KEY", "")
		}},
		{"a key in the address", "s3://EXAMPLEKEY:" + secretKey + "@returns", "who signs in is not part of it", 2, nil},
		{"another kind", "imaps://user:" + secretKey + "@example.org", "rubric collect takes folders, messages and mailboxes", 2, nil},
		{"a key in the options", startS3(t, nil).address("other", "") + "&secret=" + secretKey, "", 3, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			signIn(t)
			if c.prepare != nil {
				c.prepare(t)
			}
			status, said := collect(t, open, c.address, "-C", dir)
			if status != c.status || !strings.Contains(said, c.want) {
				t.Errorf("status %d, want %d, and %q in:\n%s", status, c.status, c.want, said)
			}
			if strings.Contains(said, secretKey) || strings.Contains(said, "not to be repeated") {
				t.Errorf("what nobody may see is shown:\n%s", said)
			}
		})
	}
}
