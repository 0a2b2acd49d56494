package models

// Which levels' own sections gate, for a method by which sections gate.
const (
	GatesAllLevels   = "all-levels"
	GatesAboveLowest = "above-lowest"
)

// CountsFor says which level the section of a topic and a theme counts for by a method, and whether it gates: whether
// that level and those above depend on it. A section counts for its topic's level; one of a theme that gates the next
// level for the level above, and at the highest level for none. Where the template's gates are above-lowest, the method
// staged asks nothing of the lowest level's own sections, since everyone starts there; templates made before there was
// a choice go on with all-levels. The topic must have a level.
func (t *Template) CountsFor(topic Topic, theme Theme, by Method) (level int, gates bool) {
	level = *topic.Level
	if theme.GatesNextLevel {
		if _, above := t.Level(level + 1); above {
			return level + 1, true
		}
		return level, false
	}
	_, gates = t.Level(level)
	return level, gates && !(t.SparesLowest(by) && level == t.Levels[0].Number)
}

// SparesLowest says that the lowest level's own sections gate nothing by a method.
func (t *Template) SparesLowest(by Method) bool {
	return by.Info().Gate == SectionGate && t.Scoring.Gates == GatesAboveLowest
}
