package settings

// Mail is how a round's messages leave. A password is never part of it.
type Mail struct {
	// From and FromName say who sends; where From is empty the round's contact does.
	From     string `yaml:"from,omitempty" json:"from,omitempty" validate:"omitempty,email"`
	FromName string `yaml:"from_name,omitempty" json:"from_name,omitempty" validate:"max=120"`
	// Cc says who gets a copy, by group column and the recipient's value in it: region, North, an address.
	Cc   map[string]map[string]string `yaml:"cc,omitempty" json:"cc,omitempty"`
	SMTP SMTP                         `yaml:"smtp,omitempty" json:"smtp"`
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
