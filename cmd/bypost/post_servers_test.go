package bypost_test

import (
	"crypto/x509"
	"os"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/cmd/cmdtest"
	"github.com/rubric-project/rubric/internal/mailservers"
	"github.com/rubric-project/rubric/mail"
)

// realOffice is the office at servers that others wrote.
type realOffice struct {
	*mailservers.Office
	caFile string
	poster *mail.Server
}

func (o *realOffice) at() (smtpPort, imapPort int, caFile string) {
	return o.Submission, o.IMAPS, o.caFile
}

func (o *realOffice) messages(t *testing.T, address string, n int) [][]byte {
	t.Helper()
	local, _, _ := strings.Cut(address, "@")
	return o.Messages(t, local, n)
}

func (o *realOffice) reply(t *testing.T, raw string) {
	t.Helper()
	raw = strings.ReplaceAll(strings.ReplaceAll(raw, "\r\n", "\n"), "\n", "\r\n")
	d, err := o.poster.Deliver(t.Context(), mail.Parcel{From: "somebody@schools.example", To: []string{postUser}, Raw: []byte(raw)}, func(string) error { return nil })
	if err != nil || d.Outcome != mail.Sent {
		t.Fatalf("%+v, %v", d, err)
	}
}

func (o *realOffice) replied(t *testing.T, n int) {
	t.Helper()
	o.Messages(t, "post", n)
}

// TestARoundByPostThroughOtherServers is the same round through OpenSMTPD and Dovecot.
func TestARoundByPostThroughOtherServers(t *testing.T) {
	cmdtest.OnlyWithTime(t)
	if testing.Short() {
		t.Skip("200 workbooks are made, sent and read back")
	}
	t.Parallel()
	cert, caFile := officeCertificate(t)
	roots := x509.NewCertPool()
	pem, err := os.ReadFile(caFile)
	if err != nil || !roots.AppendCertsFromPEM(pem) {
		t.Fatal(err)
	}
	o := &realOffice{caFile: caFile, Office: mailservers.New(t, mailservers.Settings{User: postUser, Password: postPassword, Valid: &cert, Other: &cert, MaxSize: "20M",
		Addresses: map[string]string{"@schools.example": "box", "@office.example": "box"},
		// What the office of the other test does: i%20 == 3 is refused twice, i%50 == 7 for good.
		Refuse: `s?[02468]3@*) if [ $try -lt 3 ]; then answer='451 4.7.1 Greylisted'; fi ;;
s?[05]7@*) answer='550 5.1.1 No such user' ;;`})}
	o.poster = &mail.Server{Host: "127.0.0.1", Port: o.Submission, Roots: roots, User: postUser, Password: mail.Secret{Ask: func() (string, error) { return postPassword, nil }}}
	defer o.poster.Close()
	roundByPost(t, o)
}
