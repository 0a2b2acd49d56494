// Package bypost holds no code: its tests run rounds by post, through mail servers of their own, real ones, and accounts at made-up
// providers.
package bypost
