"""The sheets Over time and Over time by recipient, and the tables of changes, from the answers of both rounds."""
import rules
from data import table
from recipients import by_id, overall_name


class Change:
    """How a recipient's choices moved: then and now are scores by name."""

    def __init__(self, rd, earlier, id, same_criteria):
        then, now = ({ref: x for ref, x in r.choices(id).items() if ref in same_criteria} for r in (earlier, rd))
        both = [ref for ref in now if isinstance(now[ref], int) and isinstance(then.get(ref), int)]
        self.pairs = {ref: (then[ref], now[ref]) for ref in both}
        self.scores = {}
        then_both, now_both = {ref: then[ref] for ref in both}, {ref: now[ref] for ref in both}
        if rd.ladder:
            asked = {ref: then.get(ref) for ref in now}
            self.scores[overall_name(rd)] = rules.overall(rd, asked), rules.overall(rd, now)
        elif overall_name(rd):
            self.scores[overall_name(rd)] = rules.overall(rd, then_both), rules.overall(rd, now_both)
        for topic, name in rd.topics.items():
            criteria = [c for c in rd.scored if c.topic == topic]
            self.scores[name] = rules.score(rd, then_both, criteria), rules.score(rd, now_both, criteria)
        self.scores = {name: pair if None not in pair else (None, None) for name, pair in self.scores.items()}


def difference(pair):
    return None if None in pair else pair[1] - pair[0]


def check(rd, earlier, book, same):
    was = {c.ref: c for c in earlier.criteria}
    alike = lambda c: c.ref in was and all(getattr(c, k) == getattr(was[c.ref], k) for k in ("subject", "statement", "kind", "low", "high"))
    compared = {c.ref for c in rd.criteria if alike(c)}
    joint = [r for r in rd.returned if r["recipient"] in earlier.answers]
    changes = {r["recipient"]: Change(rd, earlier, r["recipient"], compared) for r in joint}
    by_recipient(rd, book, same, joint, changes)
    by_topic(rd, book, same, changes)
    by_criterion(rd, book, same, changes, compared)
    if rd.ladder:
        moves(rd, book, same, changes)
    not_compared(rd, earlier, book, same, compared, was)
    tables(rd, same, changes)


def by_recipient(rd, book, same, joint, changes):
    for id, row in by_id(rd, book, same, "Over time by recipient", joint):
        for name, pair in changes[id].scores.items():
            for when, x in (("then", pair[0]), ("now", pair[1]), ("change", difference(pair))):
                same.same(("Over time by recipient", id, name, when), row[name + ": " + when], x)


def by_topic(rd, book, same, changes):
    names = ([overall_name(rd)] if overall_name(rd) else []) + list(rd.topics.values())
    rows = {row["Topic"]: row for row in book.block("Over time", "Topic", "Recipients compared")}
    same.same(("Over time", "lines"), ",".join(rows), ",".join(names))
    for name in names:
        pairs = [c.scores[name] for c in changes.values()]
        moved = [difference(p) for p in pairs if difference(p) is not None]
        q = rules.quartiles(moved)
        want = {"Recipients compared": len(moved), "Median then": rules.median([p[0] for p in pairs]), "Median now": rules.median([p[1] for p in pairs]),
                "Median change": q[2], "Lower quartile of changes": q[1], "Upper quartile of changes": q[3],
                "Up": sum(x > 0 for x in moved), "Same": moved.count(0), "Down": sum(x < 0 for x in moved)}
        for heading, x in want.items():
            same.same(("Over time", name, heading), rows[name][heading], x)
    head = book.rows("Overview")
    for row in head[10 : 10 + len(rd.topics)]:
        moved = [x for x in (difference(c.scores[row[1]]) for c in changes.values()) if x is not None]
        same.same(("Overview", row[1], "Compared"), row[head[9].index("Compared")], len(moved))
        same.same(("Overview", row[1], "Median change"), row[head[9].index("Median change")], rules.median(moved))


def moved_on(changes, ref):
    return [c.pairs[ref] for c in changes.values() if ref in c.pairs]


def by_criterion(rd, book, same, changes, compared):
    rows = {row["Criterion"].split("  ")[0]: row for row in book.block("Over time", "Criterion", "Recipients compared")}
    listed = {row["ref"]: row for row in table(rd.folder, "criterion_changes")}
    scored = [c.ref for c in rd.scored if c.ref in compared]
    same.same(("Over time", "criteria"), ",".join(sorted(rows)), ",".join(sorted(scored)))
    same.same(("criterion_changes.csv", "criteria"), ",".join(sorted(listed)), ",".join(sorted(scored)))
    for ref in scored:
        pairs = moved_on(changes, ref)
        then, now = rules.mean([a for a, _ in pairs]), rules.mean([b for _, b in pairs])
        change = now - then if pairs else None
        counts = len(pairs), sum(b > a for a, b in pairs), sum(b == a for a, b in pairs), sum(b < a for a, b in pairs)
        for heading, x in zip(("Recipients compared", "Up", "Same", "Down", "Mean then", "Mean now", "Change"), (*counts, then, now, change)):
            same.same(("Over time", ref, heading), rows[ref][heading], x)
        for heading, x in zip(("recipients", "up", "same", "down", "earlier", "later", "change"), (*counts, then, now, change)):
            same.same(("criterion_changes.csv", ref, heading), figure(listed[ref][heading]), x)


def figure(s):
    return None if s == "" else float(s)


def moves(rd, book, same, changes):
    pairs = [c.scores[overall_name(rd)] for c in changes.values()]
    for row in book.block("Over time", "Level attained then"):
        start = int(row["Level attained then"].split(" – ")[0])
        for heading, n in row.items():
            if heading.startswith("Now "):
                same.same(("Over time", row["Level attained then"], heading), n, pairs.count((start, int(heading[4:]))))


def not_compared(rd, earlier, book, same, compared, was):
    refs = {c.ref for c in rd.criteria}
    want = {"Joined": set(rd.answers) - set(earlier.answers), "Left": set(earlier.answers) - set(rd.answers),
            "Added": refs - set(was), "Dropped": set(was) - refs, "Altered": (refs & set(was)) - compared}
    got = {why: set() for why in want}
    for row in book.block("Over time", "Recipient or criterion", "Why"):
        if row["Why"] in got:
            got[row["Why"]].add(row["Recipient or criterion"].split("  ")[0])
    for why in want:
        same.same(("Over time", why), ",".join(sorted(got[why])), ",".join(sorted(want[why])))


def tables(rd, same, changes):
    topics = {name: ("topic", topic) for topic, name in rd.topics.items()}
    rows = {(row["recipient"], row["scope"], row["topic"]): row for row in table(rd.folder, "changes")}
    same.same(("changes.csv", "rows"), len(rows), len(changes) * (1 + len(topics)))
    for id, c in changes.items():
        for name, pair in c.scores.items():
            row = rows[(id, *topics.get(name, ("overall", "")))]
            same.same(("changes.csv", id, name), figure(row["change"]), difference(pair))
