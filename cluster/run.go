package cluster

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
)

// Run runs the pipeline on a runner by its name in Beam, which must be built in, waits for its end and finishes the round. The
// round's folder is locked for as long.
func Run(ctx context.Context, runner string, o Options) (*Done, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	for _, dir := range []*string{&o.Round, &o.Out} {
		var err error
		if *dir, err = filepath.Abs(*dir); err != nil {
			return nil, err
		}
	}
	if within(o.Out, o.Round) {
		return nil, errors.New("the shards must not lie in the round's folder: choose another one")
	}
	if o.FinishOnly {
		m, err := ReadManifest(o.Out)
		if err != nil {
			return nil, err
		}
		o.Now = m.AsOf
	}
	of := o.office()
	f, unlock, notes, err := of.OpenToWrite(o.Round, "rubric-cluster")
	if err != nil {
		return nil, err
	}
	defer unlock()
	if !o.FinishOnly {
		if err := o.pipeline(ctx, runner); err != nil {
			return nil, err
		}
	}
	done, err := Finish(ctx, o, of, f)
	if err != nil {
		return nil, err
	}
	done.Notes = append(notes, done.Notes...)
	return done, nil
}

// pipeline runs the pipeline.
func (o Options) pipeline(ctx context.Context, runner string) error {
	o.Run = rand.Text()
	defer o.close()
	if _, err := o.round(); err != nil { // what is wrong with the round is said here, and not by a worker
		return err
	}
	if err := removeIfThere(filepath.Join(o.Out, ManifestName)); err != nil {
		return err
	}
	p, s := beam.NewPipelineWithRoot()
	Build(s, o)
	_, err := beam.Run(ctx, runner, p)
	return err
}
