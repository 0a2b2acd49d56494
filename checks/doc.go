// Package checks looks at returns as read and says what is wrong with them: Answers for one return on its own,
// Register for all returns of a round together. Register decides whose each return is, which of several counts,
// and where each recipient stands.
//
// Both are pure functions of their input: no clock, no files, and the order of the returns does not matter.
// They refuse to guess: a return that cannot be told to be a recipient's beyond doubt is credited to nobody
// until a person settles it.
package checks
