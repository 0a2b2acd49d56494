// Package browse opens an address in the user's browser.
package browse

// Open opens a link. The browser is given a file in the folder that leads to the link, where the system would otherwise show
// the link to everybody on the computer as the argument of a process; only the user can read the file, and it is deleted
// after a minute. The error says that there is no browser to open.
func Open(folder, link string) error { return open(folder, link) }
