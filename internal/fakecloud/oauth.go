package fakecloud

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// call is one request, and the answer to it.
type call struct {
	*server
	r           *http.Request
	body        []byte
	now         time.Time
	kind, fault string
	status      int
	reply       []byte
	kindOfReply string
	header      map[string]string
	wrong       string
}

func (c *call) json(status int, v any) {
	c.status, c.kindOfReply = status, "application/json"
	c.reply, _ = json.Marshal(v)
}

func (c *call) fail(status int, code, message string) {
	c.json(status, map[string]any{"error": map[string]string{"code": code, "message": message}})
}

// oauthFail is an error as RFC 6749, 5.2, has it.
func (c *call) oauthFail(code, description string) {
	c.json(http.StatusBadRequest, map[string]string{"error": code, "error_description": description})
}

func (c *call) oauth() {
	switch {
	case strings.HasSuffix(c.r.URL.Path, "/authorize"):
		c.authorize()
	case strings.HasSuffix(c.r.URL.Path, "/devicecode"):
		form, _ := url.ParseQuery(string(c.body))
		device := secret("device")
		c.devices[device] = &asked{client: form.Get("client_id"), scopes: strings.Fields(form.Get("scope"))}
		c.json(200, map[string]any{"device_code": device, "user_code": "FAKE-CODE", "verification_uri": "https://fake.example/device", "expires_in": 900, "interval": 1})
	case strings.HasSuffix(c.r.URL.Path, "/introspect"):
		c.introspect()
	case strings.HasSuffix(c.r.URL.Path, "/token"):
		c.token()
	default:
		c.oauthFail("invalid_request", "AADSTS90002: no such place")
	}
}

// authorize asks the person, or sends the browser back at once.
func (c *call) authorize() {
	q := c.r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || back.Hostname() != "localhost" && back.Hostname() != "127.0.0.1" || q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || q.Get("state") == "" {
		c.wrong = "no PKCE, no state, or back to somewhere else"
		c.fail(400, "invalid_request", c.wrong)
		return
	}
	if c.set.Ask && c.r.Method == http.MethodGet && q.Get("accept") == "" {
		c.status, c.kindOfReply = 200, "text/html; charset=utf-8"
		q.Set("accept", "yes")
		c.reply = []byte(`<!doctype html><title>Fake sign-in</title><h1>Permissions requested</h1><p>` + html.EscapeString(q.Get("scope")) + `</p><p><a id="accept" href="` + html.EscapeString(c.r.URL.Path+"?"+q.Encode()) + `">Accept</a></p>`)
		return
	}
	out := url.Values{"state": {q.Get("state")}}
	if c.set.Refuse != "" {
		out.Set("error", c.set.Refuse)
		out.Set("error_description", c.set.RefuseText)
	} else {
		code := secret("code")
		c.codes[code] = asked{challenge: q.Get("code_challenge"), redirect: q.Get("redirect_uri"), client: q.Get("client_id"), scopes: strings.Fields(q.Get("scope"))}
		out.Set("code", code)
	}
	back.RawQuery = out.Encode()
	if back.Path == "" {
		back.Path = "/"
	}
	c.status, c.header = http.StatusFound, map[string]string{"Location": back.String()}
}

func (c *call) token() {
	form, _ := url.ParseQuery(string(c.body))
	switch form.Get("grant_type") {
	case "authorization_code":
		a, ok := c.codes[form.Get("code")]
		delete(c.codes, form.Get("code"))
		sum := sha256.Sum256([]byte(form.Get("code_verifier")))
		if !ok || a.redirect != form.Get("redirect_uri") || a.client != form.Get("client_id") || base64.RawURLEncoding.EncodeToString(sum[:]) != a.challenge {
			c.wrong = "a code that is not this program's"
			c.oauthFail("invalid_grant", "AADSTS54005: code")
			return
		}
		c.give(a.scopes)
	case "refresh_token":
		x, ok := c.refresh[form.Get("refresh_token")]
		if !ok {
			c.oauthFail("invalid_grant", "AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed. token "+form.Get("refresh_token"))
			return
		}
		if c.set.Strict {
			delete(c.refresh, form.Get("refresh_token"))
		}
		c.give(x.scopes)
	case "urn:ietf:params:oauth:grant-type:device_code":
		a, ok := c.devices[form.Get("device_code")]
		if !ok {
			c.oauthFail("expired_token", "AADSTS70020")
			return
		}
		if c.set.Refuse != "" {
			c.oauthFail(c.set.Refuse, c.set.RefuseText)
			return
		}
		if a.polls++; a.polls == 1 {
			c.oauthFail("authorization_pending", "AADSTS70016")
			return
		}
		c.give(a.scopes)
	default:
		c.oauthFail("unsupported_grant_type", "")
	}
}

// introspect answers a server for mail that asks what a token is worth (RFC 7662). It knows nothing of the time of a test.
func (c *call) introspect() {
	form, _ := url.ParseQuery(string(c.body))
	if c.now = time.Now(); !c.latest.IsZero() {
		c.now = c.latest
	}
	x, ok := c.access[form.Get("token")]
	c.json(200, map[string]any{"active": ok && !c.now.After(x.expires), "email": c.set.Users[0], "scope": strings.Join(x.scopes, " ")})
}

func (c *call) give(scopes []string) {
	if len(c.set.Scopes) > 0 {
		scopes = c.set.Scopes
	}
	life := c.set.Lifetime
	if life == 0 {
		life = 3600
	}
	access, refresh := secret("access"), secret("refresh")
	c.access[access] = session{scopes, c.now.Add(time.Duration(life) * time.Second)}
	c.refresh[refresh] = session{scopes: scopes}
	c.json(200, map[string]any{"token_type": "Bearer", "scope": strings.Join(scopes, " "), "expires_in": life, "access_token": access, "refresh_token": refresh})
}
