#!/usr/bin/env python3
"""fill_cells.py PROGRAM IN OUT SHEET CELL=VALUE…: types into cells of a workbook, with LibreOffice or openpyxl.

A value that is written year-month-day becomes a date, as it does at the keyboard. In place of CELL=VALUE there may be
-row=N and -column=N, which delete the row or column with that number, and -sheet=NAME, which deletes a sheet.
Needs LibreOffice and its Python bridge, or openpyxl (Debian: libreoffice-calc, python3-uno, python3-openpyxl).
"""
import datetime
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def by_libreoffice(source, target, name, edits):
    import lo
    with lo.office() as desktop:
        doc = lo.load(desktop, source)
        sheet = doc.Sheets.getByName(name)
        sheet.unprotect("")
        for what, value in edits:
            if what == "-row":
                sheet.Rows.removeByIndex(int(value) - 1, 1)
            elif what == "-column":
                sheet.Columns.removeByIndex(int(value) - 1, 1)
            elif what == "-sheet":
                doc.Sheets.removeByName(value)
            else:
                sheet.getCellRangeByName(what).setFormula(value)
        doc.calculateAll()
        lo.store(doc, target)
        doc.close(True)


def by_openpyxl(source, target, name, edits):
    import openpyxl
    book = openpyxl.load_workbook(source)
    for what, value in edits:
        if what == "-row":
            book[name].delete_rows(int(value))
        elif what == "-column":
            book[name].delete_cols(int(value))
        elif what == "-sheet":
            del book[value]
        else:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                value = datetime.datetime.strptime(value, "%Y-%m-%d")
            book[name][what].value = value
    book.save(target)


def main():
    program, source, target, name = sys.argv[1:5]
    edits = [x.split("=", 1) for x in sys.argv[5:]]
    {"libreoffice": by_libreoffice, "openpyxl": by_openpyxl}[program](source, target, name, edits)


if __name__ == "__main__":
    main()
