package models

import (
	"slices"
	"strings"
)

// Method names a scoring method; see package scoring for what each computes.
type Method string

// The scoring methods.
const (
	MethodProfile    Method = "profile"
	MethodMean       Method = "mean"
	MethodWeakest    Method = "weakest"
	MethodStaged     Method = "staged"
	MethodCumulative Method = "cumulative"
)

// Measure is what a score says, and so its unit.
type Measure int

// The measures.
const (
	// NoScore: the method gives none.
	NoScore Measure = iota
	// MeanLevel is the weighted mean of the numbers of the steps answered, a number on the scale.
	MeanLevel
	// LowestLevel is the lowest number answered, a whole number on the scale.
	LowestLevel
	// Achievement is the share of what full marks would be, from 0 to 1.
	Achievement
	// LevelAttained is the number of a level of the template.
	LevelAttained
)

// Share says whether the measure goes from 0 to 1, and is shown as per cent.
func (m Measure) Share() bool { return m == Achievement }

// Whole says whether the measure is always the number of a step or a level.
func (m Measure) Whole() bool { return m == LowestLevel || m == LevelAttained }

// Gate is what a method holds against a level: all of it must be rated high enough for the level to be attained.
type Gate int

// The gates.
const (
	// NoGate: the method attains no level.
	NoGate Gate = iota
	// SectionGate: the sections, each by its achievement.
	SectionGate
	// CriterionGate: the criteria, one by one.
	CriterionGate
)

// MethodInfo is what the program has to know of a scoring method, besides how it computes. Whoever shows or writes
// scores asks it, and not for a method's name.
type MethodInfo struct {
	Method Method
	// Score is what the score of a topic, theme, cell or section is.
	Score Measure
	// Overall is what the score over all criteria is.
	Overall Measure
	// ChoosesMean says that Scoring.Mean decides how the overall score comes about.
	ChoosesMean bool
	// Gate is what keeps a level away; NoGate for methods that attain none.
	Gate Gate
	// Needs and NeedsBelow are the lowest ratings, L or F, that a level can do with: of what counts for the level
	// itself, and of what counts for the levels below it. RatingBound has the achievement that they must exceed.
	Needs, NeedsBelow string
	// Words is the end of the keys that texts about the method have, such as method_mean.
	Words string
}

// methods is the table of scoring methods, in the order in which they are listed.
//
// A new method is a line here, a file in package scoring that computes it, with a line in the list there, and its name
// in the two tags of Scoring. What it shows follows from the line: a method that attains levels has the sections, the
// level attained and what keeps the next away in workbook, summary and overview; one without an overall score shows
// none. Where a workbook has the score as a formula and the measure is a new one, xlsx needs that formula; and the texts
// that say how the method works have the keys that end in Words.
var methods = []MethodInfo{
	{Method: MethodProfile, Score: MeanLevel, Overall: NoScore, Words: "profile"},
	{Method: MethodMean, Score: MeanLevel, Overall: MeanLevel, ChoosesMean: true, Words: "mean"},
	{Method: MethodWeakest, Score: LowestLevel, Overall: LowestLevel, Words: "weakest"},
	{Method: MethodStaged, Score: Achievement, Overall: LevelAttained, Gate: SectionGate, Needs: "L", NeedsBelow: "F", Words: "staged"},
	{Method: MethodCumulative, Score: Achievement, Overall: LevelAttained, Gate: CriterionGate, Needs: "L", NeedsBelow: "L", Words: "cumulative"},
}

// Methods lists the scoring methods.
func Methods() []MethodInfo { return slices.Clone(methods) }

// Info is what the program has to know of the method. Of a name that is no method it is the line of profile, under that
// name: no overall score and no level.
func (m Method) Info() MethodInfo {
	for _, info := range methods {
		if info.Method == m {
			return info
		}
	}
	info := methods[0]
	info.Method = m
	return info
}

// AttainsLevels says whether the method finds a level attained, and so has sections and what keeps the next level away.
func (i MethodInfo) AttainsLevels() bool { return i.Gate != NoGate }

// HasOverall says whether the method gives an overall score.
func (i MethodInfo) HasOverall() bool { return i.Overall != NoScore }

// MethodsThat lists the names of the methods that a condition holds for, with "or" before the last, for texts.
func MethodsThat(hold func(MethodInfo) bool) string {
	var names []string
	for _, info := range methods {
		if hold(info) {
			names = append(names, string(info.Method))
		}
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
	return strings.Join(names, "")
}

// DefaultMethod is the method of a template that does not choose one: profile, which suits every template, or for one
// whose topics are levels the first method that attains levels by section.
func DefaultMethod(topicsAreLevels bool) Method {
	for _, info := range methods {
		if info.AttainsLevels() == topicsAreLevels {
			return info.Method
		}
	}
	return ""
}

// How a method that chooses the mean comes from criteria to the overall score.
const (
	AverageOfAverages = "average-of-averages"
	AllCriteria       = "all-criteria"
)

// Scoring says how answers become scores.
type Scoring struct {
	Method Method `yaml:"method" json:"method" validate:"required,oneof=profile mean weakest staged cumulative"`
	// Mean is for the method mean: average-of-averages (the default: topics count alike) or all-criteria.
	Mean string `yaml:"mean,omitempty" json:"mean,omitempty" validate:"omitempty,oneof=average-of-averages all-criteria"`
	// Also lists further methods, whose scores are shown beside those of the first.
	Also []Method `yaml:"also,omitempty" json:"also,omitempty" validate:"max=4,unique,dive,oneof=profile mean weakest staged cumulative"`
	// Gates is for a method by which sections gate: all-levels (the default) or above-lowest. See Template.CountsFor.
	Gates string `yaml:"gates,omitempty" json:"gates,omitempty" validate:"omitempty,oneof=all-levels above-lowest"`
}

// Info is the line of the method in the table of methods.
func (s Scoring) Info() MethodInfo { return s.Method.Info() }

// Using finds the first method of the table, among Method and Also, that a condition holds for.
func (s Scoring) Using(holds func(MethodInfo) bool) (MethodInfo, bool) {
	for _, info := range methods {
		if (s.Method == info.Method || slices.Contains(s.Also, info.Method)) && holds(info) {
			return info, true
		}
	}
	return MethodInfo{}, false
}

// MeanOfTopics says whether the overall score is the mean of the topics' scores.
func (s Scoring) MeanOfTopics() bool { return s.Info().ChoosesMean && s.Mean != AllCriteria }

// The achievement, in per cent, up to which the ratings N, P and L go; above the last it is F (ISO/IEC 33020:2019,
// process attribute rating scale).
const (
	UpToNotInPlace = 15
	UpToPartially  = 50
	UpToLargely    = 85
)

// RatingBounds are these bounds by the number that the rating has in Ratings.
var RatingBounds = [...]int{UpToNotInPlace, UpToPartially, UpToLargely}

// RatingBound is the achievement, in per cent, that must be exceeded for a rating, by its letter; 0 for N.
func RatingBound(letter string) int {
	for i, step := range Ratings {
		if step.Code == letter && i > 0 {
			return RatingBounds[i-1]
		}
	}
	return 0
}
