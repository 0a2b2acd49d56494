package desk_test

import (
	"os"
	"testing"
	"time"

	"github.com/rubric-project/rubric/desk"
)

// BenchmarkPages asks for each page of a round again and again, as it is unchanged: RUBRIC_BENCH_ROUND names the folder
// ('go run ./bench -make DIR -recipients 12000' makes a large one). It reports the milliseconds of the first page after the
// round was opened, which reads everything, and for each page its time and size.
func BenchmarkPages(b *testing.B) {
	dir := os.Getenv("RUBRIC_BENCH_ROUND")
	if dir == "" {
		b.Skip("RUBRIC_BENCH_ROUND names no round")
	}
	begun := time.Now()
	v := visit(b, dir) // who is let in is at the overview at once
	base := "/r/" + desk.KeyOf(dir) + "/"
	b.Logf("the first page: %d ms", time.Since(begun).Milliseconds())
	for _, page := range []string{"overview", "recipients", "send", "returns", "decide", "results", "results?t=1", "compare", "files", "history", "template"} {
		v.get(base + page) // what is worked out once for a look at the round
		b.Run(page, func(b *testing.B) {
			size := 0
			for b.Loop() {
				text, _, status := v.get(base + page)
				if size = len(text); status != 200 {
					b.Fatalf("%d", status)
				}
			}
			b.ReportMetric(float64(size)/1000, "kB")
		})
	}
}
