// Package headlines is what a report says in sentences, as data: the findings of a round, of a group or of one return, each
// with the figures that it rests on, and what the charts beside them draw.
//
// Package scoring/story makes a Story from the scores; reports, the consolidated workbook and messages show it. It holds no
// rule of its own.
package headlines

// Rule names the rule that a sentence is said by.
type Rule string

// The rules, in the order in which their sentences are said. Caveat and Response come last, whenever they are said.
const (
	Change      Rule = "change"     // levels, or a topic, moved since the earlier round
	Result      Rule = "result"     // how many stand at which level; or the topics that stand apart
	InHalves    Rule = "halves"     // how many have a topic in the lower or upper half of their own topics
	HoldsBack   Rule = "holds-back" // what keeps most from their next level
	Near        Rule = "near"       // how many are near their next level
	FurthestOff Rule = "furthest"   // the criteria furthest short of the level to reach
	Risk        Rule = "risk"       // a symptom that many say is still true
	Targets     Rule = "targets"    // how far the targets lie above
	Group       Rule = "group"      // a group stands apart
	Caveat      Rule = "caveat"     // what is outstanding, and what it could change
	Response    Rule = "response"   // how many returned, where nothing else can be said
	NextLevel   Rule = "next-level" // a recipient's: what the next level asks
	Steps       Rule = "steps"      // a recipient's: how far it is
	FirstToDo   Rule = "first"      // a recipient's: with which criteria to begin
	Moved       Rule = "moved"      // a recipient's: answers that moved
	Beside      Rule = "beside"     // a recipient's: where the round stands
)

// Most is the number of sentences that a story has at most.
const Most = 5

// Story is what is said, the most important first.
type Story struct {
	Items []Item
	// Charts is what stands beside it.
	Charts Charts
	// Digest tells whether the figures that the sentences take have changed.
	Digest string
	// Edited says that the office has put its own text in place of the sentences.
	Edited bool
}

// Item is one finding.
type Item struct {
	Rule Rule
	// Text is the sentence without a full stop, since it may be set as a heading. More qualifies it, with full stops.
	Text, More string
	// Title is the finding in the fewest words, as a chart's title.
	Title string
	// Figures are those that the sentence takes, in its order.
	Figures []Figure
}

// Sentence is the finding as running text.
func (x Item) Sentence() string {
	text := x.Text
	if text != "" && text[len(text)-1] != '.' && text[len(text)-1] != '?' {
		text += "."
	}
	if x.More != "" {
		text += " " + x.More
	}
	return text
}

// Figure is a number in a sentence, and what it counts.
type Figure struct {
	Name  string
	Value float64
}

// Item finds what a rule says; nil where it says nothing.
func (s *Story) Item(rule Rule) *Item {
	if s == nil {
		return nil
	}
	for i := range s.Items {
		if s.Items[i].Rule == rule {
			return &s.Items[i]
		}
	}
	return nil
}

// Title is the title of the chart that draws what a rule says, or other where it says nothing.
func (s *Story) Title(rule Rule, other string) string {
	if x := s.Item(rule); x != nil && x.Title != "" {
		return x.Title
	}
	return other
}
