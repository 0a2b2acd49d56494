package post

import (
	"cmp"
	"net/url"

	"github.com/rubric-project/rubric/mail/account"
	"github.com/rubric-project/rubric/models/settings"
)

// Step is one thing that an organisation's IT has to do before anybody can sign in. Text is a format, so that it can be put
// into another language.
type Step struct {
	Text   string
	Values []any
	// Link is an address that belongs to it; "" for none.
	Link string
}

// Steps are the steps for an account, as far as it is filled in.
func Steps(a settings.Account) []Step {
	if a.Provider == account.Google {
		return []Step{
			{Text: stepProject, Link: "https://console.cloud.google.com/"},
			{Text: stepInternal},
			{Text: stepDesktop},
			{Text: stepGoogleID, Values: []any{account.Google}},
		}
	}
	portal := "https://entra.microsoft.com/"
	if a.Cloud == "us-gov-high" || a.Cloud == "us-dod" {
		portal = "https://entra.microsoft.us/"
	}
	permissions := "Mail.ReadWrite, Mail.Send, User.Read, offline_access"
	if a.SharedMailbox != "" {
		permissions += ", Mail.ReadWrite.Shared, Mail.Send.Shared"
	}
	out := []Step{
		{Text: stepRegister, Link: portal},
		{Text: stepRedirect, Values: []any{"http://localhost"}},
		{Text: stepPublic},
		{Text: stepPermissions, Values: []any{permissions}},
		{Text: stepConsent, Link: ConsentLink(a)},
		{Text: stepSendOnly, Values: []any{"Mail.Send, User.Read, offline_access"}},
		{Text: stepAssign},
	}
	if a.SharedMailbox != "" {
		out = append(out, Step{Text: stepShared, Values: []any{a.SharedMailbox}})
	}
	return append(out, Step{Text: stepID, Values: []any{account.Microsoft}})
}

const (
	stepRegister    = "Register the program: Identity, Applications, App registrations, New registration. A name such as “rubric (assessments)”; accounts in this organisational directory only."
	stepRedirect    = "As the redirect address choose “Mobile and desktop applications” and enter %s. No certificate and no secret is needed."
	stepPublic      = "Under Authentication set “Allow public client flows” to yes, if anybody is to sign in with a code on another device."
	stepPermissions = "Under API permissions add these of Microsoft Graph, all of them delegated: %s."
	stepConsent     = "Agree for the organisation. Since November 2025 reading and writing mail needs an administrator’s consent by default. Whoever may give it opens this link and accepts; the page that it ends at need not open."
	stepSendOnly    = "If that is not wanted: with no more than %s the office can send, mostly without an administrator; then nothing can be looked up or collected."
	stepAssign      = "If the program is to be used by some people only: Enterprise applications, the program’s name, Properties, “Assignment required”, and assign them."
	stepShared      = "In Exchange give whoever signs in “Full access” and “Send as” for %s."
	stepID          = "Give the office the application (client) id and the directory (tenant) id. Both may be known to everybody. They go into round.yaml under mail: account:, with provider: %s."

	stepProject  = "Make a project, and switch the Gmail API on in it."
	stepInternal = "Under “Google Auth Platform”, Audience, choose Internal: an app for the own Workspace needs no review by Google, and its sign-ins do not end after a week. The permission is https://mail.google.com/."
	stepDesktop  = "Under Clients make one of the type “Desktop app”."
	stepGoogleID = "Give the office its client id, and the file with its client secret, which for programs on a computer is no secret. They go into round.yaml under mail: account: as client_id and client_secret_file, with provider: %s."
)

// StepTexts are the texts of all steps.
func StepTexts() []string {
	return []string{stepRegister, stepRedirect, stepPublic, stepPermissions, stepConsent, stepSendOnly, stepAssign, stepShared, stepID, stepProject, stepInternal, stepDesktop, stepGoogleID}
}

// ConsentLink is the address at which an administrator agrees for the whole organisation (Microsoft, "Grant tenant-wide admin
// consent to an application").
func ConsentLink(a settings.Account) string {
	host := "https://login.microsoftonline.com/"
	if a.Cloud == "us-gov-high" || a.Cloud == "us-dod" {
		host = "https://login.microsoftonline.us/"
	}
	q := url.Values{"client_id": {cmp.Or(a.ClientID, "CLIENT-ID")}, "redirect_uri": {"http://localhost"}}
	return host + url.PathEscape(cmp.Or(a.Tenant, "TENANT")) + "/adminconsent?" + q.Encode()
}
