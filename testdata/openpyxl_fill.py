#!/usr/bin/env python3
"""openpyxl_fill.py IN CHOICES.json OUT: fills in an assessment workbook with openpyxl.

CHOICES.json is the same as for lo_fill.py. Needs openpyxl (Debian: python3-openpyxl).
"""
import datetime
import json
import sys

import openpyxl

HEADINGS = {"ref": ["Ref"], "answer": ["Current level", "Rating"], "target": ["Target level"],
            "evidence": ["Evidence"], "comment": ["Comment"]}


def entered(text):
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        return text


def main():
    source, choices, target = sys.argv[1:4]
    with open(choices, encoding="utf-8") as f:
        choices = json.load(f)
    book = openpyxl.load_workbook(source)
    for label, value in choices.get("respondent", {}).items():
        cell = next(c for row in book["Start"].iter_rows() for c in row if c.value == label)
        cell.offset(0, 1).value = entered(value)
    sheet = book["Assessment"]
    rows = list(sheet.iter_rows())
    head = next(i for i, row in enumerate(rows) if any(c.value == "Ref" for c in row))
    words = [c.value for c in rows[head]]
    columns = {k: words.index(w) for k, list_ in HEADINGS.items() for w in list_ if w in words}
    at = {row[columns["ref"]].value: row for row in rows[head + 1:]}
    for cell in choices.get("cells", []):
        for key in ("answer", "target", "evidence", "comment"):
            if cell.get(key):
                at[cell["ref"]][columns[key]].value = cell[key]
    book.save(target)


if __name__ == "__main__":
    main()
