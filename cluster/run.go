package cluster

import (
	"context"
	"crypto/rand"
	"path/filepath"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/rubric-project/rubric/office"
)

// Run runs the pipeline on a runner by its name in Beam, which must be built in, waits for its end and finishes the round. The
// round's folder is locked for as long.
func Run(ctx context.Context, runner string, o Options) (*Manifest, office.ConsolidateResult, error) {
	var none office.ConsolidateResult
	if err := o.check(); err != nil {
		return nil, none, err
	}
	of := o.office()
	f, unlock, _, err := of.OpenToWrite(o.Round, "rubric-cluster")
	if err != nil {
		return nil, none, err
	}
	defer unlock()
	o.Run = rand.Text()
	defer o.close()
	if _, err := o.round(); err != nil {
		return nil, none, err
	}
	if err := removeIfThere(filepath.Join(o.Out, ManifestName)); err != nil {
		return nil, none, err
	}
	p, s := beam.NewPipelineWithRoot()
	Build(s, o)
	if _, err := beam.Run(ctx, runner, p); err != nil {
		return nil, none, err
	}
	return Finish(ctx, o, of, f)
}
