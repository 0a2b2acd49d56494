package desk_test

// Names of files that come as near to markup as Windows takes them.
const (
	oddName    = `01247 {'&b}.xlsx`
	markupName = "&lt;img src=x onerror=alert(3)&gt;.csv"
)
