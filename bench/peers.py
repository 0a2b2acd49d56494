"""What users would take instead: Debian's openpyxl and XlsxWriter doing the same jobs.

peers.py LIBRARY JOB INPUT OUTPUT N: does the job N times. INPUT is the JSON that 'bench' writes (write), the
cells of rubric's workbook (consolidate), or a filled-in workbook (read). What consolidate takes is printed, without
reading its input.
"""
import json
import sys
import time


def write_openpyxl(spec, out):
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.worksheet.datavalidation import DataValidation

    wb = Workbook()
    ws = wb.active
    ws.title = "Assessment"
    wrap, head = Alignment(wrap_text=True, vertical="top"), PatternFill("solid", fgColor="1F3864")
    ws.append(spec["headings"])
    for c in ws[1]:
        c.fill, c.font = head, Font(bold=True, color="FFFFFF")
    for row in spec["rows"]:
        ws.append(row)
    n = len(spec["headings"])
    for row in ws.iter_rows(min_row=2):
        for c in row:
            c.alignment = wrap
        for c in row[n - 4:]:
            c.protection = Protection(locked=False)
    lists = wb.create_sheet("Lists")
    for i, s in enumerate(spec["choices"], 1):
        lists.cell(i, 1, s)
    lists.sheet_state = "hidden"
    dv = DataValidation(type="list", formula1="Lists!$A$1:$A$%d" % len(spec["choices"]), allow_blank=True)
    ws.add_data_validation(dv)
    dv.add("H2:I%d" % (len(spec["rows"]) + 1))
    ws.protection.sheet = True
    ws.freeze_panes = "A2"
    wb.save(out)


def write_xlsxwriter(spec, out):
    import xlsxwriter

    wb = xlsxwriter.Workbook(out)
    ws, lists = wb.add_worksheet("Assessment"), wb.add_worksheet("Lists")
    head = wb.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3864"})
    wrap = wb.add_format({"text_wrap": True, "valign": "top"})
    entry = wb.add_format({"text_wrap": True, "valign": "top", "locked": False})
    n = len(spec["headings"])
    ws.write_row(0, 0, spec["headings"], head)
    for r, row in enumerate(spec["rows"], 1):
        for c, v in enumerate(row):
            if v is None:
                ws.write_blank(r, c, None, entry)
            else:
                ws.write(r, c, v, entry if c >= n - 4 else wrap)
    lists.write_column(0, 0, spec["choices"])
    lists.hide()
    ws.data_validation(1, n - 4, len(spec["rows"]), n - 3, {"validate": "list", "source": "=Lists!$A$1:$A$%d" % len(spec["choices"])})
    ws.protect()
    ws.freeze_panes(1, 0)
    wb.close()


def read_openpyxl(path, out):
    from openpyxl import load_workbook

    wb = load_workbook(path, read_only=True)
    found = 0
    for row in wb["Assessment"].iter_rows(values_only=True):
        found += sum(1 for v in row if v is not None)
    assert found > 97


def consolidate_openpyxl(sheets, out):
    from openpyxl import Workbook

    wb = Workbook(write_only=True)
    for name, rows in sheets:
        ws = wb.create_sheet(name)
        for _, cells in rows:  # a formula cannot have a value here
            ws.append(["=" + v[0] if type(v) is list else v for v in cells])
    wb.save(out)


def consolidate_xlsxwriter(sheets, out):
    import xlsxwriter

    wb = xlsxwriter.Workbook(out, {"constant_memory": True})
    for name, rows in sheets:
        ws = wb.add_worksheet(name)
        for r, cells in rows:
            for c, v in enumerate(cells):
                if v is None:
                    continue
                kind = type(v)
                if kind is str:
                    ws.write_string(r - 1, c, v)
                elif kind is list:
                    ws.write_formula(r - 1, c, v[0], None, v[1])
                else:
                    ws.write_number(r - 1, c, v)
    wb.close()


def load_cells(source):
    """The sheets of a file of JSON lines (see cells.go): (name, [(row, cells)])."""
    sheets = []
    with open(source, encoding="utf-8") as lines:
        for line in lines:
            x = json.loads(line)
            if "sheet" in x:
                sheets.append((x["sheet"], []))
            else:
                sheets[-1][1].append((x["row"], [sys.intern(v) if type(v) is str else v for v in x.get("cells", [])]))
    return sheets


def main():
    library, job, source, out, n = sys.argv[1:6]
    do = globals()[job + "_" + library]
    if job == "consolidate":
        given = load_cells(source)
        start = time.process_time_ns()
        for _ in range(int(n)):
            do(given, out)
        print("processor time: %d" % (time.process_time_ns() - start), file=sys.stderr)
        return
    given = source if job == "read" else json.load(open(source, encoding="utf-8"))
    for _ in range(int(n)):
        do(given, out)


main()
