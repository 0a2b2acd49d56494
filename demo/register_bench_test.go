package demo_test

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/rubric-project/rubric/demo"
	"github.com/rubric-project/rubric/office"
)

// BenchmarkRegister takes in a round of 300 recipients: with no file read before, with all of them read before, and with
// one new return among them. The number of files that are parsed is reported beside the time.
func BenchmarkRegister(b *testing.B) {
	ctx := context.Background()
	var parsed atomic.Int64
	o := &office.Office{Jobs: 1, Parsed: func(string) { parsed.Add(1) }}
	dir := filepath.Join(b.TempDir(), "round")
	if _, err := demo.Play(ctx, o, demo.Options{Dir: dir, Template: "uk-dmm", Recipients: 300, Seed: demo.Seed}); err != nil {
		b.Fatal(err)
	}
	takeIn := func(b *testing.B) {
		f, err := o.Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := o.TakeIn(ctx, f); err != nil {
			b.Fatal(err)
		}
	}
	entries, err := os.ReadDir(filepath.Join(dir, "returns"))
	if err != nil {
		b.Fatal(err)
	}
	late := filepath.Join(dir, "returns", entries[0].Name())
	content, err := os.ReadFile(late)
	if err != nil {
		b.Fatal(err)
	}
	for _, x := range []struct {
		name    string
		prepare func() error
	}{
		{"nothing read before", func() error { return os.RemoveAll(filepath.Join(dir, ".rubric", "read")) }},
		{"nothing changed", func() error { return nil }},
		{"one new return", func() error { // that what is known of it is forgotten takes a run without it
			if err := os.Remove(late); err != nil {
				return err
			}
			takeIn(b)
			return os.WriteFile(late, content, 0o644)
		}},
	} {
		b.Run(x.name, func(b *testing.B) {
			takeIn(b)
			var files int64
			for b.Loop() {
				b.StopTimer()
				if err := x.prepare(); err != nil {
					b.Fatal(err)
				}
				before := parsed.Load()
				b.StartTimer()
				takeIn(b)
				files += parsed.Load() - before
			}
			b.ReportMetric(float64(files)/float64(b.N), "files/op")
		})
	}
}
