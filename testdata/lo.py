"""LibreOffice, driven through its own scripting (UNO), headless and with a profile of its own."""
import contextlib
import os
import subprocess
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML", ".ods": "calc8",
           ".pdf": "calc_pdf_Export"}


def option(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>%s</value></prop></item>
</oor:items>
"""


@contextlib.contextmanager
def office(locale=os.environ.get("LO_LOCALE", "")):
    """Starts LibreOffice, in a locale such as es-ES if one is given, yields its desktop, and ends it."""
    with tempfile.TemporaryDirectory() as profile:
        if locale:
            os.makedirs(os.path.join(profile, "user"))
            with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w") as settings:
                settings.write(SETTINGS % locale)
        pipe = "rubric%d" % os.getpid()
        process = subprocess.Popen(
            ["soffice", "-env:UserInstallation=" + uno.systemPathToFileUrl(profile), "--headless", "--norestore",
             "--nologo", "--accept=pipe,name=%s;urp;" % pipe],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            local = uno.getComponentContext()
            resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
            for _ in range(600):
                try:
                    context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
                    break
                except NoConnectException:
                    if process.poll() not in (None, 81):  # 81: the profile is new, and it starts again
                        raise RuntimeError("LibreOffice ended with status %s" % process.returncode)
                    time.sleep(0.1)
            else:
                raise RuntimeError("LibreOffice did not start within a minute")
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            yield desktop
            with contextlib.suppress(Exception):
                desktop.terminate()
            process.wait(30)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def load(desktop, path):
    return desktop.loadComponentFromURL(uno.systemPathToFileUrl(os.path.abspath(path)), "_blank", 0, (option("Hidden", True),))


def store(doc, path):
    doc.storeToURL(uno.systemPathToFileUrl(os.path.abspath(path)),
                   (option("FilterName", FILTERS[os.path.splitext(path)[1]]), option("Overwrite", True)))
