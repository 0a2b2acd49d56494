package mail_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rubric-project/rubric/mail"
)

var known = mail.Secret{Ask: func() (string, error) { return "secret", nil }}

// wire is the server's end of a connection that exists in memory only, with simulated time.
type wire struct {
	net.Conn
	in   *bufio.Scanner
	sent int64
}

// say writes; it is false when the client has gone.
func (w *wire) say(s string) bool {
	n, err := w.Write([]byte(s))
	w.sent += int64(n)
	return err == nil
}

// next is the next line of the client, "" when it has gone.
func (w *wire) next() string {
	w.in.Scan()
	return w.in.Text()
}

// flood says the same for ever.
func (w *wire) flood(s string) {
	go io.Copy(io.Discard, w.Conn)
	s = strings.Repeat(s, 64<<10/len(s)+1)
	for w.say(s) {
	}
}

// trickle sends a byte a second for ever.
func (w *wire) trickle() {
	go io.Copy(io.Discard, w.Conn)
	for w.say("x") {
		time.Sleep(time.Second)
	}
}

// opened is how a server that is only hostile later begins: greeting, sign-in, and a mailbox of three messages. Each
// command that it does not know yet is the caller's.
func (w *wire) opened(exists string, then map[string]func(tag string)) {
	if !w.say("* OK [CAPABILITY IMAP4rev1] here\r\n") {
		return
	}
	for line := w.next(); line != ""; line = w.next() {
		tag, command, _ := strings.Cut(line, " ")
		for word, f := range then {
			if strings.Contains(command, word) {
				f(tag)
				command = ""
			}
		}
		switch {
		case command == "":
			continue
		case strings.HasPrefix(command, "CAPABILITY"):
			w.say("* CAPABILITY IMAP4rev1\r\n" + tag + " OK\r\n")
		case strings.HasPrefix(command, "EXAMINE"):
			w.say("* " + exists + " EXISTS\r\n* FLAGS ()\r\n" + tag + " OK [READ-ONLY]\r\n")
		case strings.Contains(command, "RFC822.SIZE"):
			for i := 1; i <= 3; i++ {
				w.say(fmt.Sprintf("* %d FETCH (UID %d RFC822.SIZE 300)\r\n", i, i))
			}
			w.say(tag + " OK\r\n")
		default:
			w.say(tag + " OK\r\n")
		}
	}
}

type dialer = func(context.Context, string, string) (net.Conn, error)

// against runs a client against a server in simulated time. Whatever the server does, it ends within a minute and some
// seconds, and costs less than 100 MB.
func against(t *testing.T, server func(*wire), client func(ctx context.Context, dial dialer)) (sent int64, took time.Duration) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		done := make(chan *wire, 1)
		client(t.Context(), func(context.Context, string, string) (net.Conn, error) {
			here, there := net.Pipe()
			go func() {
				w := &wire{Conn: there, in: bufio.NewScanner(there)}
				server(w)
				there.Close()
				done <- w
			}()
			return here, nil
		})
		took = time.Since(start)
		sent = (<-done).sent
		runtime.ReadMemStats(&after)
		if took > 75*time.Second {
			t.Errorf("it took %v of simulated time", took)
		}
		if peak := int64(after.HeapSys) - int64(before.HeapSys); peak > 100e6 {
			t.Errorf("the memory grew by %d bytes for %d that came", peak, sent)
		}
	})
	return sent, took
}

func TestHostileMailboxes(t *testing.T) {
	for _, test := range []struct {
		name, source string
		server       func(*wire)
		// sent is the most that the server gets rid of, in bytes.
		sent int64
		says string
	}{
		{"an endless greeting", "imap://post%40office.example@localhost/INBOX", func(w *wire) { w.say("* OK "); w.flood("x") }, 2 << 20, "sent more than"},
		{"an endless greeting before TLS", "imap://post%40office.example@mail.example/INBOX", func(w *wire) { w.say("* OK "); w.flood("x") }, 2 << 20, "sent more than"},
		{"endless lines", "imap://post%40office.example@localhost/INBOX", func(w *wire) { w.flood("* OK still here\r\n") }, 2 << 20, "sent more than"},
		{"endless noise in place of TLS", "imaps://post%40office.example@mail.example/INBOX", func(w *wire) { w.flood("x") }, 2 << 20, "does not speak TLS"},
		{"silence", "imap://post%40office.example@localhost/INBOX", func(w *wire) { w.next() }, 0, "did not answer in time"},
		{"a byte a second", "imap://post%40office.example@localhost/INBOX", func(w *wire) { w.say("* OK "); w.trickle() }, 100, "did not answer in time"},
		{"an endless list", "imap://post%40office.example@localhost/INBOX", func(w *wire) {
			w.opened("3", map[string]func(string){"RFC822.SIZE": func(string) { w.flood("* 1 FETCH (UID 1 RFC822.SIZE 10)\r\n") }})
		}, 1 << 20, "sent more than"},
		{"an endless list of a mailbox without end", "imap://post%40office.example@localhost/INBOX", func(w *wire) {
			w.opened("4294967295", map[string]func(string){"RFC822.SIZE": func(string) {
				for i := 1; w.say(fmt.Sprintf("* %d FETCH (UID %d RFC822.SIZE 10)\r\n", i, i)); i++ {
				}
			}})
		}, 12 << 20, "sent more than"},
		{"a list a byte a second", "imap://post%40office.example@localhost/INBOX", func(w *wire) {
			w.opened("3", map[string]func(string){"RFC822.SIZE": func(string) { w.say("* 1 FETCH ("); w.trickle() }})
		}, 1000, "did not answer in time"},
		{"a message longer than it was listed", "imap://post%40office.example@localhost/INBOX", func(w *wire) {
			w.opened("3", map[string]func(string){"BODY.PEEK": func(string) { w.say("* 1 FETCH (UID 1 BODY[] {1000000000}\r\n"); w.flood("x") }})
		}, 2 << 20, "sent more than"},
		{"a message a byte a second", "imap://post%40office.example@localhost/INBOX", func(w *wire) {
			w.opened("3", map[string]func(string){"BODY.PEEK": func(string) { w.say("* 1 FETCH (UID 1 BODY[] {300}\r\n"); w.trickle() }})
		}, 1000, "did not answer in time"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if testing.Short() && test.sent > 10<<20 {
				t.Skip("it takes seconds")
			}
			var problem error
			sent, _ := against(t, test.server, func(ctx context.Context, dial dialer) {
				o := mail.Options{Dial: dial, Password: known}
				for it, err := range mail.Collect(ctx, []string{test.source}, o) {
					if err != nil {
						problem = err
					} else if it.Found != nil {
						t.Error("something was found")
					}
				}
			})
			if sent > test.sent {
				t.Errorf("the server got rid of %d bytes, want at most %d", sent, test.sent)
			}
			if problem == nil || !strings.Contains(problem.Error(), test.says) {
				t.Errorf("it says %v, want %q", problem, test.says)
			}
		})
	}
}

