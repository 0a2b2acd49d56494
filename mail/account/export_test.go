package account

// Mocked says that a keyring is there, since the test has put one in place of the system's.
func Mocked(is bool) { mocked = is }
