//go:build unix

package desk_test

import "os"

// Names of files that would be markup or script, were they not escaped.
const (
	oddName    = `01247 {"'&b}.xlsx`
	markupName = "<img src=x onerror=alert(3)>.csv"
)

// link makes a link in a round that leads out of it.
func link(to, name string) error { return os.Symlink(to, name) }
