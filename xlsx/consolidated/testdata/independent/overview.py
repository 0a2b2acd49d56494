"""The sheets of figures over all recipients and by group: Groups, Overview, Topics, Compare."""
import math
from collections import Counter

import rules
from criteria import back, code, column
from recipients import overall_name, topic_scores


def check(rd, book, same):
    scores = {r["recipient"]: dict(topic_scores(rd, r["recipient"])) for r in rd.returned}
    if overall_name(rd):
        for id in scores:
            scores[id][overall_name(rd)] = rules.overall(rd, rd.choices(id))
    groups(rd, book, same, scores)
    topics(rd, book, same, scores)
    overview(rd, book, same, scores)
    compare(rd, book, same, scores)


def key(members):
    return tuple(r["recipient"] for r in members)


def groups(rd, book, same, scores):
    listed = list(book.block("Groups", "Grouped by", "Group"))
    columns = list(dict.fromkeys(row["Grouped by"] for row in listed))[1:]
    lines = {(row["Grouped by"], row["Group"]): row for row in listed}
    every = [(None, "All recipients", rd.recipients)] + list(rd.groups())
    same.same(("Groups", "groups"), len(lines), len(every))
    names = list(scores[rd.returned[0]["recipient"]]) if rd.returned else []
    for i, value, members in every:
        row = lines["All" if i is None else columns[i], value]
        where, returned = ("Groups", row["Grouped by"], value), back(members)
        same.same(where + ("Recipients",), row["Recipients"], len(members))
        same.same(where + ("Returned",), row["Returned"], len(returned))
        same.same(where + ("Response rate",), row["Response rate"], rules.ratio(len(returned), len(members)))
        figures = {}
        for name in names:
            heading = name + " (median)" if name == overall_name(rd) else name
            values = [scores[r["recipient"]][name] for r in returned if scores[r["recipient"]][name] is not None]
            figures[name] = (row[heading], values)
        for name, (got, values) in figures.items():
            same.same(where + (name,), got, rules.median(values))


def topics(rd, book, same, scores):
    if "Levels" in book.names:
        attained = [scores[id][overall_name(rd)] for id in scores]
        attained = [x for x in attained if x is not None]
        for row in book.block("Topics", "Level", "Recipients", "Share"):
            n = attained.count(int(row["Level"].split(" – ")[0]))
            same.same(("Topics", row["Level"]), row["Recipients"], n)
            same.same(("Topics", row["Level"], "Share"), row["Share"], rules.ratio(n, len(attained)))
    spread = {row["Topic"]: row for row in book.block("Topics", "Topic", "Recipients", "Lowest")}
    answers = {row["Topic"]: row for row in book.block("Topics", "Topic", "Answers")}
    same.same(("Topics", "topics"), len(spread), len(rd.topics))
    for topic, name in rd.topics.items():
        spread_row(rd, same, ("Topics", name), spread[name], [s[name] for s in scores.values()], "Mean")
        criteria = [c for c in rd.scored if c.topic == topic]
        counts = sum((column(rd, c).counts for c in criteria), Counter())
        n = sum(counts.values())
        same.same(("Topics", name, "Answers"), answers[name]["Answers"], n)
        for step in range(rd.scored[0].low, rd.scored[0].high + 1):
            word = code(rd.scored[0], step)
            count = [h for h in answers[name] if h.startswith(word + " – ")][0]
            same.same(("Topics", name, count), answers[name][count], counts[step])
            same.same(("Topics", name, word, "share"), answers[name][word + " in %"], rules.ratio(counts[step], n))
    if not rd.ladder:
        themes(rd, book, same)


def spread_row(rd, same, where, row, values, *further):
    values = [v for v in values if v is not None]
    want = dict(zip(("Lowest", "Lower quartile", "Median", "Upper quartile", "Highest"), rules.quartiles(values)))
    want.update(Recipients=len(values), Mean=rules.mean(values))
    for heading, x in want.items():
        if heading in row:
            same.same(where + (heading,), row[heading], x)
    for heading in further:
        same.true(where + (heading, "is there"), heading in row)


