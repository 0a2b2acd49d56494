"""choose.py FILE.xlsx SHEET!CELL=TEXT...: how many formulas change when a person chooses TEXT in a cell of the workbook
just opened, and which of them a hard recalculation then changes again, because they had not followed.

Prints for each choice a line with that number, and lines of sheet, cell, what it held and what it should. Only the sheets
on which something is chosen are looked at.
"""
import sys

from office import Office, column_name  # first: it brings in uno, by which the next are found
from com.sun.star.sheet.CellFlags import FORMULA


def figures(doc, name):
    out = {}
    for box in doc.Sheets.getByName(name).queryContentCells(FORMULA).RangeAddresses:
        block = doc.Sheets.getByName(name).getCellRangeByPosition(box.StartColumn, box.StartRow, box.EndColumn, box.EndRow)
        for r, row in enumerate(block.getDataArray(), box.StartRow + 1):
            for c, v in enumerate(row, box.StartColumn):
                out[column_name(c) + str(r)] = v
    return out


with Office() as office:
    for choice in sys.argv[2:]:
        doc = office.open(sys.argv[1])
        place, _, text = choice.partition("=")
        sheet, _, cell = place.partition("!")
        before = figures(doc, sheet)
        at = doc.Sheets.getByName(sheet).getCellRangeByName(cell)
        if text.isdigit():
            at.Value = float(text)
        else:
            at.String = text
        doc.calculate()
        chosen = figures(doc, sheet)
        doc.calculateAll()
        print("changed", sheet, sum(before[k] != chosen[k] for k in before), sep="\t")
        for k, want in figures(doc, sheet).items():
            if chosen[k] != want:
                print("stale", sheet, k, chosen[k], want, sep="\t")
        doc.close(True)
