package returns

import (
	"strings"

	"github.com/rubric-project/rubric/models"
)

// shortestNear is the number of characters from which on a text can be nearly a choice: with fewer, too much is near.
const shortestNear = 4

// near finds the one choice that a text which is none comes close to: it begins like its name, or differs from it by at
// most two letters. It is only a hint for who asks the sender.
func (c *choices) near(text string) (models.Choice, bool) {
	k := clean(text)
	if len(k) < shortestNear || len(k) > 200 {
		return models.Choice{}, false
	}
	var found []models.Choice
	for _, w := range c.words {
		if len(w.word) < shortestNear || !strings.HasPrefix(w.word, k) && apart([]rune(k), []rune(w.word)) > 2 {
			continue
		}
		if len(found) == 0 || found[0] != w.choice {
			found = append(found, w.choice)
		}
	}
	if len(found) != 1 {
		return models.Choice{}, false
	}
	return found[0], true
}

// apart counts the letters to add, leave out or change between two words (Levenshtein).
func apart(a, b []rune) int {
	if d := len(a) - len(b); d > 2 || d < -2 {
		return 3
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(diagonal+1, row[j]+1, cost)
		}
	}
	return row[len(b)]
}
