package mail_test

import (
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/mail"
)

// realOffice is an office's mail service made of Debian's packages, which know nothing of this program. Dovecot
// takes messages on the submission ports, with STARTTLS or TLS and a password, and hands each command on to
// OpenSMTPD, which decides on the addresses, delivers to Maildirs and writes the bounces. Dovecot shows the
// office's Maildir by IMAP. Dovecot stands in front because the TLS of Debian 12's OpenSMTPD (6.8.0) fails in every
// handshake with OpenSSL 3 (https://github.com/OpenSMTPD/OpenSMTPD/issues/1171); it is offered at a port of its own.
type realOffice struct {
	smtp, smtpTLS, submission, submissions, imap, imaps int // ports

	dir   string
	roots *x509.CertPool
}

// owner of the mailboxes; it needs no entry in the system's list of users.
const owner = 5000

// newRealOffice starts both servers. OpenSMTPD refuses every address that is not a key of addresses; the values
// are "box", which delivers, or what aliases(5) has of errors. It cannot deliver to those in broken, which it
// learns after it took the message.
func newRealOffice(t *testing.T, addresses map[string]string, broken ...string) *realOffice {
	t.Helper()
	needPrograms(t, "smtpd", "smtpctl", "dovecot", "/usr/lib/dovecot/submission")
	o := &realOffice{dir: openFolder(t)}
	valid, roots := validCertificate(t)
	expired, _ := certificate(t, time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour))
	leaf, err := x509.ParseCertificate(expired.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	roots.AddCert(leaf)
	o.roots = roots
	writeCertificate(t, filepath.Join(o.dir, "valid"), valid)
	writeCertificate(t, filepath.Join(o.dir, "expired"), expired)
	mails := filepath.Join(o.dir, "mails")
	if err := os.Mkdir(mails, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(mails, owner, owner); err != nil {
		t.Fatal(err)
	}
	ports := freePorts(t, 6)
	for i, p := range []*int{&o.smtp, &o.smtpTLS, &o.submission, &o.submissions, &o.imap, &o.imaps} {
		*p = ports[i]
	}
	o.startOpenSMTPD(t, addresses, broken)
	o.startDovecot(t)
	return o
}

func (o *realOffice) startOpenSMTPD(t *testing.T, addresses map[string]string, broken []string) {
	t.Helper()
	list := testUser + " box\n"
	for address, target := range addresses {
		list += address + " " + target + "\n"
	}
	file := func(name, content string) string { return "file:" + writeFile(t, filepath.Join(o.dir, name), content) }
	config := fmt.Sprintf(`table addresses %[2]s
table people %[3]s
table broken %[4]s
table credentials %[5]s
pki valid cert "%[1]s/valid.cert"
pki valid key "%[1]s/valid.key"
listen on 127.0.0.1 port %[6]d hostname mx.office.example
listen on 127.0.0.1 port %[7]d hostname mx.office.example tls-require pki valid auth <credentials>
action deliver maildir "%[1]s/mails/%%{rcpt.user}" virtual <addresses> userbase <people>
action fail mda "echo the disk of this mailbox is broken >&2; exit 69" virtual <addresses> userbase <people>
match from local rcpt-to <broken> for any action fail
match from local for any action deliver
`, o.dir, file("addresses", list), file("people", fmt.Sprintf("box %d:%d:%s/mails\n", owner, owner, o.dir)),
		file("broken", strings.Join(append(broken, "nobody@broken.example"), "\n")+"\n"), file("credentials", testUser+" "+hashed(t, testPassword)+"\n"), o.smtp, o.smtpTLS)
	start(t, o.smtp, "smtpd", "-d", "-f", writeFile(t, filepath.Join(o.dir, "smtpd.conf"), config))
}

func (o *realOffice) startDovecot(t *testing.T) {
	t.Helper()
	// The expired certificate is shown at another address of this computer.
	config := fmt.Sprintf(`base_dir = /run/dovecot
log_path = /dev/stderr
protocols = imap submission
listen = 127.0.0.1, 127.0.0.2
hostname = mx.office.example
ssl = required
ssl_cert = <%[1]s/valid.cert
ssl_key = <%[1]s/valid.key
local 127.0.0.2 {
  ssl_cert = <%[1]s/expired.cert
  ssl_key = <%[1]s/expired.key
}
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0 # a wrong password slows nobody down
  }
}
passdb {
  driver = passwd-file
  args = %[2]s
}
userdb {
  driver = static
  args = uid=%[3]d gid=%[3]d home=%[1]s/mails
}
mail_location = maildir:%[1]s/mails/post
submission_relay_host = 127.0.0.1
submission_relay_port = %[4]d
submission_relay_trusted = no
submission_max_mail_size = 1M
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
`, o.dir, writeFile(t, filepath.Join(o.dir, "passwords"), testUser+":{PLAIN}"+testPassword+"\n"), owner,
		o.smtp, o.submission, o.submissions, o.imap, o.imaps)
	if err := os.Chmod(filepath.Join(o.dir, "passwords"), 0o644); err != nil { // its reader has a user of its own
		t.Fatal(err)
	}
	start(t, o.imaps, "dovecot", "-F", "-c", writeFile(t, filepath.Join(o.dir, "dovecot.conf"), config))
}

func (o *realOffice) server() *mail.Server {
	return &mail.Server{Host: "127.0.0.1", Port: o.submission, Roots: o.roots, Timeout: 20 * time.Second, User: testUser,
		Password: mail.Secret{Ask: func() (string, error) { return testPassword, nil }}}
}

// address of the mailbox. 0.0.0.0 leads to this computer without being one of the names that can mean no other,
// so that STARTTLS is demanded.
func (o *realOffice) address(scheme string) string {
	user := strings.ReplaceAll(testUser, "@", "%40")
	if scheme == "imap" {
		return fmt.Sprintf("imap://%s@0.0.0.0:%d/INBOX", user, o.imap)
	}
	return fmt.Sprintf("imaps://%s@127.0.0.1:%d/INBOX", user, o.imaps)
}

// delivered lists the mailboxes to which OpenSMTPD delivered.
func (o *realOffice) delivered(t *testing.T) (out []string) {
	t.Helper()
	files, err := os.ReadDir(filepath.Join(o.dir, "mails"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name() != "post" {
			out = append(out, f.Name())
		}
	}
	return out
}
