// Package demo invents what a demonstration round needs: recipients in several groups, what each answers,
// and the returns that come back, some of them bad in the ways that real ones are. It is pure and
// deterministic: the same template, number of recipients and seed give the same plan. It writes no file; the
// command turns a plan into one through the code that a real round uses.
//
// All organisations are invented and say so in their names.
package demo
