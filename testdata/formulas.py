"""formulas.py LOCALE FILE...: what LibreOffice, set to a locale, computes for every formula, after a hard recalculation.

Prints one line per formula: the file's number from 0, sheet, cell, then n and the number, s and the text as JSON, or e and
the error.
"""
import json
import sys

import lo  # first: it brings in uno, by which the next is found
from com.sun.star.sheet.CellFlags import FORMULA


def name(col):
    s, col = "", col + 1
    while col:
        col, m = divmod(col - 1, 26)
        s = chr(65 + m) + s
    return s


with lo.office(sys.argv[1]) as desktop:
    for number, path in enumerate(sys.argv[2:]):
        doc = desktop.loadComponentFromURL(lo.uno.systemPathToFileUrl(path), "_blank", 0, (lo.option("Hidden", True),))
        doc.calculateAll()  # ScModelObj::calculateAll is DoHardRecalc
        for sheet in doc.Sheets:
            for box in sheet.queryContentCells(FORMULA).RangeAddresses:
                rows = sheet.getCellRangeByPosition(box.StartColumn, box.StartRow, box.EndColumn, box.EndRow).getDataArray()
                for r, row in enumerate(rows, box.StartRow + 1):
                    for c, v in enumerate(row, box.StartColumn):
                        kind, v = ("n", repr(v)) if isinstance(v, float) else ("s", json.dumps(v)) if isinstance(v, str) else ("e", "error")
                        print(number, sheet.Name, name(c) + str(r), kind, v, sep="\t")
        doc.close(True)
