// Package demo is a round with invented recipients: in several groups, with what each answers, and returns that come
// back, some of them bad in the ways that real ones are. New makes the plan, which is pure and deterministic: the same
// template, number of recipients and seed give the same. Play plays it through package office, as a real round is run: it
// makes the folder, generates, fills in what comes back, and validates, consolidates and reports.
//
// All organisations are invented and say so in their names.
package demo
