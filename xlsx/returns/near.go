package returns

import (
	"strings"

	"github.com/rubric-project/rubric/internal/text"
	"github.com/rubric-project/rubric/models"
)

// shortestNear is the number of characters from which on a text can be nearly a choice: with fewer, too much is near.
const shortestNear = 4

// farthestNear is by how many letters it may differ.
const farthestNear = 2

// near finds the one choice that a text which is none comes close to: it begins like its name, or differs from it by at
// most two letters. It is only a hint for who asks the sender.
func (c *choices) near(held string) (models.Choice, bool) {
	k := clean(held)
	if len(k) < shortestNear || len(k) > 200 {
		return models.Choice{}, false
	}
	var found []models.Choice
	for _, w := range c.words {
		if len(w.word) < shortestNear || !strings.HasPrefix(w.word, k) && text.Distance([]rune(k), []rune(w.word), farthestNear) > farthestNear {
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
