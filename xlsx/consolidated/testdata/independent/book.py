"""The workbook as rows of values, and the count of what agrees."""
import warnings

import openpyxl

warnings.simplefilter("ignore")  # of what openpyxl would not keep on saving


class Book:
    def __init__(self, path):
        self.book = openpyxl.load_workbook(path, data_only=True, read_only=True)
        self.names, self.read = self.book.sheetnames, {}

    def rows(self, sheet):
        """The rows of a sheet; an empty cell and an empty text are None."""
        if sheet not in self.read:
            self.read[sheet] = [[None if v == "" else v for v in row] for row in self.book[sheet].iter_rows(values_only=True)]
        return self.read[sheet]

    def block(self, sheet, *heading):
        """The rows below the row that starts with the headings, as dictionaries, to the first empty row."""
        rows = iter(self.rows(sheet))
        for head in rows:
            if list(heading) == head[: len(heading)]:
                break
        else:
            raise SystemExit("sheet %s has no row that starts with %s" % (sheet, heading))
        for row in rows:
            if all(v is None for v in row[: len(heading)]):
                return
            yield {h: row[i] if i < len(row) else None for i, h in enumerate(head) if h is not None}


class Check:
    def __init__(self):
        self.agreed, self.wrong, self.by = 0, 0, {}

    def same(self, where, got, want):
        kind = type(want)
        if kind is str or kind is int or want is None or got is None or type(got) is str:
            good = got == want or got is None and want == ""
        else:
            got, want = float(got), float(want)
            good = abs(got - want) <= 1e-12 * max(1, abs(want))
        if good:
            self.agreed += 1
            self.by[where[0]] = self.by.get(where[0], 0) + 1
            return
        self.wrong += 1
        if self.wrong <= 40:
            print("%s: it says %r, the answers give %r" % (", ".join(map(str, where)), got, want))

    def true(self, where, what):
        self.same(where, "as it must be" if what else "not as it must be", "as it must be")
