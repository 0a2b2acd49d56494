package pdf_test

import (
	"bytes"
	"testing"
)

// BenchmarkSummary draws summaries as 'rubric report' does, one Printer for all.
func BenchmarkSummary(b *testing.B) {
	for _, id := range []string{"uk-dmm", "csis-cdm3"} {
		b.Run(id, func(b *testing.B) {
			c := castOf(b, builtin(b, id), "a4", 24, 0.96)
			p := printer(b, c)
			in := c.input(0)
			var out bytes.Buffer
			b.ReportAllocs()
			for b.Loop() {
				out.Reset()
				if _, err := p.Summary(&out, in); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(out.Len()), "file-bytes")
		})
	}
}
