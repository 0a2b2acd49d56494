// Package models holds the vocabulary of a maturity assessment as types: template, return, answer, finding, manifest,
// scorecard, consolidation. It does no input or output and knows no file format. Rules that a single value must keep are
// validator tags on the types; packages templates and round check the others.
package models
