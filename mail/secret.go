package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/rubric-project/rubric/models/actions"
)

// Secret says where a password or an access token comes from. The first of its sources that is given counts.
// A password never stands on a command line, where other users of a computer can read it.
type Secret struct {
	// Token gives an access token, and is asked at every connection. Renewed gives another than one that the server refused,
	// and may be nil.
	Token   func(context.Context) (string, error)
	Renewed func(ctx context.Context, refused string) (string, error)
	// Env names an environment variable, File a file whose first line is the password.
	Env, File string
	// Ask asks the person at the keyboard; nil where there is nobody.
	Ask func() (string, error)
}

// Read gets the password. The error says where it was looked for, and never holds any of it.
func (s Secret) Read() (string, error) { return s.read(context.Background()) }

func (s Secret) read(ctx context.Context) (string, error) {
	switch {
	case s.Token != nil:
		return s.Token(ctx)
	case s.Env != "":
		if v := os.Getenv(s.Env); v != "" {
			return v, nil
		}
		return "", fmt.Errorf("the environment variable %s, which is to hold the password, is not set", s.Env)
	case s.File != "":
		b, err := os.ReadFile(s.File)
		if err != nil {
			return "", fmt.Errorf("the file %s, which is to hold the password, cannot be read; check its name and that you may read it", s.File)
		}
		line, _, _ := strings.Cut(string(b), "\n")
		if line = strings.TrimRight(line, "\r"); line != "" {
			return line, nil
		}
		return "", fmt.Errorf("the file %s, which is to hold the password, has an empty first line", s.File)
	case s.Ask != nil:
		v, err := s.Ask()
		if err == nil && v == "" {
			err = errors.New("no password was given")
		}
		return v, err
	}
	return "", errors.New("no password is given; name an environment variable (password_env) or a file (password_file) in round.yaml under mail: smtp:, or be there to be asked for it")
}

// signedIn opens a connection that signs in with a secret, and once more with another token where the first is refused. A server
// may end a token before its time.
func (s Secret) signedIn(ctx context.Context, secret string, open func(secret string) error) error {
	err := open(secret)
	var refused *ServerError
	if s.Token == nil || !errors.As(err, &refused) || !refused.atSignIn {
		return err
	}
	if s.Renewed != nil {
		if secret, err = s.Renewed(ctx, secret); err != nil {
			return err
		}
		if err = open(secret); !errors.As(err, &refused) || !refused.atSignIn {
			return err
		}
	}
	refused.Fault.Remedy, refused.Fault.Do = "sign in again; if that does not help, ask your IT whether programs may use this server", actions.SignIn.On()
	return refused
}

// without takes a password out of a text that came from a server, also where it is wrapped in base64.
func without(text, user, password string) string {
	if password == "" {
		return text
	}
	for _, s := range []string{
		password,
		base64.StdEncoding.EncodeToString([]byte(password)),
		base64.StdEncoding.EncodeToString([]byte("\x00" + user + "\x00" + password)),
		base64.StdEncoding.EncodeToString([]byte("user=" + user + "\x01auth=Bearer " + password + "\x01\x01")),
	} {
		text = strings.ReplaceAll(text, s, "[password]")
	}
	return text
}
