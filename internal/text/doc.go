// Package text has the small rules for texts that people read: a number with its noun, the first few of a list, cutting
// to a length, what was probably meant, characters that steer a terminal, and names for files.
package text
