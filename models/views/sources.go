package views

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Sources writes which views stand in a consensus workbook, each by its part and the content of its file: it stands in
// the place of a part's topics, whose ids have no comma either, and the seal covers it.
func Sources(list []View) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = source(v.Part.ID, v.Digest)
	}
	return out
}

// source is a part and a file's content, short: 32 bits of a digest of the one, and of the other's.
func source(part, digest string) string {
	sum := sha256.Sum256([]byte(part))
	return hex.EncodeToString(sum[:4]) + "=" + digest[:min(8, len(digest))]
}

// In says whether a view stands in a consensus workbook with these sources: as it is, or in an earlier form of the same
// respondent's.
func In(sources []string, v View) (asItIs, earlier bool) {
	own := source(v.Part.ID, v.Digest)
	who, _, _ := strings.Cut(own, "=")
	for _, s := range sources {
		if s == own {
			return true, false
		}
		if at, _, _ := strings.Cut(s, "="); at == who {
			earlier = true
		}
	}
	return false, earlier
}
