package strictyaml

import "strings"

// Nearest finds the candidate that word most likely was meant to be, or "" when none is near: at most a third
// of its letters differ (one letter in words of up to four), regardless of case.
func Nearest(word string, candidates []string) string {
	best, bestDistance := "", 1<<30
	w := []rune(strings.ToLower(strings.TrimSpace(word)))
	for _, c := range candidates {
		x := []rune(strings.ToLower(c))
		limit := max(1, max(len(w), len(x))/3)
		if len(w)-len(x) > limit || len(x)-len(w) > limit {
			continue
		}
		if d := distance(w, x); d <= limit && d < bestDistance && d < max(len(w), len(x)) {
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
	if len(candidates) > 12 {
		return "known are: " + strings.Join(candidates[:12], ", ") + ", …"
	}
	return "known are: " + strings.Join(candidates, ", ")
}

// distance is the optimal string alignment distance: letters put in, left out, replaced, or two swapped.
func distance(a, b []rune) int {
	before, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return prev[len(b)]
}
