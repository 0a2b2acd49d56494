// Package xlsx says what a spreadsheet file is: it recognises a file by its content, holds reading to limits, and reads
// plain tables. What is made of spreadsheets has a package of its own: xlsx/assessment writes the workbooks of a round,
// xlsx/returns reads them when they come back and writes corrections into them, xlsx/consolidated writes the round's
// results, xlsx/findings the list of what is wrong, xlsx/authoring tables for editing a template.
//
// Input is any file, as an io.ReaderAt with its size; output is its content, and findings. Start with ReadTable for a
// list such as that of recipients, ReadTables for all sheets of a workbook; Open tells what any file is. What is not
// fully understood is refused with a finding of severity error: text, pictures, PDF, workbooks of early Excel, macros'
// own formats, packages that contradict themselves, and whatever exceeds the Limits. Nothing of a file is run, and no
// file makes reading fail.
//
// These packages are the only ones that know the spreadsheet formats. They write with excelize, which never reads what
// came from outside; .ci/layers holds that. What is written into a sender's own file is spliced into it.
package xlsx