def themes(rd, book, same):
    """Topic × theme: the mean of all answers, and their number; nothing where no criterion belongs."""
    blocks, rows = [], iter(book.rows("Topics"))
    for row in rows:
        if row[0] == "Topic" and row[1] in rd.themes.values():
            head = [h for h in row if h is not None]
            blocks.append([dict(zip(head, next(rows))) for _ in rd.topics])
    means, counts = ({row["Topic"]: row for row in block} for block in blocks)
    for topic, topic_name in rd.topics.items():
        for theme, theme_name in rd.themes.items():
            criteria = [c for c in rd.scored if (c.topic, c.theme) == (topic, theme)]
            columns = [(c, column(rd, c)) for c in criteria]
            want = rules.weighted_mean((x, c.weight) for c, col in columns for x in col.levels)
            same.same(("Topics", topic_name, theme_name, "mean"), means[topic_name][theme_name], want)
            same.same(("Topics", topic_name, theme_name, "answers"), counts[topic_name][theme_name], sum(col.n for _, col in columns) if criteria else None)


def shown(x, digits=1):
    """As people round: halves away from zero."""
    n = math.floor(abs(x) * 10**digits + rules.Fraction(1, 2))
    return "%s%d.%d" % ("-" if x < 0 and n else "", n // 10**digits, n % 10**digits)


def overview(rd, book, same, scores):
    rows = [[None, *row[1:]] for row in book.rows("Overview")]
    at = [i for i, row in enumerate(rows) if "Response rate, of all recipients" in row][0]
    labels = {label: rows[at - 1][i] for i, label in enumerate(rows[at]) if label}
    columns = [column(rd, c) for c in rd.scored]
    n, na, blank = (sum(getattr(c, k) for c in columns) for k in ("n", "na", "blank"))
    want = {"Response rate, of all recipients": rules.ratio(len(rd.returned), len(rd.recipients)), "Recipients": len(rd.recipients),
            "Returned": len(rd.returned), "Outstanding": len(rd.recipients) - len(rd.returned), "Answers": n,
            "Left blank, of all asked": rules.ratio(blank, n + na + blank), "Not applicable, of all asked": rules.ratio(na, n + na + blank)}
    for label, x in want.items():
        same.same(("Overview", label), labels[label], x)
    # What the figures say in sentences is held by the tests of scoring/story; without them the response is said.
    says = [row[1] for row in rows[2 : at - 1] if row[1]]
    same.true(("Overview", "says something"), len(says) > 0)
    if len(says) == 1 and "have returned" in says[0]:
        line = "%d of %d recipients have returned their assessment." % (len(rd.returned), len(rd.recipients))
        same.same(("Overview", "headline"), says[0], line)

    def half(first, *heading):
        at = [i for i, row in enumerate(rows) if row[first : first + len(heading)] == list(heading)][0]
        head = rows[at][first : first + 7]
        for row in rows[at + 1 :]:
            if row[first] is None or row[first + 1] is None and row[first + 6] is None:
                return
            yield dict(zip(head, row[first : first + 7]))

    listed = list(half(1, "Topic", "Recipients"))
    same.same(("Overview", "topics"), len(listed), len(rd.topics))
    for row in listed:
        spread_row(rd, same, ("Overview", row["Topic"]), row, [s[row["Topic"]] for s in scores.values()])
    headings = [h for h in book.rows("Heat map")[7][2:] if h][: len(rd.group_columns)]
    lines = {"All recipients": rd.recipients, **{headings[i] + ": " + value: members for i, value, members in rd.groups()}}
    for row in half(9, "Group", "Recipients"):
        members = lines[row["Group"]]
        same.same(("Overview", row["Group"], "recipients"), row["Recipients"], len(members))
        same.same(("Overview", row["Group"], "returned"), row["Returned"], len(back(members)))
        same.same(("Overview", row["Group"], "rate"), row["Of its recipients"], rules.ratio(len(back(members)), len(members)))
    means = {c.ref + "  " + c.subject: column(rd, c).mean for c in rd.scored}
    ordered = sorted((m for m in means.values() if m is not None), reverse=True)
    if not rd.ladder:
        furthest(rd, book, same, list(half(9, "Criterion")))
    for first, order in ((1, ordered), (9, ordered[::-1]))[: 2 if rd.ladder else 1]:
        listed = list(half(first, "Criterion"))
        same.same(("Overview", "criteria listed"), len(listed), min(5, len(ordered)))
        for row, x in zip(listed, order):
            mean = [v for heading, v in row.items() if heading and heading.startswith("Mean")][0]
            same.same(("Overview", row["Criterion"]), mean, x)
            same.same(("Overview", row["Criterion"], "its own"), mean, means[row["Criterion"]])


def furthest(rd, book, same, listed):
    """The criteria furthest short of the level that the sheet Priorities aims at, by the mean distance to it."""
    aim = book.rows("Priorities")[3][2]
    far = {}
    for c in rd.scored:
        levels = column(rd, c).levels
        far[c.ref + "  " + c.subject] = (rules.Fraction(sum(max(0, aim - x) for x in levels), max(1, len(levels))), sum(x < aim for x in levels))
    order = sorted(far.values(), reverse=True)
    same.same(("Overview", "criteria listed"), len(listed), min(5, len(order)))
    for row, (distance, below) in zip(listed, order):
        same.same(("Overview", row["Criterion"]), row["Distance"], distance)
        same.same(("Overview", row["Criterion"], "below it"), row["Below it"], below)
        same.same(("Overview", row["Criterion"], "its own"), row["Distance"], far[row["Criterion"]][0])


def compare(rd, book, same, scores):
    chosen = book.rows("Compare")[4][0]
    headings = [h for h in book.rows("Heat map")[7][2:] if h]
    sets = {headings[i] + ": " + value: back(members) for i, value, members in rd.groups()}
    sets.update({r["recipient"] + "  " + r["name"]: [r] for r in rd.returned})
    if chosen not in sets:
        same.true(("Compare", "no returns"), not rd.returned)
        return
    inside = key(sets[chosen])
    others = [r for r in rd.returned if r["recipient"] not in inside]
    for row in book.block("Compare", "Topic", "Shown: returns"):
        name, where = row["Topic"], ("Compare", row["Topic"])
        mine = [scores[id][name] for id in inside if scores[id][name] is not None]
        theirs = [x for x in (scores[r["recipient"]][name] for r in others) if x is not None]
        q = rules.quartiles(theirs if len(theirs) >= rd.minimum else [])
        want = {"Shown: returns": len(mine), "Shown: score": rules.median(mine), "Others: returns": len(theirs), "Lowest": q[0],
                "Lower quartile": q[1], "Median": q[2], "Upper quartile": q[3], "Highest": q[4]}
        want["Difference from median"] = rules.median(mine) - q[2] if mine and q[2] is not None else None
        for heading, x in want.items():
            same.same(where + (heading,), row[heading], x)
    names = {c.ref + "  " + c.subject: c for c in rd.scored}
    for row in book.block("Compare", "Criterion", "Shown: answers"):
        c, where = names[row["Criterion"]], ("Compare", row["Criterion"])
        mine, theirs = column(rd, c, sets[chosen]), column(rd, c, others)
        mean = theirs.mean if theirs.n >= rd.minimum else None
        want = {"Shown: answers": mine.n, "Shown: mean": mine.mean, "Others: answers": theirs.n, "Others: mean": mean,
                "Difference": mine.mean - mean if mine.mean is not None and mean is not None else None}
        for heading, x in want.items():
            same.same(where + (heading,), row[heading], x)
