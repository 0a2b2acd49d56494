// Package story says in sentences what the scores of a round show: which findings are worth a sentence, on which
// condition, in which order, never more than headlines.Most.
//
// Start with Gather, which reads a round's Results once; Facts.Round, Facts.Group and Facts.Recipient then tell the story of
// all, of a group, and of one return, in a language. It is pure and refuses nothing: where there is nothing to say, the
// response is said.
//
// # What is said
//
// A sentence is a count with its n. It is said when its condition holds and dropped when it does not, never softened. A
// count is the number of returns of which the sentence holds as they stand, with every blank the lowest and with every
// blank the highest; where more hold as they stand, it begins "At least". Two figures are called different only by the
// tests of chance.go, which must hold at both ends of the blanks and without the doubtful returns.
//
// The slots, in order: what changed; where the organisations stand; what holds most back from their next level; how many
// are near it; a risk that many name; targets; a group that stands apart; and last, in a place of its own, what is
// outstanding or doubtful. An empty slot is skipped. Of a return: its level and change; what the next level asks; how many
// steps it is; what moved; where the round stands.
//
// Never: a topic as strongest where topics are the levels of a ladder; a mean of attained levels; a cause, save the scoring
// rule's own; a trend from two rounds; an adjective.
//
// # What leaves the office
//
// For readers outside (Outside), a sentence takes its numbers from the round's Disclosure, or rests on the set that the
// disclosure is of: a count needs more others than the minimum, and is dropped where all stand alike, or all but one. A group's page for
// outside says only what the disclosure has of the group.
package story
