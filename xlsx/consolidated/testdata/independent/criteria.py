"""The sheets with a row for each criterion: Criteria, Criteria by group, Distribution by group, Priorities, Risks."""
import functools
from collections import Counter

import rules


def column(rd, c, recipients=None):
    """How recipients, or all, answered one criterion."""
    return column_of(rd, c, None if recipients is None else tuple(r["recipient"] for r in recipients))


@functools.cache
def column_of(rd, c, ids):
    return Column(rd, c, ids)


class Column:
    def __init__(self, rd, c, ids):
        given = list(rd.column(c.ref, rd.answers if ids is None else ids))
        self.levels = [a.choice for a in given if isinstance(a.choice, int)]
        self.n, self.na, self.blank = len(self.levels), sum(a.choice == "n/a" for a in given), sum(a.choice is None for a in given)
        self.counts = Counter(self.levels)
        self.mean = rules.mean(self.levels)
        aimed = [(a.choice, a.target) for a in given if isinstance(a.choice, int) and a.target is not None]
        self.with_target, self.at_target = len(aimed), sum(level >= target for level, target in aimed)


def code(c, step):
    """How a step of the scale is called before the dash of its label."""
    return "NPLF"[step] if c.kind == "statement" else str(step)


def check(rd, book, same):
    criteria(rd, book, same)
    by_group(rd, book, same)
    distribution(rd, book, same)
    priorities(rd, book, same)
    if "Risks" in book.names:
        risks(rd, book, same)


def step_headings(rd, row):
    """For each step of the scale the headings of its count and its share."""
    c = rd.scored[0]
    for step in range(c.low, c.high + 1):
        label = [h for h in row if str(h).startswith(code(c, step) + " – ")]
        yield step, label[0], code(c, step) + " in %"


def criteria(rd, book, same):
    rows = {row["Ref"]: row for row in book.block("Criteria", "Ref", "Topic")}
    same.same(("Criteria", "refs"), ",".join(sorted(rows)), ",".join(sorted(c.ref for c in rd.scored)))
    columns = {c.ref: column(rd, c) for c in rd.scored}
    order = list(rows)  # on a tie the one that stands above comes first
    means = sorted((ref for ref in order if columns[ref].mean is not None), key=lambda ref: (-columns[ref].mean, order.index(ref)))
    for c in rd.scored:
        col, row = columns[c.ref], rows[c.ref]
        q = rules.quartiles(col.levels)
        want = {"Answered": col.n, "Not applicable": col.na, "Blank": col.blank, "Lower quartile": q[1], "Median": q[2],
                "Upper quartile": q[3], "Mean": col.mean, "Topic": c.topic_name, "Theme": c.theme_name, "Criterion": c.subject,
                "Rank by mean": means.index(c.ref) + 1 if c.ref in means else None}
        for step, count, share in step_headings(rd, row):
            want[count], want[share] = col.counts[step], rules.ratio(col.counts[step], col.n)
        if "With target" in row:
            want.update({"With target": col.with_target, "At or above target": col.at_target,
                         "Share at or above target": rules.ratio(col.at_target, col.with_target)})
        for heading, x in want.items():
            same.same(("Criteria", c.ref, heading), row[heading], x)


def ranked(rd):
    return {c.ref + "  " + c.subject: c for c in rd.scored}


def by_group(rd, book, same):
    """Figures in groups: the office's own workbook hides none."""
    rows = book.rows("Criteria by group")
    kinds, values = rows[3], rows[4]
    names = ranked(rd)
    groups = list(rd.groups())
    seen = set()
    place = {(kinds[k], values[k]): k for k in range(1, len(values))}
    headings = list(dict.fromkeys(kind.split(": ")[0] for kind in kinds[1:]))
    for row in rows[5:]:
        c = names[row[0]]
        seen.add(c.ref)
        for i, value, members in groups:
            col = column(rd, c, back(members))
            means, counts = (row[place[headings[i] + kind, value]] for kind in (": mean", ": answers"))
            where = ("Criteria by group", c.ref, value)
            same.same(where + ("mean",), means, col.mean)
            same.same(where + ("answers",), counts, col.n or None)  # nothing stands where nobody answered
    same.same(("Criteria by group", "criteria"), len(seen), len(rd.scored))


def back(members):
    return [r for r in members if r["returned"] == "1"]


def distribution(rd, book, same):
    groups = {(i, value): members for i, value, members in rd.groups()}
    numbers = {}
    n = 0
    for row in book.block("Distribution by group", "Ref", "Topic", "Criterion"):
        n += 1
        i = numbers.setdefault(row["Grouped by"], len(numbers))
        c, members = rd.by_ref[row["Ref"]], groups[i, row["Group"]]
        col = column(rd, c, back(members))
        where = ("Distribution by group", c.ref, row["Group"])
        if col.n == 0:
            same.true(where + ("nothing stands where nobody answered",), all(v is None for v in list(row.values())[5:]))
            continue
        same.same(where + ("answers",), row["Answers"], col.n)
        same.same(where + ("mean",), row["Mean"], col.mean)
        for step, count, share in step_headings(rd, row):
            same.same(where + (count,), row[count], col.counts[step])
            same.same(where + (share,), row[share], rules.ratio(col.counts[step], col.n))
    same.same(("Distribution by group", "rows"), n, len(groups) * len(rd.scored))


def priorities(rd, book, same):
    if rd.ladder:
        # What helps most recipients to their next level is not worked out again here: scoring/story has its tests, and the
        # sheet has no ranks.
        same.true(("Priorities", "is there"), len(book.rows("Priorities")) > 0)
        return
    rows = book.rows("Priorities")
    aim = rows[3][2]
    names, order = ranked(rd), [row["Ref"] for row in book.block("Criteria", "Ref", "Topic")]
    below = {c.ref: sum(x < aim for x in column(rd, c).levels) for c in rd.scored}
    far = {c.ref: rules.Fraction(sum(max(0, aim - x) for x in column(rd, c).levels), max(1, column(rd, c).n)) for c in rd.scored}
    ranks = sorted(order, key=lambda ref: (-far[ref], -below[ref], order.index(ref)))
    listed = list(book.block("Priorities", "Rank", "Criterion"))
    same.same(("Priorities", "rows"), len(listed), len(rd.scored))
    for place, row in enumerate(listed):
        c = names[row["Criterion"]]
        col = column(rd, c)
        want = {"Rank": ranks.index(c.ref) + 1, "Answered": col.n, "Below the level": below[c.ref], "Topic": c.topic_name,
                "Share below": rules.ratio(below[c.ref], col.n), "Median": rules.median(col.levels)}
        if "Below own target" in row:
            want["Below own target"] = col.with_target - col.at_target
        if c.kind == "statement":
            want["Statement"] = c.statement
        for heading, x in want.items():
            same.same(("Priorities", c.ref, heading), row[heading], x)
        same.same(("Priorities", c.ref, "place"), row["Rank"], place + 1)


def risks(rd, book, same):
    listed = {row["Ref"]: row for row in book.block("Risks", "Ref", "Kind")}
    symptoms = [c for c in rd.criteria if c.kind == "symptom"]
    same.same(("Risks", "refs"), ",".join(listed), ",".join(c.ref for c in symptoms))
    for c in symptoms:
        col, row = column(rd, c), listed[c.ref]
        want = {"Still true": col.counts[1], "Not true here": col.counts[0], "Not applicable": col.na, "Blank": col.blank,
                "Share still true": rules.ratio(col.counts[1], col.n)}
        for heading, x in want.items():
            same.same(("Risks", c.ref, heading), row[heading], x)
