"""The sheets with a row for each recipient: Register, Heat map, Levels, Sensitivity, Matrix, Targets, Answers, Risks."""
import rules

NOT_ASKED = "–"


def check(rd, book, same, answers):
    register(rd, book, same)
    heat_map(rd, book, same)
    if "Levels" in book.names:
        levels(rd, book, same)
    sensitivity(rd, book, same)
    matrix(rd, book, same, "Matrix", lambda a: a.choice)
    if "Targets" in book.names:
        matrix(rd, book, same, "Targets", lambda a: a.target)
    if answers:
        answer_rows(rd, book, same)


def by_id(rd, book, same, sheet, expected):
    """The rows of a sheet by id, which must be those expected."""
    rows = {row["ID"]: row for row in book.block(sheet, "ID", "Recipient")}
    same.same((sheet, "recipients"), ",".join(rows), ",".join(r["recipient"] for r in expected))
    for r in expected:
        if r["recipient"] in rows:
            row = rows[r["recipient"]]
            same.same((sheet, r["recipient"], "name"), row["Recipient"], r["name"])
            if rd.group_columns:
                same.same((sheet, r["recipient"], "groups"), "|".join(list(row.values())[2 : 2 + len(rd.group_columns)]), "|".join(r["groups"]))
            yield r["recipient"], row


def register(rd, book, same):
    for id, row in by_id(rd, book, same, "Register", rd.recipients):
        counted = id in rd.answers
        same.same(("Register", id, "Counted"), row["Counted"], "Yes" if counted else "No")
        given = [a.choice for a in rd.answers[id].values()] if counted else []
        same.same(("Register", id, "Answered"), row["Answered"], sum(x is not None for x in given))
        if counted:
            same.same(("Register", id, "Criteria"), row["Criteria"], len(given))
            same.same(("Register", id, "Complete"), row["Complete"], rules.ratio(sum(x is not None for x in given), len(given)))


def topic_scores(rd, id):
    choices = rd.choices(id)
    return {name: rules.score(rd, choices, [c for c in rd.scored if c.topic == t]) for t, name in rd.topics.items()}


def overall_name(rd):
    return None if rd.method == "profile" else "Level attained" if rd.ladder else "Overall"


def heat_map(rd, book, same):
    spread = {}
    for id, row in by_id(rd, book, same, "Heat map", rd.returned):
        want = topic_scores(rd, id)
        if overall_name(rd):
            want[overall_name(rd)] = rules.overall(rd, rd.choices(id))
        for name, x in want.items():
            same.same(("Heat map", id, name), row[name], x)
            spread.setdefault(name, []).append(x)
        same.same(("Heat map", id, "Answered"), row["Answered"], sum(isinstance(rd.choices(id).get(c.ref), int) for c in rd.scored))
    rows = book.rows("Heat map")
    head = rows[7]
    for row in rows[3:6]:
        at = {"Upper quartile of all": 3, "Median of all": 2, "Lower quartile of all": 1}[row[1]]
        for name, values in spread.items():
            same.same(("Heat map", row[1], name), row[head.index(name)], rules.quartiles(values)[at])


def levels(rd, book, same):
    name = lambda key: "%s %s" % key
    for id, row in by_id(rd, book, same, "Levels", rd.returned):
        st = rules.standing(rd, rd.choices(id))
        same.same(("Levels", id, "Level attained"), row["Level attained"], st.level)
        same.same(("Levels", id, "Next level"), row["Next level"], st.next)
        kept = sorted((row["Kept from it by"] or "").split(", "))
        same.same(("Levels", id, "Kept from it by"), ", ".join(kept), ", ".join(sorted(map(name, st.blocked_by))))
        for key, a in st.state.items():
            same.same(("Levels", id, name(key)), row[name(key)], "–" if a is None else a)


def sensitivity(rd, book, same):
    figure = rules.achievement if rd.ladder else rules.mean_of
    for id, row in by_id(rd, book, same, "Sensitivity", rd.returned):
        choices = rd.choices(id)
        given = [choices[c.ref] for c in rd.scored if c.ref in choices]
        want = {
            "Answered": sum(isinstance(x, int) for x in given), "Not applicable": given.count("n/a"), "Blank": given.count(None),
            "Achievement over all criteria" if rd.ladder else "Mean of all criteria": figure(rd, choices, rd.scored),
            "Weakest criterion": rules.lowest(rd, choices, rd.scored),
        }
        for end in ("low", "high"):
            word = end + "est"
            want["If blanks were " + word] = figure(rd, rules.filled(rd, choices, end), rd.scored)
            want["If blanks and n/a were " + word] = figure(rd, rules.filled(rd, choices, end, True), rd.scored)
            if rd.ladder:
                want["Level if blanks were " + word] = rules.standing(rd, rules.filled(rd, choices, end)).level
        if rd.ladder:
            want["Level attained"] = rules.standing(rd, choices).level
        for heading in row:
            if heading.startswith("Score by "):
                want[heading] = rules.overall(rd.by(heading[9:]), choices)
        for heading, x in want.items():
            same.same(("Sensitivity", id, heading), row[heading], x)


def matrix(rd, book, same, sheet, pick):
    for id, row in by_id(rd, book, same, sheet, rd.returned):
        for c in rd.criteria:
            if c.ref in row:
                a = rd.answers[id].get(c.ref)
                same.same((sheet, id, c.ref), row[c.ref], pick(a) if a else NOT_ASKED)
            else:
                same.true((sheet, id, c.ref, "has a column"), not c.scored and sheet == "Targets")


def answer_rows(rd, book, same):
    n = 0
    for row in book.block("Answers", "ID", "Recipient"):
        a = rd.answers[row["ID"]][row["Ref"]]
        n += 1
        want = {"Level": a.choice, "Target": a.target, "Topic": rd.by_ref[row["Ref"]].topic_name, "Theme": rd.by_ref[row["Ref"]].theme_name,
                "Answer": a.row["label"], "Evidence": a.row["evidence"], "Comment": a.row["comment"],
                "File": a.row["file"], "Sheet": a.row["sheet"], "Cell": a.row["cell"]}
        for heading, x in want.items():
            same.same(("Answers", row["ID"], row["Ref"], heading), row[heading], x)
    same.same(("Answers", "rows"), n, sum(map(len, rd.answers.values())))
