package office

import (
	"context"
	"slices"
	"time"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/xlsx"
)

// readReturns reads the files of returns/, in the order of their paths, and says what was passed over.
func (o *Office) readReturns(ctx context.Context, f *Folder) ([]models.Return, []models.Finding, error) {
	files, passedOver, err := f.ReturnFiles()
	if err != nil {
		return nil, nil, err
	}
	opt := o.ReadOptions(f)
	returns := make([][]models.Return, len(files))
	found := make([][]models.Finding, len(files))
	var packer models.Packer
	err = o.Each(ctx, "reading returns", len(files), func(i int) error {
		returns[i], found[i] = readFile(ctx, f, files[i], opt)
		for k := range returns[i] {
			returns[i][k].Pack(&packer)
		}
		return ctx.Err()
	})
	return slices.Concat(returns...), append(passedOver, slices.Concat(found...)...), err
}

// readFile reads one file of returns/. What it holds came when the file did, or earlier where its message says so.
func readFile(ctx context.Context, f *Folder, file round.ReturnFile, opt xlsx.ReadOptions) ([]models.Return, []models.Finding) {
	src, err := f.OpenReturn(file.File)
	if err != nil {
		return []models.Return{{File: file.File, Received: file.Modified, Findings: []models.Finding{
			models.NewFinding(models.FileUnreadable, models.Origin{File: file.File}, "The file could not be opened: "+err.Error()+".")}}}, nil
	}
	defer src.Close()
	out, findings := read(ctx, file.File, src, file.Size, opt)
	came := file.Modified.UTC().Truncate(time.Second)
	for i := range out {
		if d := out[i].Received; d.IsZero() || !d.Before(came) {
			out[i].Received = came
		}
	}
	return out, findings
}
