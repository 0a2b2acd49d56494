package cluster

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/apart"
)

// Done is what a run came to.
type Done struct {
	Manifest *Manifest
	// Consolidation is what results/consolidated.xlsx shows, Findings what results/findings.xlsx does.
	office.ConsolidateResult
	// Summaries counts those in results/pdf/, where they were asked for.
	Summaries int
}

// Finish writes results/ of the round from what a run has written, as one machine does: the findings, the consolidated workbook
// and the data, and where o.Reports says so the summaries. No file in returns/ is read again. The folder is open to write. It
// refuses shards of another round, shards that are not as the manifest has them, and figures that are not those of one machine.
func Finish(ctx context.Context, o Options, of *office.Office, f *office.Folder) (*Done, error) {
	m, err := ReadManifest(o.Out)
	if err != nil {
		return nil, err
	}
	if m.Round != f.Config.ID {
		return nil, fmt.Errorf("%s holds the shards of another round, %s", o.Out, m.Round)
	}
	out, err := placeOf(o.Out)
	if err != nil {
		return nil, err
	}
	read, err := readShards(out, m)
	if err != nil {
		return nil, err
	}
	f.HaveRead(func(file string) ([]models.Return, []models.Finding, bool) {
		x, ok := read[file]
		return x.Returns, x.Findings, ok
	})
	in, err := of.TakeIn(ctx, f)
	if err != nil {
		return nil, err
	}
	figures, err := out.read(FiguresName)
	if err != nil {
		return nil, err
	}
	if whole, err := json.Marshal(in.Consolidation()); err != nil || !bytes.Equal(whole, figures) {
		return nil, errors.New("the figures of the shards are not those of the round as a whole: its folder was changed meanwhile; run it again")
	}
	done := &Done{Manifest: m}
	if _, err := of.Validate(ctx, f, office.ValidateOptions{}); err != nil {
		return nil, err
	}
	if done.ConsolidateResult, err = of.Consolidate(ctx, f, office.ConsolidateOptions{}); err != nil {
		return nil, err
	}
	done.Notes = append(slices.Clone(in.Notes), done.Notes...)
	if o.Reports {
		reported, err := of.Report(ctx, f, office.ReportOptions{})
		if err != nil {
			return nil, err
		}
		done.Summaries = reported.Summaries
	}
	return done, nil
}

// ReadManifest reads the manifest of an output, in a folder or a bucket.
func ReadManifest(out string) (*Manifest, error) {
	p, err := placeOf(out)
	if err != nil {
		return nil, err
	}
	b, err := p.read(ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s has no manifest: the run did not come to its end; run it again", out)
	}
	if err != nil {
		return nil, err
	}
	m := &Manifest{}
	return m, json.Unmarshal(b, m)
}

// readShards reads what was read of each file, once all files of the manifest are seen to be whole.
func readShards(out place, m *Manifest) (map[string]apart.Read, error) {
	read := map[string]apart.Read{}
	d := models.ReturnDecoder{Packer: &models.Packer{}}
	for _, x := range m.Files {
		b, err := out.read(x.Name)
		if err != nil {
			return nil, err
		}
		if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != x.SHA256 {
			return nil, fmt.Errorf("%s is not as the manifest has it; run it again", x.Name)
		}
		if !strings.HasPrefix(x.Name, "read/") {
			continue
		}
		for len(b) > 0 {
			n, k := binary.Uvarint(b)
			if k <= 0 || n > uint64(len(b)-k) {
				return nil, fmt.Errorf("%s cannot be read; run it again", x.Name)
			}
			one, err := apart.Decode(b[k:k+int(n)], &d)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", x.Name, err)
			}
			read[one.File], b = one, b[k+int(n):]
		}
	}
	return read, nil
}
