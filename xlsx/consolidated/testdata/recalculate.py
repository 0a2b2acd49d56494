"""recalculate.py NUMBER:KIND:FILE.xlsx...: what LibreOffice computes for every formula, after a hard recalculation. Of
files of the kind read it says before what it reads in every filled cell of every sheet, hidden ones too, and saves those
that can be a baseline as FILE.xlsx.saved.xlsx, as a person does who opened them.

Prints one line per cell: file number, sheet, cell, then r and what was read as JSON; or of a formula n and the number, s
and the text as JSON, or e and the error.
"""
import json, os, sys

from office import Office, column_name  # first: it brings in uno, by which the next are found
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.CellFlags import FORMULA


def cells(sheet, left, top, right, bottom):
    names = [column_name(c) for c in range(left, right + 1)]
    for r, row in enumerate(sheet.getCellRangeByPosition(left, top, right, bottom).getDataArray(), top + 1):
        for name, v in zip(names, row):
            yield name + str(r), v


with Office() as office:
    for arg in sys.argv[1:]:
        number, kind_of_file, path = arg.split(":", 2)
        doc = office.open(path)
        if kind_of_file == "read":
            for sheet in doc.Sheets:
                cursor = sheet.createCursor()
                cursor.gotoEndOfUsedArea(False)
                end = cursor.RangeAddress
                for ref, v in cells(sheet, 0, 0, end.EndColumn, end.EndRow):
                    if v != "":
                        print(number, sheet.Name, ref, "r", json.dumps(v), sep="\t")
            if doc.Sheets.hasByName("rubric kept"):
                doc.storeToURL("file://" + os.path.abspath(path) + ".saved.xlsx", (PropertyValue(Name="FilterName", Value="Calc MS Excel 2007 XML"),))
        doc.calculateAll()  # ScModelObj::calculateAll is DoHardRecalc; the dispatch does nothing to a hidden document
        for sheet in doc.Sheets:
            for box in sheet.queryContentCells(FORMULA).RangeAddresses:
                for ref, v in cells(sheet, box.StartColumn, box.StartRow, box.EndColumn, box.EndRow):
                    if isinstance(v, float):
                        kind, v = "n", repr(v)
                    elif isinstance(v, str):
                        kind, v = "s", json.dumps(v)
                    else:
                        kind, v = "e", "error"
                    print(number, sheet.Name, ref, kind, v, sep="\t")
        doc.close(True)
