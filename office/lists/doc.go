// Package lists changes the recipients list of a round that is under way: one recipient is mended (Edit), one joins late
// (Add), or another list is held against the round's, as a whole or for those who join (Propose), and put into effect
// when a person has seen the differences (Apply).
//
// An id never changes: it is what a workbook says whose it is, so that every workbook that was made stays valid. Ids that
// lost their zeros in another list are asked about. The list before each change is kept in the folder's .rubric, and the
// journal has each recipient who joined, left or changed, with what was.
package lists
