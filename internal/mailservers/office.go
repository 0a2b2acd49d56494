// Package mailservers runs mail servers of Debian's packages for tests, which skip where they are missing. Each
// server runs apart from the system's own and leaves nothing behind.
package mailservers

import (
	"crypto/tls"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Office is an office's mail service; its servers know nothing of this program. Dovecot takes messages on the
// submission ports, with STARTTLS or TLS and a password, and hands each command on to OpenSMTPD, which decides on
// the addresses, delivers to Maildirs and writes the bounces. Dovecot shows the office's Maildir by IMAP. Dovecot
// stands in front because the TLS of Debian 12's OpenSMTPD (6.8.0) fails in every handshake with OpenSSL 3
// (https://github.com/OpenSMTPD/OpenSMTPD/issues/1171); it is offered at a port of its own.
type Office struct {
	Settings
	// Submission and IMAP take STARTTLS, Submissions and IMAPS TLS from the first byte. OpenSMTPD is its own port
	// with STARTTLS.
	Submission, Submissions, IMAP, IMAPS, OpenSMTPD int

	relay int
	dir   string
}

// Settings are what an office is to be.
type Settings struct {
	// User is the office's address, whose part before the @ names its Maildir.
	User, Password string
	// Valid is shown at 127.0.0.1, Other at 127.0.0.2.
	Valid, Other *tls.Certificate
	// Addresses that are not a key are refused for good. A key such as @schools.example stands for any address
	// there. The values are "box", which delivers to the Maildir named by the part before the @, or what
	// aliases(5) has of errors.
	Addresses map[string]string
	// Broken lists addresses to which OpenSMTPD cannot deliver, which it learns after it took the message.
	Broken []string
	// Refuse is lines of a shell's case command over an address that set answer, such as
	// "x@y.example) answer='550 5.1.1 No such user' ;;". $try counts the times an address was asked for.
	Refuse string
	// Introspect is the address at which the servers ask what an access token is worth (RFC 7662); "" where they take none.
	Introspect string
	// MaxSize is the size of the largest message in Dovecot's notation, such as 1M.
	MaxSize string
}

// owner of the mailboxes; it needs no entry in the system's list of users.
const owner = 5000

// New starts the servers, which run until the test ends.
func New(t testing.TB, s Settings) *Office {
	t.Helper()
	needPrograms(t, "smtpd", "smtpctl", "dovecot", "/usr/lib/dovecot/submission")
	o := &Office{Settings: s, dir: openFolder(t)}
	writeCertificate(t, filepath.Join(o.dir, "valid"), s.Valid)
	writeCertificate(t, filepath.Join(o.dir, "other"), s.Other)
	if err := os.Mkdir(o.mails(), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(o.mails(), owner, owner); err != nil {
		t.Fatal(err)
	}
	ports := freePorts(t, 6)
	for i, p := range []*int{&o.relay, &o.OpenSMTPD, &o.Submission, &o.Submissions, &o.IMAP, &o.IMAPS} {
		*p = ports[i]
	}
	o.startOpenSMTPD(t)
	o.startDovecot(t)
	return o
}

func (o *Office) mails() string { return filepath.Join(o.dir, "mails") }

// Maildir is where the messages to an address lie, named by the part before the @.
func (o *Office) Maildir(local string) string { return filepath.Join(o.mails(), local) }

// Messages waits until a Maildir has so many new messages, which are given in the order of their names. More, or
// fewer after 20 seconds, end the test.
func (o *Office) Messages(t testing.TB, local string, n int) [][]byte {
	t.Helper()
	return messages(t, o.Maildir(local), n)
}

// Delivered lists the Maildirs other than the office's to which anything was delivered.
func (o *Office) Delivered(t testing.TB) (out []string) {
	t.Helper()
	files, err := os.ReadDir(o.mails())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name() != o.local() {
			out = append(out, f.Name())
		}
	}
	return out
}

func (o *Office) local() string {
	local, _, _ := strings.Cut(o.User, "@")
	return local
}

// decide is a filter of OpenSMTPD (smtpd-filters(7)) that answers to RCPT.
const decide = `#!/bin/sh
while IFS='|' read -r kind version time way phase session token address; do
  case $kind in
  config)
    if [ "$version" = ready ]; then printf 'register|filter|smtp-in|rcpt-to\nregister|ready\n'; fi ;;
  filter)
    key=try_$(printf %%s "$address" | tr -c 'a-z0-9' _)
    eval "try=\$(( \${$key:-0} + 1 )); $key=\$try"
    answer=
    case $address in
    %s
    esac
    printf 'filter-result|%%s|%%s|%%s\n' "$session" "$token" "${answer:+reject|}${answer:-proceed}" ;;
  esac
done
`

func (o *Office) startOpenSMTPD(t testing.TB) {
	t.Helper()
	list := o.User + " box\n"
	for address, target := range o.Addresses {
		list += address + " " + target + "\n"
	}
	file := func(name, content string) string { return "file:" + writeFile(t, filepath.Join(o.dir, name), content) }
	script := writeFile(t, filepath.Join(o.dir, "decide"), fmt.Sprintf(decide, o.Refuse))
	if err := os.Chmod(script, 0o755); err != nil {
		t.Fatal(err)
	}
	config := fmt.Sprintf(`table addresses %[2]s
table people %[3]s
table broken %[4]s
table credentials %[5]s
pki valid cert "%[1]s/valid.cert"
pki valid key "%[1]s/valid.key"
filter decide proc-exec "%[8]s"
listen on 127.0.0.1 port %[6]d hostname mx.office.example filter decide
listen on 127.0.0.1 port %[7]d hostname mx.office.example tls-require pki valid auth <credentials>
action deliver maildir "%[1]s/mails/%%{rcpt.user}" virtual <addresses> userbase <people>
action fail mda "echo the disk of this mailbox is broken >&2; exit 69" virtual <addresses> userbase <people>
match from local rcpt-to <broken> for any action fail
match from local for any action deliver
`, o.dir, file("addresses", list), file("people", fmt.Sprintf("box %d:%d:%s/mails\n", owner, owner, o.dir)),
		file("broken", strings.Join(append(o.Broken, "nobody@broken.example"), "\n")+"\n"), file("credentials", o.User+" "+hashed(t, o.Password)+"\n"), o.relay, o.OpenSMTPD, script)
	start(t, o.relay, "smtpd", "-d", "-f", writeFile(t, filepath.Join(o.dir, "smtpd.conf"), config))
}

func (o *Office) startDovecot(t testing.TB) {
	t.Helper()
	mechanisms, tokens := "", ""
	if o.Introspect != "" {
		file := writeFile(t, filepath.Join(o.dir, "tokens"), "introspection_mode = post\nintrospection_url = "+o.Introspect+"\nusername_attribute = email\nactive_attribute = active\nactive_value = true\n")
		if err := os.Chmod(file, 0o644); err != nil { // its reader has a user of its own
			t.Fatal(err)
		}
		mechanisms, tokens = " xoauth2 oauthbearer", "passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = "+file+"\n}\n"
	}
	config := fmt.Sprintf(`base_dir = /run/dovecot
log_path = /dev/stderr
protocols = imap submission
listen = 127.0.0.1, 127.0.0.2
hostname = mx.office.example
ssl = required
ssl_cert = <%[1]s/valid.cert
ssl_key = <%[1]s/valid.key
local 127.0.0.2 {
  ssl_cert = <%[1]s/other.cert
  ssl_key = <%[1]s/other.key
}
disable_plaintext_auth = yes
auth_mechanisms = plain login%[11]s
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0 # a wrong password slows nobody down
  }
}
%[12]spassdb {
  driver = passwd-file
  args = %[2]s
}
userdb {
  driver = static
  args = uid=%[3]d gid=%[3]d home=%[1]s/mails
}
mail_location = maildir:%[1]s/mails/%[9]s
namespace inbox {
  inbox = yes
  mailbox Drafts {
    auto = create
    special_use = \Drafts
  }
  mailbox Sent {
    auto = create
    special_use = \Sent
  }
}
submission_relay_host = 127.0.0.1
submission_relay_port = %[4]d
submission_relay_trusted = no
submission_max_mail_size = %[10]s
service submission-login {
  inet_listener submission {
    port = %[5]d
  }
  inet_listener submissions {
    port = %[6]d
    ssl = yes
  }
}
service imap-login {
  inet_listener imap {
    port = %[7]d
  }
  inet_listener imaps {
    port = %[8]d
  }
}
`, o.dir, writeFile(t, filepath.Join(o.dir, "passwords"), o.User+":{PLAIN}"+o.Password+"\n"), owner,
		o.relay, o.Submission, o.Submissions, o.IMAP, o.IMAPS, o.local(), o.MaxSize, mechanisms, tokens)
	if err := os.Chmod(filepath.Join(o.dir, "passwords"), 0o644); err != nil { // its reader has a user of its own
		t.Fatal(err)
	}
	start(t, o.IMAPS, "dovecot", "-F", "-c", writeFile(t, filepath.Join(o.dir, "dovecot.conf"), config))
}
