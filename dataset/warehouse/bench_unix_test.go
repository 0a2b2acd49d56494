//go:build unix

package warehouse_test

import (
	"fmt"
	"testing"
)

// BenchmarkMillion loads a round of 1,008,800 answers, loads it again, loads another beside it, and asks every question of
// docs/warehouse.md. Run it with -benchtime 1x.
func BenchmarkMillion(b *testing.B) {
	address := postgres(b).database(b)
	const recipients, criteria = 13_000, 97
	first := round("first", "2026-05-01", recipients, criteria, 0)
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			load(b, address, first)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			load(b, address, first)
		}
	})
	load(b, address, round("second", "2027-05-01", recipients, criteria, 1))
	conn := connect(b, address)
	if n := query(b, conn, "SELECT count(*) FROM rubric.answers WHERE round = 'first'")[0]; n != "1008800" {
		b.Fatal(n)
	}
	questions, _ := asked(b)
	for i, q := range questions {
		b.Run(fmt.Sprintf("question %d", i+1), func(b *testing.B) {
			rows := 0
			for b.Loop() {
				rows = len(query(b, conn, of("second", q)))
			}
			b.ReportMetric(float64(rows), "rows")
		})
	}
}
