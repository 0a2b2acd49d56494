package dataset_test

import (
	"io"
	"testing"

	"github.com/rubric-project/rubric/dataset"
)

// BenchmarkWrite writes a round of 5,000 recipients and 97 criteria, a third of them outstanding.
func BenchmarkWrite(b *testing.B) {
	in := invented(5000, 97)
	b.Run("csv", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, t := range dataset.Tables(in) {
				if err := dataset.WriteCSV(io.Discard, in, t); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("parquet", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, t := range dataset.Tables(in) {
				if err := dataset.WriteParquet(b.Context(), io.Discard, in, t); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("database", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := dataset.WriteDatabase(b.Context(), io.Discard, in); err != nil {
				b.Fatal(err)
			}
		}
	})
}
