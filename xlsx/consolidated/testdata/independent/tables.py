"""The tables of results/data that hold figures, and the database's views as Debian's sqlite3 shows them."""
import functools, json, os, shutil, subprocess

import rules
from criteria import back, column
from data import table
from overtime import figure


def check(rd, same):
    scores(rd, same)
    groups(rd, same)
    if shutil.which("sqlite3"):
        views(rd, same)


@functools.cache
def scopes(rd):
    """(scope, topic, theme, scored criteria) of each score that a recipient has."""
    return list(find_scopes(rd))


def find_scopes(rd):
    yield "overall", "", "", rd.scored
    for t in rd.topics:
        yield "topic", t, "", [c for c in rd.scored if c.topic == t]
    for h in rd.themes:
        yield "theme", "", h, [c for c in rd.scored if c.theme == h]
    for t in rd.topics:
        for h in rd.themes:
            yield "cell", t, h, [c for c in rd.scored if (c.topic, c.theme) == (t, h)]
    if rd.ladder:
        for t, h, level, gates, criteria in rules.sections(rd):
            yield "section", t, h, criteria


def score_of(rd, scope, choices, criteria):
    return rules.overall(rd, choices) if scope == "overall" else rules.score(rd, choices, criteria)


def scores(rd, same):
    rows = {(r["recipient"], r["scope"], r["topic"], r["theme"]): r for r in table(rd.folder, "scores")}
    levels = {(t, h): (level, gates) for t, h, level, gates, _ in rules.sections(rd)} if rd.ladder else {}
    rd.scores, seen = {}, 0
    for r in rd.returned:
        id = r["recipient"]
        choices, ends = rd.choices(id), [rules.filled(rd, rd.choices(id), end) for end in ("low", "high")]
        for scope, topic, theme, criteria in scopes(rd):
            where = ("scores.csv", id, scope, topic, theme)
            row = rows.get(where[1:])
            seen += row is not None
            asked = [c for c in criteria if c.ref in choices]
            if row is None:  # a section that the recipient is not asked
                same.true(where, scope == "section" and not asked)
                continue
            given = [choices[c.ref] for c in asked]
            numbers = [x for x in given if isinstance(x, int)]
            x = score_of(rd, scope, choices, criteria)
            rd.scores[id, scope, topic, theme] = x
            low, high = (score_of(rd, scope, end, criteria) if None in given else x for end in ends)
            want = {"criteria": len(asked), "rated": len(numbers), "not_applicable": given.count("n/a"), "blank": given.count(None),
                    "score": x, "low": low, "high": high,
                    "median": rules.median(numbers), "mean": rules.mean_of(rd, choices, criteria), "lowest": min(numbers, default=None)}
            for heading, v in want.items():
                same.same(where + (heading,), figure(row[heading]), v)
            if rd.ladder and scope in ("cell", "section"):
                same.same(where + ("rating",), row["rating"], rules.letter(rules.achievement(rd, choices, criteria)))
            if scope == "section":
                level, gates = levels[topic, theme]
                same.same(where + ("gates",), row["gates"], str(int(gates)))
                if gates:
                    same.same(where + ("counts for",), int(row["counts_for"]), level)
    same.same(("scores.csv", "rows"), seen, len(rows))


def groups(rd, same):
    rows = {tuple(r[k] for k in ("group_column", "group_value", "scope", "topic", "theme")): r for r in table(rd.folder, "groups")}
    columns = list(dict.fromkeys(k[0] for k in rows if k[0]))
    parts = [("", "", rd.recipients)] + [(columns[i], value, members) for i, value, members in rd.groups()]
    same.same(("groups.csv", "rows"), len(rows), len(parts) * sum(s[0] != "section" for s in scopes(rd)))
    for column, value, members in parts:
        for scope, topic, theme, _ in scopes(rd):
            if scope == "section":
                continue
            row, where = rows[column, value, scope, topic, theme], ("groups.csv", column, value, scope, topic, theme)
            values = [rd.scores[r["recipient"], scope, topic, theme] for r in back(members)]
            values = [v for v in values if v is not None]
            same.same(where + ("recipients",), int(row["recipients"]), len(members))
            same.same(where + ("returned",), int(row["returned"]), len(back(members)))
            if 0 < len(values) < 2 * rd.minimum:  # the least that a median needs which leaves the office
                same.true(where + ("marked",), row["suppressed"] == "1")
            q = rules.quartiles(values)
            for heading, v in zip(("n", "minimum", "q1", "median", "q3", "maximum", "mean"), (len(values), *q, rules.mean(values))):
                same.same(where + (heading,), figure(row[heading]), v)


def views(rd, same):
    """What people ask of the database."""
    def query(sql):
        out = subprocess.run(["sqlite3", "-readonly", "-json", os.path.join(rd.folder, "rubric.sqlite"), sql], check=True, capture_output=True).stdout
        return json.loads(out or "[]")

    for row in query("SELECT * FROM criterion_summary"):
        c = rd.by_ref[row["ref"]]
        col = column(rd, c)
        want = {"returns": col.n + col.na + col.blank, "rated": col.n, "not_applicable": col.na, "blank": col.blank, "mean": col.mean,
                "with_target": col.with_target, "at_target": col.at_target}
        for heading, v in want.items():
            same.same(("criterion_summary", c.ref, heading), row[heading] or (0 if heading in ("rated", "not_applicable", "blank") else row[heading]), v)
    for row in query("SELECT * FROM criterion_distribution"):
        col = column(rd, rd.by_ref[row["ref"]])
        same.same(("criterion_distribution", row["ref"], row["level"]), row["answers"], col.counts[row["level"]])
        same.same(("criterion_distribution", row["ref"], row["level"], "share"), row["share"], rules.ratio(col.counts[row["level"]], col.n))
    for view, scope in (("overall_scores", "overall"), ("topic_scores", "topic")):
        listed = query("SELECT * FROM " + view)
        same.same((view, "rows"), len(listed), sum(k[1] == scope for k in rd.scores))
        for row in listed:
            same.same((view, row["recipient"], row.get("topic", "")), row["score"], rd.scores[row["recipient"], scope, row.get("topic", ""), ""])
    rates = {(i, value): members for i, value, members in rd.groups()}
    numbers = {}
    for row in query("SELECT * FROM response_rate"):
        members = rd.recipients
        if row["group_column"]:
            members = rates[numbers.setdefault(row["group_column"], len(numbers)), row["group_value"]]
        same.same(("response_rate", row["group_value"], "recipients"), row["recipients"], len(members))
        same.same(("response_rate", row["group_value"], "returned"), row["returned"], len(back(members)))
        same.same(("response_rate", row["group_value"], "share"), row["share"], rules.ratio(len(back(members)), len(members)))
    below = [(id, ref) for id in rd.answers for ref, a in rd.answers[id].items() if isinstance(a.choice, int) and a.target is not None and a.choice < a.target]
    listed = [(row["recipient"], row["ref"]) for row in query("SELECT * FROM below_target")]
    same.same(("below_target", "answers"), str(sorted(listed)), str(sorted(below)))
