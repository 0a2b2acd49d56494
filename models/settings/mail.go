package settings

// Mail is how a round's messages leave. A password is never part of it.
type Mail struct {
	// From and FromName say who sends; where From is empty the round's contact does.
	From     string `yaml:"from,omitempty" json:"from,omitempty" validate:"omitempty,email"`
	FromName string `yaml:"from_name,omitempty" json:"from_name,omitempty" validate:"max=120"`
	// Cc says who gets a copy, by group column and the recipient's value in it: region, North, an address.
	Cc   map[string]map[string]string `yaml:"cc,omitempty" json:"cc,omitempty"`
	SMTP SMTP                         `yaml:"smtp,omitempty" json:"smtp"`
	// Account is the mailbox at Microsoft or Google that the office signs in to; nil where there is none.
	Account *Account `yaml:"account,omitempty" json:"account,omitempty"`
	// Mailbox is an IMAP mailbox into whose folder of drafts messages are put: imaps://user@server/.
	Mailbox string `yaml:"mailbox,omitempty" json:"mailbox,omitempty" validate:"max=500"`
}

// Account is a mailbox that is signed in to in the browser. It holds no secret but, for Google, the name of a file.
type Account struct {
	// Provider is microsoft or google.
	Provider string `yaml:"provider" json:"provider" validate:"oneof=microsoft google"`
	// User is the address that signs in.
	User string `yaml:"user,omitempty" json:"user,omitempty" validate:"omitempty,email"`
	// ClientID is what the office's own registration of this program is called; Tenant is the organisation's, by its id or
	// domain, for Microsoft.
	ClientID string `yaml:"client_id,omitempty" json:"client_id,omitempty" validate:"max=200"`
	Tenant   string `yaml:"tenant,omitempty" json:"tenant,omitempty" validate:"max=200"`
	// Cloud is global (as ""), us-gov-high or us-dod, for Microsoft.
	Cloud string `yaml:"cloud,omitempty" json:"cloud,omitempty" validate:"omitempty,oneof=global us-gov-high us-dod"`
	// SharedMailbox is the address of a mailbox that several people work with, which messages are sent from.
	SharedMailbox string `yaml:"shared_mailbox,omitempty" json:"shared_mailbox,omitempty" validate:"omitempty,email"`
	// ClientSecretFile is the file whose first line is what Google calls the secret of an app for computers.
	ClientSecretFile string `yaml:"client_secret_file,omitempty" json:"client_secret_file,omitempty" validate:"max=500"`
}

// SMTP is the server that takes messages for delivery.
type SMTP struct {
	Host string `yaml:"host,omitempty" json:"host,omitempty" validate:"omitempty,hostname_rfc1123|ip"`
	// Port is 587, or 465 for implicit TLS, where it is 0.
	Port int `yaml:"port,omitempty" json:"port,omitempty" validate:"min=0,max=65535"`
	// TLS is starttls (the default), implicit, or unencrypted; the last is meant for a server on this computer.
	TLS string `yaml:"tls,omitempty" json:"tls,omitempty" validate:"omitempty,oneof=starttls implicit unencrypted"`
	// CAFile holds certificates (PEM) that are trusted beside the system's.
	CAFile string `yaml:"ca_file,omitempty" json:"ca_file,omitempty" validate:"max=500"`
	// User signs in; empty where the server asks for no sign-in.
	User string `yaml:"user,omitempty" json:"user,omitempty" validate:"max=200"`
	// Auth is password (the default) or xoauth2, for which the password is an access token.
	Auth string `yaml:"auth,omitempty" json:"auth,omitempty" validate:"omitempty,oneof=password xoauth2"`
	// PasswordEnv names an environment variable, PasswordFile a file, that holds the password.
	PasswordEnv  string `yaml:"password_env,omitempty" json:"password_env,omitempty" validate:"max=100"`
	PasswordFile string `yaml:"password_file,omitempty" json:"password_file,omitempty" validate:"max=500"`
	// PerMinute is the highest number of messages in a minute; 0 stands for 30.
	PerMinute int `yaml:"per_minute,omitempty" json:"per_minute,omitempty" validate:"min=0,max=10000"`
}
