package consolidated_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestTmpSpanish(t *testing.T) {
	dir := t.TempDir()
	var order, files []string
	var cached []map[string]cachedCell
	for name, in := range spanishRounds(t) {
		book := consolidatedBytes(t, in)
		file := filepath.Join(dir, name+".xlsx")
		os.WriteFile(file, book, 0o600)
		order, files, cached = append(order, name), append(files, file), append(cached, formulaCells(t, book))
	}
	seen := make([]int, len(files))
	for _, line := range recalculated(t, 0, files) {
		part := strings.SplitN(line, "\t", 5)
		n, _ := strconv.Atoi(part[0])
		if part[3] == "r" {
			continue
		}
		want, ok := cached[n][part[1]+"!"+part[2]]
		if !ok {
			continue
		}
		seen[n]++
		if !want.is(part[3], part[4]) {
			t.Errorf("%s, sheet %s, %s: cached %s, LibreOffice computes %s %s\n\t=%s", order[n], part[1], part[2], want, part[3], part[4], want.formula)
		}
	}
	for i := range files {
		t.Logf("%s: %d of %d", order[i], seen[i], len(cached[i]))
		if seen[i] != len(cached[i]) {
			t.Errorf("%s: %d of %d", order[i], seen[i], len(cached[i]))
		}
	}
}
