package headlines

// Charts is what stands beside a story, counted by the same rules.
type Charts struct {
	// Levels are all levels, lowest first, with who stands there; empty where the method attains none.
	Levels []Level
	// Held are the sections, or criteria, that keep recipients from their next level: by weight, heaviest first. Common is
	// the level at which most stand who have one to reach, and CommonCount how many these are; 0 where there is none.
	Held                []Held
	Common, CommonCount int
	// Ways are the recipients with a level to reach by how many steps it takes, by the level where they stand.
	Ways []Way
	// Lacking are the statements that would help most recipients up, heaviest first.
	Lacking []Lacking
	// Topics says how many returns have each topic in the lower and the upper half of their own topics, in template order.
	Topics []Halves
	// Doubtful counts the doubtful returns where topics stand apart as the returns are, and none without these; else it is 0.
	Doubtful int
	// Furthest are the criteria furthest short of the level to reach, furthest first, and Aim is that level.
	Furthest []Short
	Aim      int
	// Missing are the groups that hold most of what is outstanding.
	Missing []Missing
	// Up, Open and Down are the ids of recipients that rose, that moved unless blank answers undo it, and that fell. They
	// are empty in what leaves the office.
	Up, Open, Down []string
	// Ahead says of each return what lies before its next level, in the order of the members; empty in what leaves the
	// office.
	Ahead []Ahead
	// Own is what stands beside the story of one return; nil for others.
	Own *Own
}

// Ahead is what lies before a recipient's next level: the steps, and the sections or criteria that keep it away.
type Ahead struct {
	Member int
	Steps  int
	Held   []Away
}

// Own is what stands beside the story of one return.
type Own struct {
	// Apart are the topics that stand apart from the others.
	Apart []Apart
	// Steps are how far each section is from what the next level asks, nearest first.
	Steps []Away
	// Then are the achievements that sections had the last time.
	Then []Then
	// Moved are the statements that moved in the sections that decide about the next level, those that fell first.
	Moved []Shift
}

// Apart is a topic that stands apart from a recipient's others. Pairs is the share, from 0 to 1, of pairs of one criterion of
// the topic and one of another in which its own is the higher; ties count half.
type Apart struct {
	Topic string
	Pairs float64
}

// Away is how many steps a section, or a criterion, is from what the next level asks.
type Away struct {
	Topic, Theme, Ref string
	Steps             int
}

// Then is what a section achieved the last time, from 0 to 1.
type Then struct {
	Topic, Theme string
	Share        float64
}

// Shift is a criterion whose answer is not as it was.
type Shift struct {
	Ref       string
	Then, Now int
}

// Level is who stands at a level.
type Level struct {
	Number int
	// Before, Up, UpOpen, Down, DownOpen and New add up to all: as before (or without an earlier round), risen, risen
	// unless blanks undo it, fallen, fallen unless blanks undo it, and not there the last time.
	Before, Up, UpOpen, Down, DownOpen, New int
}

// Count is all who stand at the level.
func (l Level) Count() int { return l.Before + l.Up + l.UpOpen + l.Down + l.DownOpen + l.New }

// Held is a section, or a criterion, and whom it keeps from the next level.
type Held struct {
	Topic, Theme, Ref string
	// Near are three steps or fewer away for certain, Open depends on answers left blank, Far are the others.
	Near, Open, Far int
	// NearNow are three steps or fewer away as the answers stand, Common stand at the level Charts.Common.
	NearNow, Common int
	// Weight adds up 3 over the number of steps of each, at most 1.
	Weight float64
}

// Count is all whom it keeps back.
func (h Held) Count() int { return h.Near + h.Open + h.Far }

// Bounds are the numbers of steps up to which the columns of a Way go; the last is for more.
var Bounds = [...]int{3, 10, 20}

// Way is how many steps it takes those at a level to reach the next.
type Way struct {
	From, To int
	// Counts are by the columns of Bounds; Open of those in the first depend on answers left blank.
	Counts [len(Bounds) + 1]int
	Open   int
}

// Lacking is a criterion that recipients lack whom its section keeps from their next level.
type Lacking struct {
	Ref string
	// Kept lack it, Near of them are three steps or fewer away; Blank did not answer it.
	Kept, Near, Blank int
	// Weight adds up, over those who lack it, the weight of the recipient by the share of the scale that is missing.
	Weight float64
}

// Halves counts the returns that have a topic in the lower and the upper half of their own topics.
type Halves struct {
	Topic        string
	Lower, Upper int
	// Apart says that the topic stands apart by the test.
	Apart bool
}

// Short is a criterion and how far the returns are from the level to reach.
type Short struct {
	Ref string
	// Below of the N that answered it are below the level; Mean is how far all are, a return at the level or above 0.
	Below, N int
	Mean     float64
}

// Missing is a group and how many of its recipients are outstanding.
type Missing struct {
	Column, Value        string
	Recipients, Returned int
}
