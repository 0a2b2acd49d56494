package returns_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// readAs holds for each version of the reader the digest of all that it reads from the kept files.
var readAs = map[int]string{
	1:  "1d7e7fe4685d96c0fcc613f5a4d42ca1a8b48ab0a1c0d9789c2bfa20eea4eaea",
	2:  "5d00a5d992fdf1beca0265daa811d9365582b4ba8a6347e80ba5815b67481071",
	3:  "5d00a5d992fdf1beca0265daa811d9365582b4ba8a6347e80ba5815b67481071", // our own notes in other languages than English, which none of the kept files has
	4:  "e32723c5da486be97041ac91d0487ac660321cdc2d2030d7d44cfe81bfda1622", // conditional formats of .ods; the container that a return came in is encoded
	5:  "e32723c5da486be97041ac91d0487ac660321cdc2d2030d7d44cfe81bfda1622", // in archives, names that begin with a dot, and what was left while a file was open; none of the kept files is one
	6:  "876da96f973f5ed249502a414730917dee432970322cd31d02b0653701134430", // content-dropped
	7:  "f5a3688d3133d3fd1ff99975532da5a4627f22a1b384cd3cad637fdac67f615a", // the texts of findings are encoded apart from what is put into them
	8:  "45a0f69e03968ade913c3bf70052206a90adc47b76a8a1ad154b564d5802c45a", // content-dropped in parts, for other languages
	9:  "45a0f69e03968ade913c3bf70052206a90adc47b76a8a1ad154b564d5802c45a", // which program is named; levels that are ticked or left when others are struck out; signed files
	10: "45a0f69e03968ade913c3bf70052206a90adc47b76a8a1ad154b564d5802c45a", // dates that are none; kinds of text, with their remedies
	11: "b82cb3387baca6ebfb69d4ec44d582bb3f4e651c1671dbf762edf4ab8aea4998", // action plans, of which none of the kept files is one: a return is encoded with its plan
	12: "1899e02b5879f11e41bed647d1b20663e5662646e11f7842ee1a6d0d26d4152c", // the second layout of workbooks, of which none of the kept files is one: a return is encoded with what was confirmed
	13: "ab487dc62883d4d2ed588ff259df085ff759dac9a254bb91eb8edce1a19583d5", // consensus workbooks, of which none of the kept files is one: a return is encoded with the role in its manifest
	14: "ab487dc62883d4d2ed588ff259df085ff759dac9a254bb91eb8edce1a19583d5", // the word for level in other languages than English, as in Nivel 4, which none of the kept files has
}

// TestReaderVersion sees that the version is counted up when a kept file is read otherwise: what the version before has
// read would be taken for what this one reads.
func TestReaderVersion(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("testdata", "saved", "*.[xo]*"))
	if err != nil || len(names) < 10 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	other := trybook.SmallTemplate() // another criterion, and other words for one
	other.Criteria[3].Ref, other.Levels[0].Name = "2.7", "Lowest"
	all := sha256.New()
	var packer models.Packer
	decoder := models.ReturnDecoder{Packer: &packer}
	for _, name := range names {
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		changed := bytes.Clone(whole)
		changed[len(changed)/3] ^= 0x20
		for _, b := range [][]byte{whole, whole[:len(whole)/2], changed, whole[10:]} {
			for _, tm := range []*models.Template{trybook.SmallTemplate(), other} {
				for _, password := range []string{"", "secret"} {
					ret := returns.Read(context.Background(), bytes.NewReader(b), int64(len(b)), filepath.Base(name), returns.ReadOptions{Template: tm, Password: password})
					encoded := ret.AppendTo(nil)
					all.Write(encoded)
					if got, err := decoder.Return(encoded); err != nil || !reflect.DeepEqual(*got.LaidOut(), ret) {
						t.Errorf("%s: decoded %+v, %v; want %+v", name, got, err, ret)
					}
				}
			}
		}
	}
	if got, want := hex.EncodeToString(all.Sum(nil)), readAs[returns.ReaderVersion]; got != want {
		t.Errorf("the kept files are read otherwise than by version %d of the reader: %s, want %s.\n"+
			"If that is meant, count returns.ReaderVersion up and add the new digest to readAs in this file; do not change an old one.\n"+
			"What earlier programs read and kept is then read anew.", returns.ReaderVersion, got, want)
	}
}
