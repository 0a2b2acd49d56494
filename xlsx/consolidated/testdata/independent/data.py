"""The data of a round, read from the CSV files of results/data: recipients, criteria and answers, and nothing
that was computed.
"""
import copy, csv, functools, os, re
from fractions import Fraction

PARTS = 2520  # in how many the span of a scale is cut, so that the steps of all scales are whole: 2520 is divided by 1 to 10

def unguard(s):
    """Takes away the apostrophe that keeps a spreadsheet program from running a text (README.md beside the files)."""
    s = re.sub(r"^( *)'('*[\t\r\n])", r"\1\2", s)
    return re.sub(r"(^|[\t\r\n;])( *)'('*[=+\-@＝＋－＠])", r"\1\2\3", s)


def table(folder, name):
    csv.field_size_limit(1 << 24)
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as f:
        rows = csv.reader(f)
        head = next(rows)
        for row in rows:
            yield dict(zip(head, [unguard(s) if "'" in s else s for s in row]))


def number(s):
    return None if s == "" else int(s)


class Criterion:
    def __init__(self, row):
        self.ref, self.subject, self.statement = row["ref"], row["subject"], row["statement"]
        self.topic, self.topic_name = row["topic"], row["topic_name"]
        self.theme, self.theme_name = row["theme"], row["theme_name"]
        self.level, self.kind = number(row["topic_level"]), row["kind"]
        self.scored = row["scored"] == "1"
        self.weight = int(1000 * Fraction(row["weight"]))
        self.low, self.high = int(row["lowest"]), int(row["highest"])
        self.parts = {n: PARTS * (n - self.low) // (self.high - self.low) for n in range(self.low, self.high + 1)}


class Answer:
    """What a recipient chose for a criterion: a number, "n/a" or None."""

    def __init__(self, row):
        self.choice = {"rated": number(row["level"]), "not applicable": "n/a", "blank": None}[row["answer"]]
        self.target = number(row["target"])
        self.row = row


class Round:
    """recipients are all rows of the list; returned are those whose return counts; answers are by id, then ref."""

    def __init__(self, folder, method, mean, minimum, gates):
        self.folder, self.method, self.mean, self.minimum, self.gates = folder, method, mean, minimum, gates
        self.criteria = [Criterion(r) for r in table(folder, "criteria")]
        self.by_ref = {c.ref: c for c in self.criteria}
        self.scored = [c for c in self.criteria if c.scored]
        self.ladder = method in ("staged", "cumulative")
        self.recipients = list(table(folder, "recipients"))
        for r in self.recipients:
            r["groups"] = [v.strip() or "(none)" for k, v in r.items() if k.startswith("group_")]
        self.group_columns = [k for k in self.recipients[0] if k.startswith("group_")] if self.recipients else []
        self.returned = [r for r in self.recipients if r["returned"] == "1"]
        self.answers = {r["recipient"]: {} for r in self.returned}
        for row in table(folder, "answers"):
            self.answers[row["recipient"]][row["ref"]] = Answer(row)
        self.chosen = {id: {ref: a.choice for ref, a in given.items()} for id, given in self.answers.items()}
        self.topics, self.themes = {}, {}
        for c in self.criteria:
            self.topics.setdefault(c.topic, c.topic_name)
            if c.theme:
                self.themes.setdefault(c.theme, c.theme_name)

    @functools.cache
    def by(self, method):
        """The same round, scored by another method."""
        other = copy.copy(self)
        other.method, other.ladder = method, method in ("staged", "cumulative")
        return other

    def choices(self, recipient):
        """What a recipient chose, by ref, of the criteria that it is asked."""
        return self.chosen[recipient]

    def column(self, ref, ids):
        """What the recipients with these ids chose for a criterion; those that are not asked are left out."""
        for id in ids:
            a = self.answers[id].get(ref)
            if a:
                yield a

    def groups(self):
        """(column number, value, recipients) of each group."""
        for i in range(len(self.group_columns)):
            for value in sorted({r["groups"][i] for r in self.recipients}, key=lambda v: (v == "(none)", v)):
                yield i, value, [r for r in self.recipients if r["groups"][i] == value]
