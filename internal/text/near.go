package text

import "strings"

// Nearest finds the candidate that word most likely was meant to be, or "" when none is near: at most a third
// of its letters differ (one letter in words of up to four), regardless of case.
func Nearest(word string, candidates []string) string {
	best, bestDistance := "", 1<<30
	w := []rune(strings.ToLower(strings.TrimSpace(word)))
	for _, c := range candidates {
		x := []rune(strings.ToLower(c))
		limit := max(1, max(len(w), len(x))/3)
		if d := distance(w, x, limit, true); d <= limit && d < bestDistance && d < max(len(w), len(x)) {
			best, bestDistance = c, d
		}
	}
	return best
}

// DidYouMean is a remedy: the nearest candidate if there is one, or else the list of all, up to twelve.
func DidYouMean(word string, candidates []string) string {
	if c := Nearest(word, candidates); c != "" {
		return `did you mean "` + c + `"?`
	}
	if len(candidates) == 0 {
		return ""
	}
	return "known are: " + FirstFew(candidates, 12, ", ", ", …")
}

// Distance counts the letters to add, leave out or change between two words (Levenshtein), up to most; of
// words that are further apart it says most+1.
func Distance(a, b []rune, most int) int { return distance(a, b, most, false) }

// distance is Distance; with swaps, two letters that stand in each other's place count as one slip and not as two
// (optimal string alignment).
func distance(a, b []rune, most int, swaps bool) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > most || apart(a, b) > most {
		return most + 1
	}
	before, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		// Only cells within most of the diagonal can end in a distance of at most most; those beyond hold
		// more than that.
		from, to := max(1, i-most), min(len(b), i+most)
		row[from-1] = most + 1
		if from == 1 {
			row[0] = i
		}
		least := row[from-1]
		for j := from; j <= to; j++ {
			cost := prev[j-1]
			if a[i-1] != b[j-1] {
				cost++
			}
			if j < i+most {
				cost = min(cost, prev[j]+1)
			}
			cost = min(cost, row[j-1]+1)
			if swaps && i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cost = min(cost, before[j-2]+1)
			}
			row[j] = cost
			least = min(least, cost)
		}
		// A swap reaches back two rows, and yet no row holds less than the one before it.
		if least > most {
			return most + 1
		}
		before, prev, row = prev, row, before
	}
	return min(prev[len(b)], most+1)
}

// apart is a lower bound of the distance: the letters of one word that the other does not have as often.
func apart(a, b []rune) int {
	var count [64]int
	for _, r := range a {
		count[r&63]++
	}
	for _, r := range b {
		count[r&63]--
	}
	more, fewer := 0, 0
	for _, n := range count {
		more += max(n, 0)
		fewer += max(-n, 0)
	}
	return max(more, fewer)
}
