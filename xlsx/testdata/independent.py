"""independent.py FILE.xlsx: works the figures of a consolidated workbook out again from its sheet Answers, with
Python's statistics, and prints every figure of the sheets Criteria, Heat map and Topics that differs. For
templates without weights; a mean of levels, or for statements the share of full marks. The last line says how
many figures agreed.
"""
import statistics, sys
from collections import defaultdict

import openpyxl

book = openpyxl.load_workbook(sys.argv[1], data_only=True)
for ws in book.worksheets:  # every sheet can be read to its end
    for row in ws.iter_rows(values_only=True):
        pass
statement = "Levels" in book.sheetnames
by_ref, by_topic, blanks, na = defaultdict(list), defaultdict(lambda: defaultdict(list)), defaultdict(int), defaultdict(int)
rows = book["Answers"].iter_rows(values_only=True)
head = {h: i for i, h in enumerate(next(rows))}
for row in rows:
    if row[0] is None:
        continue
    level, ref = row[head["Level"]], row[head["Ref"]]
    if level is None:
        blanks[ref] += 1
    elif level == "n/a":
        na[ref] += 1
    else:
        by_ref[ref].append(level)
        if row[head["Answer"]] not in ("Yes – Still true", "No – No longer true"):
            by_topic[row[head["Topic"]]][row[0]].append(level)

agreed, wrong = 0, 0


def same(where, got, want):
    global agreed, wrong
    got = None if got == "" else got
    if (got is None) != (want is None) or got is not None and abs(got - want) > 1e-12:
        wrong += 1
        print("%s: the workbook says %r, the answers give %r" % (where, got, want))
    else:
        agreed += 1


def quartiles(v):
    if len(v) == 1:
        return [v[0]] * 3
    return statistics.quantiles(v, n=4, method="inclusive") if v else [None] * 3


rows = list(book["Criteria"].iter_rows(min_row=4, values_only=True))
at = {h: i for i, h in enumerate(rows[0])}
for row in rows[1:]:
    ref = row[0]
    if ref is None:
        continue
    v, q = by_ref[ref], quartiles(by_ref[ref])
    for name, want in [("Answered", len(v)), ("Not applicable", na[ref]), ("Blank", blanks[ref]),
                       ("Mean", statistics.fmean(v) if v else None), ("Lower quartile", q[0]), ("Median", q[1]), ("Upper quartile", q[2])]:
        same("Criteria, %s, %s" % (ref, name), row[at[name]], want)

score = (lambda v: sum(v) / (3 * len(v))) if statement else statistics.fmean
rows = list(book["Heat map"].iter_rows(min_row=8, values_only=True))
heat = {h: i for i, h in enumerate(rows[0])}
for row in rows[1:]:
    for topic in by_topic:
        v = by_topic[topic].get(row[0])
        same("Heat map, %s, %s" % (row[0], topic), row[heat[topic]], score(v) if v else None)

section = False
for row in book["Topics"].iter_rows(values_only=True):
    section = section and row[0] is not None or row[1] == "Recipients" and row[2] == "Lowest"
    if section and row[0] in by_topic:
        v = [score(x) for x in by_topic[row[0]].values()]
        q = quartiles(v)
        for name, got, want in zip(("n", "lowest", "q1", "median", "q3", "highest", "mean"), row[1:8],
                                   (len(v), min(v), q[0], q[1], q[2], max(v), statistics.fmean(v))):
            same("Topics, %s, %s" % (row[0], name), got, want)
print("%d figures agree, %d do not" % (agreed, wrong))
