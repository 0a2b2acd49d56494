"""recalculate.py FILE.xlsx...: what LibreOffice computes for every formula, after a hard recalculation.

Prints one line per formula cell: file number, sheet, cell, then n and the number, s and the text as JSON, or
e and the error. Needs LibreOffice's own scripting (python3-uno) and starts a headless LibreOffice with a
profile of its own.
"""
import json, os, shutil, subprocess, sys, tempfile, time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.CellFlags import FORMULA
from com.sun.star.table.CellContentType import FORMULA as IS_FORMULA


def name_of(col):
    s, col = "", col + 1
    while col:
        col, m = divmod(col - 1, 26)
        s = chr(65 + m) + s
    return s


def main(files):
    profile = tempfile.mkdtemp()
    pipe = "rubric%d" % os.getpid()
    office = subprocess.Popen(
        ["soffice", "-env:UserInstallation=file://" + profile, "--headless", "--norestore", "--nologo",
         "--accept=pipe,name=%s;urp;" % pipe], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(240):
            try:
                ctx = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
                break
            except Exception:
                time.sleep(0.25)
        else:
            sys.exit("LibreOffice did not start")
        desktop = ctx.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", ctx)
        for number, path in enumerate(files):
            hidden = PropertyValue(Name="Hidden", Value=True)
            doc = desktop.loadComponentFromURL("file://" + os.path.abspath(path), "_blank", 0, (hidden,))
            doc.calculateAll()  # ScModelObj::calculateAll is DoHardRecalc; the dispatch does nothing to a hidden document
            for sheet in doc.Sheets:
                for box in sheet.queryContentCells(FORMULA).RangeAddresses:
                    block = sheet.getCellRangeByPosition(box.StartColumn, box.StartRow, box.EndColumn, box.EndRow)
                    data = block.getDataArray()
                    for r, row in enumerate(data):
                        for c, v in enumerate(row):
                            ref = name_of(box.StartColumn + c) + str(box.StartRow + r + 1)
                            if isinstance(v, float):
                                kind, v = "n", repr(v)
                            elif isinstance(v, str):
                                kind, v = "s", json.dumps(v)
                            else:
                                kind, v = "e", "error"
                            print(number, sheet.Name, ref, kind, v, sep="\t")
            doc.close(True)
        try:
            desktop.terminate()
        except Exception:
            pass
        office.wait(30)
    finally:
        office.kill()
        shutil.rmtree(profile, ignore_errors=True)


main(sys.argv[1:])
