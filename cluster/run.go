package cluster

import (
	"context"
	"crypto/rand"
	"path/filepath"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/rubric-project/rubric/buckets/bucket"
)

// Run runs the pipeline on a runner by its name in Beam, which must be built in, waits for its end and finishes the round. The
// round's folder is locked for as long.
func Run(ctx context.Context, runner string, o Options) (*Done, error) {
	for _, dir := range []*string{&o.Round, &o.Out, &o.Results} {
		if *dir == "" || bucket.Is(*dir) {
			continue
		}
		var err error
		if *dir, err = filepath.Abs(*dir); err != nil {
			return nil, err
		}
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	if o.FinishOnly {
		m, err := ReadManifest(o.Out)
		if err != nil {
			return nil, err
		}
		o.Now = m.AsOf
	}
	of := o.office()
	f, unlock, notes, err := o.openToWrite(ctx, of)
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
	if err := o.giveBack(ctx, f.Dir); err != nil {
		return nil, err
	}
	return done, nil
}

// pipeline runs the pipeline.
func (o Options) pipeline(ctx context.Context, runner string) error {
	o.Run = rand.Text()
	defer o.close()
	if _, err := o.round(); err != nil { // what is wrong with the round is said here, and not by a worker
		return err
	}
	out, err := placeOf(o.Out)
	if err != nil {
		return err
	}
	if err := out.remove(ctx, ManifestName); err != nil {
		return err
	}
	p, s := beam.NewPipelineWithRoot()
	Build(s, o)
	_, err = beam.Run(ctx, runner, p)
	return err
}
