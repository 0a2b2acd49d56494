// Package draw makes workbooks with excelize: the colours of a round, looks of cells, sheets that are written from top
// to bottom, row heights that fit their texts, and where pages end. Assessment workbooks and corrections are drawn with
// it. Start with New for a new workbook, On for one that is there. The first error stays; what follows does nothing.
package draw
