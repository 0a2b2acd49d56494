package assessment

import (
	"encoding/xml"
	"strings"
)

// quotes is a text as it stands between quotation marks in a formula.
func quotes(s string) string { return strings.ReplaceAll(s, `"`, `""`) }

// escaped writes a text for XML, as content or as attribute. Characters that XML cannot hold become U+FFFD.
func escaped(s string) string {
	var b strings.Builder
	// A strings.Builder does not fail.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}
