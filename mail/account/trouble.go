package account

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"golang.org/x/oauth2"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models/actions"
)

// Error says why a sign-in did not come about, or holds no longer. It never has a token in it.
type Error struct {
	// Fault says what is wrong and what to do about it.
	Fault fault.Error
	// Code is the provider's name for it: a word of RFC 6749, or AADSTS and a number.
	Code string
	// Temporary says that trying again later may do; Consent that an administrator has to agree first.
	Temporary, Consent bool
}

// Error is the message with its remedy.
func (e *Error) Error() string { return e.Fault.Error() }

// Unwrap is what is wrong, in the form that all errors have.
func (e *Error) Unwrap() error { return &e.Fault }

var aadsts = regexp.MustCompile(`AADSTS\d+`)

// The remedies that several codes have.
const (
	remedyConsent  = "an administrator of your organisation has to agree once, by the link in the steps for IT; or sign in to send only, which most organisations allow without"
	remedyAgain    = "sign in again"
	remedyRegister = "compare client_id and tenant under mail: account: with the registration"
)

// meanings are what the codes say that come up in offices (Microsoft, "Microsoft Entra authentication and authorization error
// codes"; RFC 6749, 4.1.2.1 and 5.2; RFC 8628, 3.5).
var meanings = map[string]struct {
	message, remedy    string
	consent, temporary bool
}{
	"AADSTS65001":             {message: "nobody has agreed yet that this program may use the mailbox", remedy: remedyConsent, consent: true},
	"AADSTS90094":             {message: "an administrator has to agree before this program may use the mailbox", remedy: remedyConsent, consent: true},
	"AADSTS90095":             {message: "an administrator has to agree before this program may use the mailbox; a request was sent to them", remedy: remedyConsent, consent: true},
	"consent_required":        {message: "nobody has agreed yet that this program may use the mailbox", remedy: remedyConsent, consent: true},
	"AADSTS65004":             {message: "the question whether this program may use the mailbox was answered with no", remedy: "sign in again, and accept"},
	"access_denied":           {message: "the question whether this program may use the mailbox was answered with no", remedy: "sign in again, and accept"},
	"authorization_declined":  {message: "the question whether this program may use the mailbox was answered with no", remedy: "sign in again, and accept"},
	"AADSTS53003":             {message: "a rule of your organisation (conditional access) does not allow this sign-in", remedy: "ask your IT; signing in with a code on another device is often forbidden where signing in with the browser is not"},
	"AADSTS50105":             {message: "your organisation has not assigned this program to you", remedy: "ask your IT to assign it to you, or to everybody"},
	"AADSTS50011":             {message: "the address that the browser is to come back to is not registered", remedy: "add http://localhost as a redirect address for mobile and desktop applications to the registration"},
	"AADSTS7000218":           {message: "the registration does not allow programs on a computer to sign in", remedy: "set \"Allow public client flows\" to yes in the registration"},
	"AADSTS700016":            {message: "the organisation does not know this client_id", remedy: remedyRegister},
	"AADSTS90002":             {message: "there is no such tenant", remedy: remedyRegister},
	"invalid_client":          {message: "the provider does not know this client_id, or wants its secret", remedy: remedyRegister},
	"unauthorized_client":     {message: "the registration does not allow this kind of sign-in", remedy: remedyRegister},
	"AADSTS50173":             {message: "the sign-in was ended, for instance because the password was changed", remedy: remedyAgain},
	"AADSTS700082":            {message: "the sign-in was not used for so long that it has ended", remedy: remedyAgain},
	"AADSTS50076":             {message: "the organisation asks for a second step (multi-factor) at the sign-in", remedy: remedyAgain},
	"invalid_grant":           {message: "the sign-in holds no longer", remedy: remedyAgain},
	"interaction_required":    {message: "the provider wants you to sign in again", remedy: remedyAgain},
	"expired_token":           {message: "the code was not typed in in time", remedy: remedyAgain},
	"temporarily_unavailable": {message: "the provider cannot check the sign-in at the moment", remedy: "try again later", temporary: true},
	"server_error":            {message: "the provider cannot check the sign-in at the moment", remedy: "try again later", temporary: true},
}

// troubleOf is the error for what the provider said: its code, and a description that may hold a closer one.
func troubleOf(code, description string) *Error {
	closer := aadsts.FindString(description)
	for _, c := range []string{closer, code} {
		if m, ok := meanings[c]; ok {
			e := &Error{Code: c, Temporary: m.temporary, Consent: m.consent, Fault: fault.Error{Message: m.message, Remedy: m.remedy}}
			switch m.remedy {
			case remedyAgain:
				e.Fault.Do = actions.SignIn.On()
			case remedyConsent:
				e.Fault.Do = actions.SignInSteps.On()
			}
			return e
		}
	}
	said := text.OneLine(text.Cut(firstLine(description), 200, "…"))
	if said == "" {
		said = text.OneLine(text.Cut(code, 60, "…"))
	}
	return &Error{Code: code, Fault: fault.Error{Message: "the provider refused the sign-in (it said: " + said + ")", Remedy: "ask your IT what that means for this program"}}
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return strings.TrimSpace(s)
}

// explain turns an error of the library into words. What the library's error says is not passed on: it may hold all that the
// server sent.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var said *oauth2.RetrieveError
	if errors.As(err, &said) {
		code, description := said.ErrorCode, said.ErrorDescription
		if code == "" {
			var body struct{ Error, Error_description string }
			if json.Unmarshal(said.Body, &body) == nil {
				code, description = body.Error, body.Error_description
			}
		}
		if status := said.Response; code == "" && status != nil {
			if status.StatusCode == 429 || status.StatusCode >= 500 {
				code = "temporarily_unavailable"
			} else {
				code = status.Status
			}
		}
		return troubleOf(code, description)
	}
	return &Error{Temporary: true, Fault: fault.Error{Message: "the provider's sign-in cannot be reached", Remedy: "check that this computer is connected to the network and that no firewall is in the way, then try again"}}
}
