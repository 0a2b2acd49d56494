"""Sets the lines of a document with ReportLab, as often as asked, and prints the processor seconds it took.

    python3 bench/pdf_reportlab.py LINES.json REGULAR.ttf SEMIBOLD.ttf TIMES OUTPUT.pdf

The fonts are read before the clock starts, as a program that writes thousands would do it once.
"""
import json
import sys
import time

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

lines, regular, semibold, times, output = sys.argv[1:6]
doc = json.load(open(lines, encoding="utf-8"))
pdfmetrics.registerFont(TTFont("regular", regular))
pdfmetrics.registerFont(TTFont("semibold", semibold))


def draw():
    c = canvas.Canvas(output, pagesize=(doc["width"], doc["height"]), pageCompression=1)
    page = 0
    for line in doc["lines"]:
        while page < line["page"]:
            c.showPage()
            page += 1
        c.setFont("semibold" if line["bold"] else "regular", line["size"])
        if line["up"]:
            c.saveState()
            c.translate(line["x"], line["y"])
            c.rotate(90)
            c.drawString(0, 0, line["text"])
            c.restoreState()
        else:
            c.drawString(line["x"], line["y"], line["text"])
    c.showPage()
    c.save()


draw()
start = time.process_time()
for _ in range(int(times)):
    draw()
print(time.process_time() - start)
