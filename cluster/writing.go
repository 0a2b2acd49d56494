package cluster

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/dataset"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/scoring"
)

// File is one file of the output, as the manifest has it.
type File struct {
	// Name is slash-separated, in the output.
	Name string `json:"name"`
	Size int64  `json:"size"`
	// SHA256 is in hex.
	SHA256 string `json:"sha256"`
	// Rows counts what is in it: rows of a table, files read, files of the register.
	Rows int `json:"rows"`
}

// shardReport is what a shard says of itself for figures and manifest.
type shardReport struct {
	Files []File
	// Tally counts the members of a shard of recipients; nil from others.
	Tally *scoring.Tallies
	// Returns counts the files of the register, by status.
	Returns map[models.Status]int
}

// shardWriter writes the files of a shard.
type shardWriter struct {
	out       place
	shard, of int
	done      shardReport
}

func (o Options) writer(shard, of int) (*shardWriter, error) {
	out, err := placeOf(o.Out)
	return &shardWriter{out: out, shard: shard, of: of}, err
}

// write writes a file whose name begins as given, whole or not at all.
func (w *shardWriter) write(ctx ctx, begins, ending string, rows int, content func([]byte) ([]byte, error)) error {
	b, err := content(nil)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s-%05d-of-%05d%s", begins, w.shard, w.of, ending)
	f, err := writeWhole(ctx, w.out, name, b)
	f.Rows = rows
	w.done.Files = append(w.done.Files, f)
	return err
}

// writeWhole writes a file whole or not at all; name is slash-separated.
func writeWhole(ctx ctx, out place, name string, content []byte) (File, error) {
	err := writeTo(ctx, out, name, content)
	sum := sha256.Sum256(content)
	return File{Name: name, Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}, err
}

// report gives what was written on to the manifest.
func (w *shardWriter) report(emit func(int, []byte)) error {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(w.done); err != nil {
		return err
	}
	emit(0, b.Bytes())
	return nil
}

// finishFn finishes a shard: register, scores, rows.
type finishFn struct{ Options Options }

func (f *finishFn) ProcessElement(ctx ctx, shard int, next, copies, evidence func(*[]byte) bool, report func(int, []byte)) error {
	r, err := f.Options.round()
	if err != nil {
		return err
	}
	list, err := reads(next)
	if err != nil {
		return err
	}
	a, b, err := found(copies, evidence)
	if err != nil {
		return err
	}
	in := r.Decide(shard, list).Finish(a, b)
	w, err := f.Options.writer(shard, r.Shards())
	if err != nil {
		return err
	}
	w.done.Returns = map[models.Status]int{}
	for i := range in.Register.Files {
		w.done.Returns[in.Register.Files[i].Status]++
	}
	w.done.Tally = scoring.NewScorer(r.Folder.Template, in.Scoring).Tally(r.Folder.Config.Groups, in.Members)
	if err := w.writeTables(ctx, r.Results(shard, in)); err != nil {
		return err
	}
	if err := w.writeRegister(ctx, in); err != nil {
		return err
	}
	return w.report(report)
}

// writeTables writes the tables whose rows belong to one recipient each, and the findings, which are numbered within the shard.
func (w *shardWriter) writeTables(ctx ctx, in *models.Results) error {
	for _, t := range dataset.Tables(in) {
		if !ofShards(&t) {
			continue
		}
		rows := 0
		if err := t.Rows(in, func([]any) error { rows++; return nil }); err != nil {
			return err
		}
		err := w.write(ctx, "data/"+t.Name, ".parquet", rows, func([]byte) ([]byte, error) {
			var b bytes.Buffer
			err := dataset.WriteParquet(ctx, &b, in, t)
			return b.Bytes(), err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ofShards says which tables are written in shards. How a round moved since an earlier one is not.
func ofShards(t *dataset.Table) bool {
	return t.Name == "findings" || t.Key[0] == "recipient" && !strings.HasSuffix(t.Name, "changes")
}

// writeRegister writes the register's entries and files, as the command status has them in JSON.
func (w *shardWriter) writeRegister(ctx ctx, in *office.Intake) error {
	return w.write(ctx, "register/register", ".json", len(in.Register.Files), func([]byte) ([]byte, error) {
		return json.Marshal(in.Register)
	})
}
