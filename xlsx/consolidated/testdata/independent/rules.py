"""The rules of DESIGN.md, part "Scoring methods", in exact fractions."""
import functools, statistics
from fractions import Fraction

from data import PARTS

PROGRESSION = "Criteria for progression"


def numbers(choices):
    return [x for x in choices.values() if isinstance(x, int)]


def weighted_mean(pairs):
    """pairs of a whole number and a whole weight"""
    total = whole = 0
    for v, w in pairs:
        total, whole = total + v * w, whole + w
    return Fraction(total, whole) if whole else None


def mean_of(rd, choices, criteria):
    return weighted_mean((choices[c.ref], c.weight) for c in criteria if isinstance(choices.get(c.ref), int))


def achievement(rd, choices, criteria):
    parts = weighted_mean((c.parts[choices[c.ref]], c.weight) for c in criteria if isinstance(choices.get(c.ref), int))
    return None if parts is None else parts / PARTS


def lowest(rd, choices, criteria):
    return min((choices[c.ref] for c in criteria if isinstance(choices.get(c.ref), int)), default=None)


def score(rd, choices, criteria):
    """The score of a topic, a theme or a cell."""
    if rd.method == "weakest":
        return lowest(rd, choices, criteria)
    return (achievement if rd.ladder else mean_of)(rd, choices, criteria)


def overall(rd, choices):
    if rd.method == "profile":
        return None
    if rd.ladder:
        return standing(rd, choices).level
    if rd.method == "mean" and rd.mean == "average-of-averages":
        means = [mean_of(rd, choices, [c for c in rd.scored if c.topic == t]) for t in rd.topics]
        means = [m for m in means if m is not None]
        return sum(means, Fraction()) / len(means) if means else None
    return score(rd, choices, rd.scored)


def filled(rd, choices, end, also_na=False):
    """The choices, were every blank (and every "not applicable") the lowest or the highest choice."""
    return {ref: getattr(rd.by_ref[ref], end) if rd.by_ref[ref].scored and (x is None or also_na and x == "n/a") else x
            for ref, x in choices.items()}


def letter(a):
    if a is None:
        return ""
    whole, percent = a.denominator, 100 * a.numerator
    return "N" if percent <= 15 * whole else "P" if percent <= 50 * whole else "L" if percent <= 85 * whole else "F"


@functools.cache
def sections(rd):
    """(topic, theme, level that it counts for, whether it keeps a level away, criteria) of each section."""
    return list(find_sections(rd))


def find_sections(rd):
    steps = [c.level for c in rd.criteria if c.level is not None]
    bottom, top = min(steps), max(steps)
    spared = rd.method == "staged" and rd.gates == "above-lowest"  # the lowest level's own sections gate nothing
    found = {}
    for c in rd.scored:
        found.setdefault((c.topic, c.theme), []).append(c)
    for (topic, theme), criteria in found.items():
        c = criteria[0]
        ahead = c.theme_name == PROGRESSION
        yield topic, theme, min(c.level + ahead, top), c.level + ahead <= top and not (spared and c.level == bottom and not ahead), criteria


class Standing:
    """The level that a recipient has attained, and what keeps the next away.

    state is by section: "n/a" where nothing is applicable, None where nothing is answered, or how far it is in place:
    for staged its achievement, for cumulative the share of applicable criteria that are largely or fully in place.
    """

    def __init__(self, rd, choices):
        self.state, self.sections = {}, {}
        for topic, theme, level, gates, criteria in sections(rd):
            applicable = [c for c in criteria if c.ref in choices and choices[c.ref] != "n/a"]
            key = (topic, theme)
            self.sections[key] = (level, gates)
            if not applicable:
                self.state[key] = "n/a"
            elif rd.method == "staged":
                self.state[key] = achievement(rd, choices, criteria)
            else:
                met = [isinstance(choices[c.ref], int) and letter(Fraction(c.parts[choices[c.ref]], PARTS)) in "LF" for c in applicable]
                self.state[key] = Fraction(sum(met), len(met))
        ladder = sorted({c.level for c in rd.criteria if c.level is not None})
        self.level = self.next = None
        self.blocked_by = []
        if not any(isinstance(choices.get(c.ref), int) for c in rd.scored):
            return
        self.level = max([ladder[0]] + [k for k in ladder[1:] if self.applies(k) and not self.keeping(rd, k)])
        ahead = [k for k in ladder if k > self.level and self.applies(k)]
        if ahead:
            self.next = ahead[0]
            self.blocked_by = self.keeping(rd, self.next)

    def applies(self, level):
        return any(gates and k == level and self.state[s] != "n/a" for s, (k, gates) in self.sections.items())

    def keeping(self, rd, level):
        """The sections that keep a level away."""
        out = []
        for key, (counts_for, gates) in self.sections.items():
            a = self.state[key]
            if not gates or counts_for > level or a == "n/a":
                continue
            if rd.method == "cumulative":
                good = a == 1
            else:
                good = letter(a) == "F" if counts_for < level else letter(a) in ("L", "F")
            if not good:
                out.append(key)
        return out


@functools.cache
def standing_of(rd, choices):
    return Standing(rd, dict(choices))


def standing(rd, choices):
    return standing_of(rd, tuple(choices.items()))


def quartiles(values):
    """Lowest, lower quartile, median, upper quartile and highest, as QUARTILE.INC has them."""
    values = sorted(float(v) for v in values if v is not None)
    if not values:
        return [None] * 5
    q = [values[0]] * 3 if len(values) == 1 else statistics.quantiles(values, n=4, method="inclusive")
    return [values[0], *q, values[-1]]


def median(values):
    values = [v for v in values if v is not None]
    return statistics.median(values) if values else None


def mean(values):
    values = [v for v in values if v is not None]
    if all(isinstance(v, int) for v in values):
        return ratio(sum(values), len(values))
    return statistics.fmean(map(float, values))


def ratio(a, b):
    return Fraction(a, b) if b else None
