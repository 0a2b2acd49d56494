package apart

import (
	"encoding/binary"
	"errors"

	"github.com/rubric-project/rubric/models"
)

// Read is what was read of one file in returns/, or of its returns those of one shard.
type Read struct {
	// File is as in round.ReturnFile.
	File string
	// Returns are the file itself, or those in it in their order.
	Returns []models.Return
	// Findings are those that belong to no return.
	Findings []models.Finding
}

// PassedOver is what is said of a file that was not read.
func PassedOver(f models.Finding) Read {
	return Read{File: f.Origin.File, Findings: []models.Finding{f}}
}

// AppendTo appends it in a form that Decode reads back exactly.
func (x Read) AppendTo(b []byte) []byte {
	b = appendPart(b, []byte(x.File))
	b = binary.AppendUvarint(b, uint64(len(x.Returns)))
	for i := range x.Returns {
		b = appendPart(b, x.Returns[i].AppendTo(nil))
	}
	return appendPart(b, models.AppendFindings(nil, x.Findings))
}

func appendPart(b, part []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(part))), part...)
}

var errRead = errors.New("apart: this is not what was read of a file")

// Decode reads what AppendTo wrote.
func Decode(b []byte, d *models.ReturnDecoder) (x Read, err error) {
	bad := false
	number := func() int {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > 1<<31 {
			bad = true
			return 0
		}
		b = b[k:]
		return int(n)
	}
	part := func() []byte {
		n := number()
		if bad || n > len(b) {
			bad = true
			return nil
		}
		p := b[:n]
		b = b[n:]
		return p
	}
	x.File = string(part())
	for n := number(); n > 0 && !bad; n-- {
		ret, err := d.Return(part())
		if bad || err != nil {
			return x, errRead
		}
		x.Returns = append(x.Returns, ret)
	}
	if x.Findings, err = d.Findings(part()); bad || err != nil || len(b) > 0 {
		return x, errRead
	}
	return x, nil
}
