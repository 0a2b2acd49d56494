#!/usr/bin/env python3
"""lo_fill.py IN CHOICES.json OUT: fills in an assessment workbook as a person would in LibreOffice.

LibreOffice opens IN, headless; choices are written into the cells of the sheet Assessment, found by the ref in
the first column and the words of the headings; everything is calculated anew, and the document is saved as OUT
(.xlsx, .xlsm or .ods). CHOICES.json is
  {"respondent": {"Completed by": "…", …}, "cells": [{"ref": "1.1", "answer": "…", "target": "…",
   "evidence": "…", "comment": "…"}, …]}
with any part left out. Needs LibreOffice and its Python bridge (Debian: libreoffice-calc, python3-uno).
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import lo

# In English and Spanish.
HEADINGS = {"ref": ["Ref", "Ref."], "answer": ["Current level", "Rating", "Nivel actual", "Grado"],
            "target": ["Target level", "Nivel objetivo"], "evidence": ["Evidence", "Evidencias"],
            "comment": ["Comment", "Comentario"]}


def named(doc, *names):
    """The sheet that has one of the names."""
    return doc.Sheets.getByName(next(n for n in names if doc.Sheets.hasByName(n)))


def used(sheet):
    """The used area of a sheet as rows of values, from A1 on."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.getRangeAddress()
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()


def fill(doc, choices):
    start = named(doc, "Start", "Inicio")
    for label, value in choices.get("respondent", {}).items():
        row, col = next((r, c) for r, line in enumerate(used(start)) for c, x in enumerate(line) if x == label)
        cell = start.getCellByPosition(col + 1, row)
        # setFormula reads what is entered as the keyboard does: a date becomes a date.
        cell.setFormula(value)
    sheet = named(doc, "Assessment", "Evaluación")
    rows = used(sheet)
    head = next(i for i, line in enumerate(rows) if any(w in line for w in HEADINGS["ref"]))
    columns = {k: rows[head].index(w) for k, words in HEADINGS.items() for w in words if w in rows[head]}
    at = {line[columns["ref"]]: i for i, line in enumerate(rows) if i > head}
    for cell in choices.get("cells", []):
        for key in ("answer", "target", "evidence", "comment"):
            if cell.get(key):
                sheet.getCellByPosition(columns[key], at[cell["ref"]]).setString(cell[key])


def main():
    source, choices, target = sys.argv[1:4]
    with open(choices, encoding="utf-8") as f:
        choices = json.load(f)
    with lo.office() as desktop:
        doc = lo.load(desktop, source)
        fill(doc, choices)
        doc.calculateAll()
        lo.store(doc, target)
        doc.close(True)


if __name__ == "__main__":
    main()
