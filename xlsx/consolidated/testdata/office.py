"""A headless LibreOffice with a profile of its own, by LibreOffice's own scripting (python3-uno)."""
import os, shutil, subprocess, sys, tempfile, time

import uno
from com.sun.star.beans import PropertyValue


def column_name(col):
    s, col = "", col + 1
    while col:
        col, m = divmod(col - 1, 26)
        s = chr(65 + m) + s
    return s


class Office:
    def __enter__(self):
        self.profile = tempfile.mkdtemp()
        pipe = "rubric%d" % os.getpid()
        self.process = subprocess.Popen(
            ["soffice", "-env:UserInstallation=file://" + self.profile, "--headless", "--norestore", "--nologo",
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
            self.desktop = ctx.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", ctx)
        except BaseException:
            self.__exit__()
            raise
        return self

    def open(self, path):
        return self.desktop.loadComponentFromURL("file://" + os.path.abspath(path), "_blank", 0, (PropertyValue(Name="Hidden", Value=True),))

    def __exit__(self, *_):
        try:
            self.desktop.terminate()
            self.process.wait(30)
        except Exception:
            pass
        finally:
            self.process.kill()
            shutil.rmtree(self.profile, ignore_errors=True)
