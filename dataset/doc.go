// Package dataset writes a round's results for other programs: recipients, criteria, answers, scores, groups
// and findings, each as a CSV and as a Parquet file, all of them as tables of an SQLite database with keys and views, and
// a page that documents every table and column.
//
// Start with Write. The tables are the same in all forms; Tables has them as data. Texts are written whole:
// line breaks stay, and CSV files are guarded against being run as formulas (see Guard), which the others
// need not be. The same input gives the same bytes.
//
// Left out on purpose: addresses and contact persons of recipients. What is written is for the office that
// runs the round; the table groups says which figures must not leave it.
package dataset
