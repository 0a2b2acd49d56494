package scoring_test

import (
	"reflect"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/methods"
	"github.com/rubric-project/rubric/scoring"
)

var (
	north = models.Recipient{ID: "n", Groups: map[string]string{"region": "North"}}
	south = models.Recipient{ID: "s", Groups: map[string]string{"region": "South"}}
)

// askedInNorth asks the criteria of one region only.
func askedInNorth(t *models.Template, refs ...string) *models.Template {
	for _, ref := range refs {
		t.Criterion(ref).AppliesTo = map[string][]string{"region": {"north", "East"}}
	}
	return t
}

// A criterion that is not asked is in no number, no range and no blank; the topics stay in their places.
func TestNotAskedIsInNoFigure(t *testing.T) {
	tm := askedInNorth(levelsTemplate(methods.Mean), "1.2", "2.1")
	given := answers(t, "1.1=2 1.2=5 1.3=4")
	card := scoring.Score(tm.For(south), tm.Scoring, given)
	if o := card.Overall; o.Criteria != 2 || o.Answered != 2 || o.Blank != 0 || show(o.Score) != "3.000[3.000,3.000]" {
		t.Errorf("overall %+v", o)
	}
	if len(card.Topics) != 2 || card.Topics[1].Criteria != 0 || card.Topics[1].Score.High.Known() {
		t.Errorf("the topic of which nothing is asked: %+v", card.Topics)
	}
	whole := scoring.Score(tm.For(north), tm.Scoring, given)
	if o := whole.Overall; o.Criteria != 4 || o.Blank != 1 || o.Answered != 3 {
		t.Errorf("overall of one that is asked all: %+v", o)
	}
	if tm.For(north) != tm {
		t.Error("who is asked all has another template")
	}
}

// What is not asked keeps no level away, where a blank would.
func TestNotAskedKeepsNoLevelAway(t *testing.T) {
	given := answers(t, "p11=F a11=F a21=F p21=F")
	for _, x := range []struct {
		rc   models.Recipient
		want int
	}{{north, 1}, {south, 2}} {
		tm := askedInNorth(ladderTemplate(), "a22")
		tm.Criterion("a22").Weight = 100
		if card := scoring.Score(tm.For(x.rc), tm.Scoring, given); card.Staged.Low != x.want {
			t.Errorf("%s: at least level %d, want %d", x.rc.ID, card.Staged.Low, x.want)
		}
	}
}

// The consolidation counts for each criterion the returns that are asked it, whatever a workbook holds.
func TestConsolidateCountsThoseAsked(t *testing.T) {
	tm := askedInNorth(levelsTemplate(methods.Mean), "1.2")
	var members []models.Member
	for i, rc := range []models.Recipient{north, north, south, south, south} {
		rc.ID += string(rune('a' + i))
		members = append(members, models.Member{Recipient: rc, Return: new(models.Return{}.With(answers(t, "1.1=2 1.2=5 1.3=3")))})
	}
	c := scoring.Consolidate(tm, tm.Scoring, []string{"region"}, members)
	if v := c.Criteria[1]; v.Tally.Criteria != 2 || v.Answered != 2 || v.Blank != 0 || v.Distribution[4].Count != 2 {
		t.Errorf("criterion 1.2: %+v", v)
	}
	if v := c.Groups[1].Criteria[1]; v.Tally.Criteria != 0 || v.Answered != 0 {
		t.Errorf("criterion 1.2 in the South: %+v", v)
	}
	if v := c.Criteria[3]; v.Tally.Criteria != 5 || v.Blank != 5 {
		t.Errorf("criterion 2.1: %+v", v)
	}
	// The mean of the South rests on 1.1 and 1.3 alone.
	if x, _ := c.Groups[1].Overall.Mean.Get(); x != 2.5 {
		t.Errorf("mean of the South %v, want 2.5", x)
	}
}

// Over time, who is not asked a criterion now is not compared by it.
func TestCompareLeavesOutWhatIsNotAsked(t *testing.T) {
	tm := askedInNorth(levelsTemplate(methods.Mean), "1.2")
	side := func(text string) scoring.Side {
		return scoring.Side{Template: tm, Members: []models.Member{{Recipient: south, Return: new(models.Return{}.With(answers(t, text)))}}}
	}
	c := scoring.Compare(tm.Scoring, side("1.1=1 1.2=1 1.3=1"), side("1.1=1 1.2=5 1.3=1"), nil)
	if c.Criteria[1].Recipients != 0 || c.Recipients[0].Overall.Change.Or(9) != 0 || c.Recipients[0].Topics[0].Criteria != 2 {
		t.Errorf("%+v %+v", c.Criteria[1], c.Recipients[0])
	}
}

// Who is asked is found by all columns named, regardless of capital letters and spaces at the ends.
func TestApplies(t *testing.T) {
	c := models.Criterion{AppliesTo: map[string][]string{"Region": {"North", "Coast"}, "type": {"primary"}}}
	for _, x := range []struct {
		groups map[string]string
		want   bool
	}{
		{map[string]string{"Region": "North", "type": "primary"}, true},
		{map[string]string{"region ": " north", "Type": "PRIMARY"}, true},
		{map[string]string{"Region": "North", "type": "secondary"}, false},
		{map[string]string{"Region": "North"}, false},
		{map[string]string{"Region": "Northern", "type": "primary"}, false},
		{nil, false},
	} {
		if c.Applies(x.groups) != x.want {
			t.Errorf("%v: %v", x.groups, !x.want)
		}
	}
	all := models.Criterion{}
	if !all.Applies(nil) || !reflect.DeepEqual(all.AskedWhere(), "") || c.AskedWhere() != "Region is North or Coast and type is primary" {
		t.Errorf("%q", c.AskedWhere())
	}
}
