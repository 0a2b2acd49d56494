package pdf

import (
	"fmt"
	"strings"
	"time"

	"github.com/rubric-project/rubric/models"
)

// words are the reports' own words in one language. %s, %d and the like stand for what is put in, in the
// order that the English words show; Languages lists what there is.
type words struct {
	tag     string
	decimal string
	months  [12]string
	date    string // the verbs %[1]d day, %[2]s month, %[3]d year

	Page                 string
	Summary              string
	Logo                 string
	CompletedBy          string
	SignedBy             string
	DateCompleted        string
	Answers              string
	AnswersOf            string
	NotApplicable        string
	Blank                string
	BlankWord            string
	NotGiven             string
	Headline             string
	NoSingleScore        string
	ProfileNote          string
	Strongest            string
	Weakest              string
	AllTopics            string
	HalfAt               string
	OverallMean          string
	OverallLowest        string
	LevelAttained        string
	Entry                string
	RangeLevels          string
	RangeScore           string
	NothingAnswered      string
	KeepsAway            string
	KeepsAwayOne         string
	Top                  string
	NothingKeeps         string
	Section              string
	Criterion            string
	Has                  string
	Needs                string
	Achievement          string
	Short                string
	AtLeastL             string
	Unrated              string
	ByTopic              string
	ByTopicAlone         string
	RadarAlt             string
	BarsAlt              string
	You                  string
	Median               string
	Quartiles            string
	LegendBox            string
	LegendNoGroup        string
	SectionsTitle        string
	SectionsNote         string
	LevelHead            string
	Bar                  string
	Sustaining           string
	TopicTheme           string
	TopicThemeNote       string
	Topic                string
	Theme                string
	All                  string
	NCount               string
	NoCriterion          string
	Levels               string
	LevelsAlt            string
	Strengths            string
	StrengthsNote        string
	NoStrengths          string
	Priorities           string
	PrioritiesNote       string
	PrioritiesNoteStaged string
	NoPriorities         string
	Now                  string
	Next                 string
	Who                  string
	TargetIs             string
	LowestStatements     string
	NextSteps            string
	Questions            string
	Question             string
	QuestionAnswer       string
	FurtherMethods       string
	NameMean             string
	NameWeakest          string
	NameStaged           string
	NameCumulative       string
	NextStepsNote        string
	Risks                string
	RisksNote            string
	RisksNoteOne         string
	NoRisks              string
	RisksBlank           string
	Targets              string
	TargetsNote          string
	TargetsAlt           string
	NoTargets            string
	Current              string
	Target               string
	WithTarget           string
	AtTarget             string
	Change               string
	ChangeNote           string
	Before               string
	Difference           string
	Groups               string
	GroupsNote           string
	AllReturns           string
	Suppressed           string
	Returns              string
	Comments             string
	Method               string
	MethodProfile        string
	MethodMean           string
	MethodMeanAll        string
	MethodWeakest        string
	MethodStaged         string
	MethodCumulative     string
	MethodN              string
	MethodBlank          string
	MethodNoBlank        string
	MethodGroups         string
	MethodChoice         string
	MethodMissing        string
	MethodSource         string
	Figures              string
	FiguresNote          string
	Answered             string
	NA                   string
	Mean                 string
	Lowest               string
	Score                string
	Low                  string
	High                 string
	Rating               string
	Everything           string
	Evidence             string
	Comment              string
	Ref                  string
	NotAnswered          string

	// Of the overview.
	Overview            string
	Recipients          string
	Returned            string
	Outstanding         string
	Due                 string
	ResponseLine        string
	ReturnedLate        string
	ToCorrect           string
	StrongestAll        string
	WeakestAll          string
	MedianAll           string
	AllSuppressed       string
	Distribution        string
	DistributionNote    string
	DistributionAlt     string
	Attained            string
	AttainedNote        string
	Share               string
	RoundPriorities     string
	RoundPrioritiesNote string
	RisksRound          string
	RisksRoundNote      string
	StillTrue           string
	Response            string
	Group               string
	ResponseRate        string
	OutstandingList     string
	GroupsCompared      string
	GroupsComparedNote  string
	HeatMap             string
	HeatMapNote         string
	HeatMapWithheld     string
	HeatMapFew          string
	Recipient           string
	Overall             string
	Changed             string
	ChangedNote         string
	ChangedFew          string
	MedianChange        string
	MedianLevel         string
	KeptBack            string
	KeptBackNote        string
	GroupsNone          string
	EverythingNote      string
}

// languages are the words there are; the first stands in where there are none.
var languages = []*words{&british, &american, &spanish}

// Languages lists the BCP 47 tags of the languages that reports can be printed in.
func Languages() []string {
	var out []string
	for _, w := range languages {
		out = append(out, w.tag)
	}
	return out
}

// wordsFor finds the words for a language tag: the same tag, else the same language.
func wordsFor(tag string) (w *words, exact bool) {
	for _, w := range languages {
		if strings.EqualFold(w.tag, tag) {
			return w, true
		}
	}
	language, _, _ := strings.Cut(strings.ToLower(tag), "-")
	for _, w := range languages {
		if l, _, _ := strings.Cut(w.tag, "-"); l == language {
			return w, true
		}
	}
	return languages[0], false
}

// day writes a date as people read it.
func (w *words) day(t time.Time) string {
	return fmt.Sprintf(w.date, t.Day(), w.months[t.Month()-1], t.Year())
}

// number writes a figure with the given decimals.
func (w *words) number(f models.Figure, places int) string {
	return strings.Replace(f.Format(places), ".", w.decimal, 1)
}

// percent writes a share from 0 to 1 with one decimal.
func (w *words) percent(f models.Figure) string {
	v, ok := f.Get()
	if !ok {
		return f.Format(0)
	}
	return w.number(models.Some(v*100), 1) + "%"
}

// score writes a score by the method in force.
func (p *Printer) score(f models.Figure) string {
	if p.methodInfo().Score.Share() {
		return p.words.percent(f)
	}
	return p.words.number(f, 2)
}

// share is how far along the scale a score lies, from 0 to 1.
func (p *Printer) share(v float64) float64 {
	if p.methodInfo().Score.Share() {
		return v
	}
	s := p.template.LevelScale()
	low, high := float64(s.Lowest()), float64(s.Highest())
	return (v - low) / (high - low)
}
