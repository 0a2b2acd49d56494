package account

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/oauth2"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models/settings"
)

// The providers.
const (
	Microsoft = "microsoft"
	Google    = "google"
)

// Endpoints are the addresses of a provider.
type Endpoints struct {
	// Authorize, Token and Device are where a person signs in, where tokens are given, and where a code for another device
	// is; Device is "" where mail cannot be signed in to like that. Revoke ends a sign-in; "" where there is no such thing.
	Authorize, Token, Device, Revoke string
	// SMTP and IMAP are Google's servers for mail, each a name with or without a port.
	SMTP, IMAP string
	// Graph is Microsoft's service for mail, up to the version.
	Graph string
	// Redirect is the host that the browser is sent back to.
	Redirect string
}

// endpointsOf are the addresses for an account. GCC is served from the global ones (Microsoft, "National clouds").
func endpointsOf(a settings.Account) Endpoints {
	if a.Provider == Google {
		return Endpoints{Authorize: "https://accounts.google.com/o/oauth2/v2/auth", Token: "https://oauth2.googleapis.com/token",
			Revoke: "https://oauth2.googleapis.com/revoke", Redirect: "127.0.0.1",
			SMTP: "smtp.gmail.com", IMAP: "imap.gmail.com"} // Google, "XOAUTH2 protocol"
	}
	login, graph := "https://login.microsoftonline.com", "https://graph.microsoft.com"
	switch a.Cloud {
	case "us-gov-high":
		login, graph = "https://login.microsoftonline.us", "https://graph.microsoft.us"
	case "us-dod":
		login, graph = "https://login.microsoftonline.us", "https://dod-graph.microsoft.us"
	}
	base := login + "/" + url.PathEscape(a.Tenant) + "/oauth2/v2.0/"
	return Endpoints{Authorize: base + "authorize", Token: base + "token", Device: base + "devicecode", Graph: graph + "/v1.0", Redirect: "localhost"}
}

// The permissions that are asked for by their names at Microsoft.
const (
	MailSend            = "Mail.Send"
	MailReadWrite       = "Mail.ReadWrite"
	MailSendShared      = "Mail.Send.Shared"
	MailReadWriteShared = "Mail.ReadWrite.Shared"
	// GoogleMail is Google's permission for SMTP and IMAP.
	GoogleMail = "https://mail.google.com/"
)

// scopes are the permissions to ask for. With sendOnly they need no administrator's consent at Microsoft.
func scopes(a settings.Account, sendOnly bool) []string {
	if a.Provider == Google {
		return []string{GoogleMail}
	}
	out := []string{"offline_access", "User.Read", MailSend}
	if !sendOnly {
		out = append(out, MailReadWrite)
	}
	if a.SharedMailbox != "" {
		out = append(out, MailSendShared)
		if !sendOnly {
			out = append(out, MailReadWriteShared)
		}
	}
	return out
}

// Allows says whether a permission is among those that were granted; Microsoft may give them with an address before.
func Allows(granted []string, scope string) bool {
	return slices.ContainsFunc(granted, func(s string) bool {
		return strings.EqualFold(s, scope) || strings.EqualFold(s[strings.LastIndexByte(s, '/')+1:], scope)
	})
}

// Check says what is missing in the settings of an account. The error is misuse.
func Check(a settings.Account) error {
	wrong := func(message, remedy string) error {
		return &fault.Error{Usage: true, Message: message, Remedy: remedy}
	}
	switch {
	case a.Provider != Microsoft && a.Provider != Google:
		return wrong("no mailbox to sign in to is named", "put provider: microsoft or google, client_id: and tenant: under mail: account: in round.yaml, or give them when signing in")
	case a.ClientID == "":
		return wrong("the account has no client_id", "this program has to be registered with "+name(a.Provider)+" by your own organisation, and the id goes under mail: account: as client_id")
	case a.Provider == Microsoft && a.Tenant == "":
		return wrong("the account has no tenant", "put the organisation's tenant id, or its domain, under mail: account: as tenant")
	case strings.ContainsAny(a.Tenant, "/?#\\ "):
		return wrong("the tenant "+a.Tenant+" is neither an id nor a domain", "copy it from the registration")
	}
	return nil
}

func name(provider string) string {
	if provider == Google {
		return "Google"
	}
	return "Microsoft"
}

func (s *SignIn) config(redirect string) *oauth2.Config {
	e := s.endpoints()
	return &oauth2.Config{ClientID: s.Account.ClientID, ClientSecret: s.secret, RedirectURL: redirect, Scopes: scopes(s.Account, s.SendOnly),
		Endpoint: oauth2.Endpoint{AuthURL: e.Authorize, TokenURL: e.Token, DeviceAuthURL: e.Device, AuthStyle: oauth2.AuthStyleInParams}}
}
