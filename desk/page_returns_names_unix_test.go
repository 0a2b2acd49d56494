//go:build unix

package desk_test

// Names of files that would be markup or script, were they not escaped.
const (
	oddName    = `01247 {"'&b}.xlsx`
	markupName = "<img src=x onerror=alert(3)>.csv"
)
