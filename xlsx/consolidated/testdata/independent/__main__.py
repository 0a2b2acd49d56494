"""python3 independent FILE.xlsx DATA METHOD MEAN MINIMUM [--earlier DATA] [--answers]
[--gates RULE]: works the figures of a round out
again and holds those of its consolidated workbook, of results/data and of the database against them.

DATA is the folder of the CSV files, of which only recipients.csv, criteria.csv and answers.csv are computed from. MEAN
is how the method mean averages. --answers has each row of the sheet Answers compared too. The rules are those of
DESIGN.md, written anew here with Python's fractions and statistics; openpyxl only reads the workbook. Each figure that
differs is printed; the last line says how many agree. --gates is the template's scoring.gates.
"""
import argparse, time

import criteria, overtime, overview, recipients, tables
from book import Book, Check
from data import Round

p = argparse.ArgumentParser()
for name in ("file", "data", "method", "mean"):
    p.add_argument(name)
p.add_argument("minimum", type=int)
p.add_argument("--earlier")
p.add_argument("--answers", action="store_true")
p.add_argument("--gates", default="all-levels")
arg = p.parse_args()

rd = Round(arg.data, arg.method, arg.mean, arg.minimum, arg.gates)
book, same = Book(arg.file), Check()
overview.check(rd, book, same)
recipients.check(rd, book, same, arg.answers)
criteria.check(rd, book, same)
tables.check(rd, same)
if arg.earlier:
    overtime.check(rd, Round(arg.earlier, arg.method, arg.mean, arg.minimum, arg.gates), book, same)
for where, n in sorted(same.by.items()):
    print("%s: %d" % (where, n))
print("%d figures agree, %d do not" % (same.agreed, same.wrong))
