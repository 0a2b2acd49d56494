// Package scoring turns answers into scores: the answers of one return into a scorecard, and the scorecards
// of all returns into a consolidation. Start with Score and Consolidate. Every function is pure: no clock, no
// input or output, and the order of answers and of members does not matter. It refuses nothing but a method that
// does not suit the template: Suits says why. Each method is a file of its own; models has the table of them.
//
// # What counts
//
// All criteria count except symptoms (models.KindSymptom), which are listed as risks; advice is no criterion
// at all. "Not applicable" leaves numerator and denominator. A blank is never a level: a score rests on the
// answers there are, and its range says what it would be were every blank the lowest choice, or the highest.
// An answer whose number is not on its criterion's scale, and two different answers to one criterion, are
// blank; an answer to a ref that the template does not have is not looked at. Package xlsx has made findings
// of them before.
//
// Weights are whole thousandths, so that sums are exact; the one division comes at the end, and nothing is
// rounded here.
//
// # Groups of criteria
//
// Each topic, theme, topic × theme cell, and the whole has its distribution over the steps of the scale that
// its criteria share, the median (the mean of the middle two where the number of answers is even; weights
// play no part in it), the weighted mean and the lowest. Statements share the scale N, P, L, F with the
// numbers 0 to 3, criteria with descriptors the template's levels. A group that holds both kinds has no
// shared scale: it has counts, but no distribution, median, mean or lowest, and no score by a method that
// averages or compares numbers.
//
// # The methods
//
// profile gives no overall score; the score of a topic, theme or cell is its mean.
//
// mean gives the weighted mean; overall either the mean of the topics that have an answer, each counting
// alike (average-of-averages), or the weighted mean of all criteria.
//
// weakest gives the lowest number answered.
//
// staged rates each section (the criteria of one topic and one theme) by its achievement, the weighted mean
// of its answered statements, each worth its number divided by 3: N up to 15 %, P up to 50 %, L up to 85 %, F
// above (ISO/IEC 33020:2019, process attribute rating scale). A level is attained when each of its sections
// is rated L or F and every section of all levels below is rated F (ISO/IEC 33020:2019, process capability
// level model). The lowest level is where everyone starts: its own sections only keep higher ones away. A
// section of a theme that gates the next level belongs to the level above its topic's; one above the highest
// gates nothing.
//
// cumulative attains a level when every criterion of it and of all levels below is largely or fully in place
// (Cybersecurity Capability Maturity Model, C2M2, version 2.1: maturity indicator levels are cumulative, and a
// practice counts as performed when it is largely or fully implemented).
//
// For staged and cumulative, a section or criterion that is not applicable gates nothing; one that applies
// and has no answer is unrated and keeps its level away. A level with no applicable statement is stepped
// over: it does not keep a higher one away, and it is not attained for itself, so that "not applicable" alone
// never raises anybody. A criterion with descriptors is worth its place between the lowest and the highest
// level.
package scoring