// TestAMessageThatIsListedAndNeverComes is neither lost in silence nor an end to the others.
func TestAMessageThatIsListedAndNeverComes(t *testing.T) {
	var got []mail.Item
	against(t, func(w *wire) {
		w.opened("3", map[string]func(string){"BODY.PEEK": func(tag string) {
			m := string(crlf(withAttachment))
			w.say(fmt.Sprintf("* 2 FETCH (UID 2 BODY[] {%d}\r\n%s)\r\n%s OK\r\n", len(m), m, tag))
		}})
	}, func(ctx context.Context, dial dialer) {
		for it, err := range mail.Collect(ctx, []string{"imap://post%40office.example@localhost/INBOX"}, mail.Options{Dial: dial, Password: known}) {
			if err != nil {
				t.Error(err)
			}
			got = append(got, it)
		}
	})
	want := `found Schule Müller.xlsx "workbook" from contact@schools.example
mail-unreadable at post@office.example INBOX!message 1
mail-unreadable at post@office.example INBOX!message 3`
	if inShort(got) != want {
		t.Errorf("got\n%s\nwant\n%s", inShort(got), want)
	}
}

func TestHostileSMTPServers(t *testing.T) {
	greeted := func(f func(w *wire)) func(*wire) {
		return func(w *wire) {
			w.say("220 here\r\n")
			w.next()
			f(w)
		}
	}
	for _, test := range []struct {
		name   string
		tls    mail.TLS
		server func(*wire)
		sent   int64
		says   string
		now    bool
	}{
		{"an endless greeting", mail.StartTLS, func(w *wire) { w.say("220 "); w.flood("x") }, 2 << 20, "sent more than", true},
		{"an endless greeting of lines", mail.StartTLS, func(w *wire) { w.flood("220-here\r\n") }, 2 << 20, "sent more than", true},
		{"endless noise in place of TLS", mail.ImplicitTLS, func(w *wire) { w.flood("x") }, 2 << 20, "does not speak TLS", true},
		{"an endless list of what it can", mail.StartTLS, greeted(func(w *wire) { w.flood("250-SIZE\r\n") }), 2 << 20, "sent more than", true},
		{"a byte a second", mail.StartTLS, greeted(func(w *wire) { w.say("250 "); w.trickle() }), 200, "did not answer in time", false},
		{"silence", mail.StartTLS, func(w *wire) { w.next() }, 0, "did not answer in time", false},
		{"no encryption for now", mail.StartTLS, greeted(func(w *wire) {
			w.say("250-here\r\n250 STARTTLS\r\n")
			w.next()
			w.say("454 4.7.0 TLS not available due to local problem\r\n")
			w.next()
		}), 200, "would not encrypt", true},
		{"endless questions at the sign-in", mail.Unencrypted, greeted(func(w *wire) {
			w.say("250-here\r\n250 AUTH LOGIN\r\n")
			for w.next() != "" && w.say("334 VXNlcm5hbWU6\r\n") {
			}
		}), 2 << 20, "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var problem error
			sent, took := against(t, test.server, func(ctx context.Context, dial dialer) {
				s := &mail.Server{Host: "localhost", TLS: test.tls, Dial: dial}
				if test.tls == mail.Unencrypted {
					s.User, s.Password = testUser, known
				}
				problem = s.Connect(ctx)
			})
			var e *mail.ServerError
			if !errors.As(problem, &e) || !strings.Contains(problem.Error(), test.says) {
				t.Fatalf("it says %v, want %q", problem, test.says)
			}
			if sent > test.sent {
				t.Errorf("the server got rid of %d bytes, want at most %d", sent, test.sent)
			}
			if test.now && (took > time.Second || e.Temporary) {
				t.Errorf("it was said after %v, and is tried again: %v", took, e.Temporary)
			}
		})
	}
}
