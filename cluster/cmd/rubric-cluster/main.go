// Command rubric-cluster takes a round in on a cluster: see docs/cluster.md. It runs a pipeline of package cluster on a runner of
// Apache Beam.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx" // all runners

	"github.com/rubric-project/rubric/cluster"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
)

// A worker is this same program, which beam.Init never lets come back from.
func main() {
	var o cluster.Options
	flag.StringVar(&o.Round, "round", "", "the round's folder, as every worker reaches it, or its bucket: s3://, gs://, azblob://")
	flag.StringVar(&o.Returns, "returns", "", "the bucket that the returns lie in, in place of the round's folder returns/")
	flag.StringVar(&o.Out, "out", "", "the folder for the shards, as every worker reaches it, or a bucket")
	flag.StringVar(&o.Results, "results", "", "the folder or bucket to write results/ of a round in a bucket to; without it, the round's own")
	flag.IntVar(&o.Shards, "shards", 0, "into how many shards the recipients are divided; 0 for one for every 5,000")
	flag.BoolVar(&o.Reports, "report", false, "write the summaries into results/pdf/ too")
	flag.BoolVar(&o.FinishOnly, "finish", false, "the pipeline has run: only write results/ from its shards")
	flag.Usage = usage
	flag.Parse()
	beam.Init()
	os.Exit(run(o))
}

func usage() {
	fmt.Fprint(flag.CommandLine.Output(), `Usage: rubric-cluster --round PLACE --out PLACE [--returns BUCKET] [--shards N] [--runner prism|dataflow|flink|spark …]

It reads the returns of a round on many workers, writes what comes out as shards to --out, and results/ of the round as
rubric does. docs/cluster.md says how each runner is started. All flags, Beam's own among them:
`)
	flag.PrintDefaults()
}

// run is the exit status: 0, 1 where there are findings of severity error, 2 for wrong usage, 3 where it could not be done.
func run(o cluster.Options) int {
	o.Now, o.Version, o.Jobs = time.Now(), version(), runtime.NumCPU()
	if o.Round == "" || o.Out == "" || flag.NArg() > 0 {
		usage()
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	done, err := cluster.Run(ctx, runner(), o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "rubric-cluster:", err)
		if office.IsMisuse(err) {
			return 2
		}
		return 3
	}
	for _, n := range done.Notes {
		fmt.Fprintln(os.Stderr, "note:", n.Text)
	}
	fmt.Printf("%d of %d recipients returned. results/ is written; %s lists %d files in %d shards.\n", done.Manifest.Returned, done.Manifest.Recipients,
		cluster.ManifestName, len(done.Manifest.Files), done.Manifest.Shards)
	if errors, _, _ := models.Count(done.Findings); errors > 0 {
		return 1
	}
	return 0
}

// runner is the one that Beam's flag names.
func runner() string {
	if f := flag.Lookup("runner"); f != nil && f.Value.String() != "" {
		return f.Value.String()
	}
	return "prism"
}

// version is the program's own, as the build has it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
