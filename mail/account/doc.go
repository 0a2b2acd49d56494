// Package account signs in to a mailbox at Microsoft or Google in the browser, and keeps the sign-in.
//
// [SignIn] is the sign-in itself: in the browser with an address on this computer that the answer comes back to (RFC 8252)
// and PKCE (RFC 7636), or with a code that is typed into a browser on another device (RFC 8628). A [Store] keeps what came of
// it, sealed, in a file that only its user can read; the key lies in the keyring of the system. [Tokens] gives an access token
// whenever one is needed, renews it in time and stores at once what it got in exchange, also where several processes do so.
//
// The identity of the program is the office's own: it registers it with its provider, and no other program's is used. No
// token and no key is ever part of an error or of what is printed. The package knows nothing of messages.
package account
