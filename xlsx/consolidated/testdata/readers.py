"""readers.py FILE.xlsx...: what openpyxl reads in every cell of every sheet, hidden ones too.

Prints one line per filled cell: file number, sheet, cell, then the value as JSON.
"""
import datetime, json, sys, warnings

import openpyxl
from openpyxl.utils.datetime import to_excel

warnings.simplefilter("ignore")  # of what openpyxl would not keep on saving
for number, path in enumerate(sys.argv[1:]):
    for sheet in openpyxl.load_workbook(path, data_only=True, read_only=True):
        for row in sheet.iter_rows():
            for cell in row:
                v = cell.value
                if v is None or v == "":
                    continue
                if isinstance(v, datetime.datetime):
                    v = to_excel(v)
                print(number, sheet.title, cell.coordinate, json.dumps(v), sep="\t")
