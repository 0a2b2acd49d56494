// Package models holds the vocabulary of a maturity assessment as types: the template with its levels,
// topics, themes and criteria; the answers of a return and where each stood; findings; the manifest that
// says whose workbook it is; the scorecard of one return and the consolidation of all.
//
// It does no input or output and knows no file format. Rules that a single value must keep are validator
// tags on the types; rules between values are checked by package templates and package round, which load
// them. Every other package builds on this one, and this one on none of them.
package models
