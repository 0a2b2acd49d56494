package cluster

import (
	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	register.DoFn4x1[ctx, []byte, func([]byte), func(int, []byte), error](&listFn{})
	register.DoFn4x1[ctx, []byte, func(int, []byte), func(int, []byte), error](&readFn{})
	register.DoFn4x1[ctx, int, func(*[]byte) bool, func(int, []byte), error](&keepFn{})
	register.DoFn6x1[ctx, int, func(*[]byte) bool, func(string, string), func(string, string), func(string, []byte), error](&lookFn{})
	register.DoFn3x1[string, func(*string) bool, func(string, int64), error](&pairFn{})
	register.DoFn3x1[string, func(*int64) bool, func(int, []byte), error](&copyFn{})
	register.DoFn3x1[string, func(*[]byte) bool, func(int, []byte), error](&besideFn{})
	register.DoFn6x1[ctx, int, func(*[]byte) bool, func(*[]byte) bool, func(*[]byte) bool, func(int, []byte), error](&finishFn{})
	register.DoFn3x1[ctx, int, func(*[]byte) bool, error](&manifestFn{})
	register.Emitter1[[]byte]()
	register.Emitter2[int, []byte]()
	register.Emitter2[string, []byte]()
	register.Emitter2[string, string]()
	register.Emitter2[string, int64]()
	register.Iter1[[]byte]()
	register.Iter1[string]()
	register.Iter1[int64]()
}

// Build adds the pipeline to a scope. What it computes:
//
//	list → read → (by shard) → look: prints by digest, what came together by file
//	                             prints → pairs → copies (by shard)
//	                             together → evidence (by shard)
//	                           → finish (reads, copies, evidence of the shard): shards of data, register, tallies
//	             (by file)  → keep what was read
//	all → figures, manifest
func Build(s beam.Scope, o Options) {
	files, passed := beam.ParDo2(s.Scope("List"), &listFn{o}, beam.Impulse(s))
	parts, read := beam.ParDo2(s.Scope("Read"), &readFn{o}, beam.Reshuffle(s, files))
	byShard := beam.Flatten(s, passed, parts)

	texts, all, together := beam.ParDo3(s.Scope("Decide"), &lookFn{o}, beam.GroupByKey(s, byShard))
	copied := s.Scope("Copied answers")
	pairs := beam.Flatten(copied, beam.ParDo(copied, &pairFn{}, beam.GroupByKey(copied, texts)),
		beam.ParDo(copied, &pairFn{All: true}, beam.GroupByKey(copied, all)))
	copies := beam.ParDo(copied, &copyFn{o}, beam.GroupByKey(copied, pairs))
	kept := beam.ParDo(s.Scope("Evidence"), &besideFn{}, beam.GroupByKey(s, together))

	finished := beam.ParDo(s.Scope("Score and write"), &finishFn{o}, beam.CoGroupByKey(s, byShard, copies, kept))
	stored := beam.ParDo(s.Scope("Keep"), &keepFn{o}, beam.GroupByKey(s, read))
	beam.ParDo0(s.Scope("Manifest"), &manifestFn{o}, beam.GroupByKey(s, beam.Flatten(s, finished, stored)))
}
