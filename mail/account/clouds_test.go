package account_test

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/mail/account"
	"github.com/rubric-project/rubric/models/settings"
)

// TestWhereOneSignsIn: each cloud has its addresses (Microsoft, "National cloud deployments"), the code is asked for with
// PKCE, and no more is asked for than is needed.
func TestWhereOneSignsIn(t *testing.T) {
	all := []string{"offline_access", "User.Read", "Mail.Send", "Mail.ReadWrite"}
	for _, x := range []struct {
		account  settings.Account
		sendOnly bool
		begins   string
		back     string
		scopes   []string
	}{
		{settings.Account{Provider: account.Microsoft, ClientID: "our-id", Tenant: "office.example"}, false, "https://login.microsoftonline.com/office.example/oauth2/v2.0/authorize?", "localhost", all},
		{settings.Account{Provider: account.Microsoft, ClientID: "our-id", Tenant: "office.example", Cloud: "global"}, true, "https://login.microsoftonline.com/office.example/oauth2/v2.0/authorize?", "localhost", all[:3]},
		{settings.Account{Provider: account.Microsoft, ClientID: "our-id", Tenant: "office.example", Cloud: "us-gov-high", SharedMailbox: "returns@office.example"}, false, "https://login.microsoftonline.us/office.example/oauth2/v2.0/authorize?", "localhost", append(slices.Clone(all), "Mail.Send.Shared", "Mail.ReadWrite.Shared")},
		{settings.Account{Provider: account.Microsoft, ClientID: "our-id", Tenant: "office.example", Cloud: "us-dod"}, false, "https://login.microsoftonline.us/office.example/oauth2/v2.0/authorize?", "localhost", all},
		{settings.Account{Provider: account.Google, ClientID: "our-id"}, false, "https://accounts.google.com/o/oauth2/v2/auth?", "127.0.0.1", []string{"https://mail.google.com/"}},
	} {
		s := account.SignIn{Account: x.account, Store: &account.Store{Dir: t.TempDir(), InFile: true}, SendOnly: x.sendOnly}
		enough := errors.New("enough")
		var address string
		if _, err := s.InBrowser(t.Context(), func(at string) error { address = at; return enough }); !errors.Is(err, enough) {
			t.Fatal(err)
		}
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		back, _ := url.Parse(q.Get("redirect_uri"))
		asked := strings.Fields(q.Get("scope"))
		slices.Sort(asked)
		want := slices.Sorted(slices.Values(x.scopes))
		if !strings.HasPrefix(address, x.begins) || q.Get("client_id") != "our-id" || q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || q.Get("state") == "" ||
			back == nil || back.Scheme != "http" || back.Hostname() != x.back || !slices.Equal(asked, want) {
			t.Errorf("%+v: %s", x.account, address)
		}
		tokens, err := account.NewTokens(s)
		if !errors.Is(err, account.ErrSignedOut) {
			t.Error(err)
		}
		if want := map[string]string{"": "https://graph.microsoft.com/v1.0", "global": "https://graph.microsoft.com/v1.0", "us-gov-high": "https://graph.microsoft.us/v1.0", "us-dod": "https://dod-graph.microsoft.us/v1.0"}[x.account.Cloud]; x.account.Provider == account.Microsoft && tokens.Graph() != want {
			t.Errorf("%s: mail at %s", x.account.Cloud, tokens.Graph())
		}
	}
}
