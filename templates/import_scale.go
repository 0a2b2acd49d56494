package templates

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// ParseLevels reads a scale as a person gives it: "1=Initial,2=Managed,3=Optimised", numbered upwards from 0 or 1
// without gaps, or a number such as 5 for the levels 1 to 5 without names of their own.
func ParseLevels(s string) ([]models.Level, error) {
	s = tidy(s)
	if n, err := strconv.Atoi(s); err == nil {
		if n < 2 || n > mostLevels {
			return nil, fmt.Errorf("a scale of %s cannot be made; give a number from 2 to %d", text.Count(n, "level", "levels"), mostLevels)
		}
		var out []models.Level
		for i := range n {
			out = append(out, namedLevel(i+1, "", ""))
		}
		return out, nil
	}
	var out []models.Level
	for _, part := range strings.Split(s, ",") {
		number, name, ok := strings.Cut(part, "=")
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if !ok || err != nil || tidy(name) == "" {
			return nil, fmt.Errorf("the level %q is not of the form number=name; write such as 1=Initial,2=Managed, or how many levels there are", text.Head(part, 60))
		}
		if k := len(out); k == 0 && (n < 0 || n > 1) || k > 0 && n != out[k-1].Number+1 {
			return nil, fmt.Errorf("level %d is out of order; number the levels upwards from 0 or 1 without gaps", n)
		}
		out = append(out, namedLevel(n, name, ""))
	}
	if len(out) < 2 || len(out) > mostLevels {
		return nil, fmt.Errorf("there is a scale of %s; give 2 to %d levels", text.Count(len(out), "level", "levels"), mostLevels)
	}
	return out, nil
}

// namedLevel makes a step of a scale; without a name it is called by its number, and without a meaning its name
// stands for it.
func namedLevel(number int, name, meaning string) models.Level {
	name, meaning = plainText(name), plainText(meaning)
	if name == "" {
		name = "Level " + strconv.Itoa(number)
	}
	short := headline(name)
	if meaning == "" {
		meaning = name
	} else if short != name {
		meaning = name + ". " + meaning
	}
	return models.Level{Number: number, Name: short, Meaning: opening(meaning, 400)}
}

// distinctNames gives levels that are named alike their numbers too.
func distinctNames(levels []models.Level) {
	names := newSeen()
	for i := range levels {
		if _, twice := names.add(levels[i].Name); twice {
			levels[i].Name = text.Head(levels[i].Name, 50) + fmt.Sprintf(" (%d)", levels[i].Number)
			names.add(levels[i].Name)
		}
	}
}
