#!/usr/bin/env python3
"""lo_values.py FILE...: what LibreOffice makes of the formulas of workbooks, as JSON on standard output.

For each file and sheet, each cell with a formula: the value as loaded (which is the cached one, where the file
has one) and the value after a hard recalculation of everything. An error is the text "#ERR" and its number.
  {"FILE": {"SHEET": {"A1": [loaded, recalculated], …}, …}, …}
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import lo


def name(col):
    s = ""
    col += 1
    while col:
        col, m = divmod(col - 1, 26)
        s = chr(65 + m) + s
    return s


def values(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.getRangeAddress()
    area = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
    out = {}
    data = area.getDataArray()
    for r, line in enumerate(area.getFormulaArray()):
        for c, formula in enumerate(line):
            if formula.startswith("="):
                value = data[r][c]
                if not isinstance(value, (float, str)):  # an error has no value; each call into LibreOffice costs
                    value = "#ERR%d" % sheet.getCellByPosition(c, r).getError()
                out[name(c) + str(r + 1)] = value
    return out


def main():
    out = {}
    with lo.office() as desktop:
        for path in sys.argv[1:]:
            doc = lo.load(desktop, path)
            loaded = {s.Name: values(s) for s in doc.Sheets}
            doc.calculateAll()
            fresh = {s.Name: values(s) for s in doc.Sheets}
            out[path] = {s: {k: [loaded[s].get(k), v] for k, v in cells.items()} for s, cells in fresh.items() if cells}
            doc.close(True)
    json.dump(out, sys.stdout)


if __name__ == "__main__":
    main()
