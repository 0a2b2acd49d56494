package opc

import (
	"cmp"
	"slices"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/refuse"
)

// checkEntries holds the directory against the header that precedes each entry's data, and sees to it that the
// entries follow each other without overlap or gap from the first byte up to the directory.
func (p *Package) checkEntries(directory int64) error {
	order := make([]int, len(p.entries))
	for i := range order {
		order[i] = i
	}
	byHeader := func(a, b int) int { return cmp.Compare(p.entries[a].header, p.entries[b].header) }
	if !slices.IsSortedFunc(order, byHeader) { // as it nearly always is
		slices.SortFunc(order, byHeader)
	}
	var at int64
	for k, i := range order {
		e := &p.entries[i]
		switch {
		case e.header < at:
			return refuse.New(models.FileHostile, "two parts of the file overlap")
		case e.header > at && k == 0:
			return refuse.Damaged("there are %d bytes before the start of the workbook", e.header)
		case e.header > at:
			return refuse.Damaged("there are %d bytes in the file that belong to no part", e.header-at)
		}
		end, err := p.checkLocal(e)
		if err != nil {
			return err
		}
		next := directory
		if k+1 < len(order) {
			next = p.entries[order[k+1]].header
		}
		if end > next {
			return refuse.New(models.FileHostile, "two parts of the file overlap")
		}
		if e.flags&flagDescriptor != 0 {
			if err := p.checkDescriptor(e, end, next-end); err != nil {
				return err
			}
			end = next
		}
		at = end
	}
	if at != directory {
		return refuse.Damaged("there are %d bytes in the file that belong to no part", directory-at)
	}
	return nil
}

// checkLocal holds an entry against its local header and gives the offset of the end of its data.
func (p *Package) checkLocal(e *entry) (int64, error) {
	h, err := p.view(e.header, localSize)
	if err != nil {
		return 0, err
	}
	if string(h[:4]) != sigLocal {
		return 0, refuse.Damaged("the part %s is not where the file says it is", e.name)
	}
	n, x := int(le.Uint16(h[26:])), int(le.Uint16(h[28:]))
	if n != len(e.name) {
		return 0, contradicts(e)
	}
	name, err := p.view(e.header+localSize, n)
	if err != nil {
		return 0, err
	}
	flags, crc := le.Uint16(h[6:]), le.Uint32(h[14:])
	packed, unpacked := int64(le.Uint32(h[18:])), int64(le.Uint32(h[22:]))
	if slashed(string(name)) != e.name || le.Uint16(h[8:]) != e.method || (flags^e.flags)&(flagEncrypted|flagDescriptor|flagPatched|flagStrong|flagMasked) != 0 {
		return 0, contradicts(e)
	}
	if packed == 0xFFFFFFFF || unpacked == 0xFFFFFFFF {
		extra, err := p.view(e.header+localSize+int64(n), x)
		if err != nil {
			return 0, err
		}
		if err := zip64(extra, &unpacked, &packed); err != nil {
			return 0, err
		}
	}
	same := func(local, central int64) bool { return local == central || local == 0 && flags&flagDescriptor != 0 }
	if !same(int64(crc), int64(e.crc)) || !same(packed, e.packed) || !same(unpacked, e.unpacked) {
		return 0, contradicts(e)
	}
	e.data = e.header + localSize + int64(n) + int64(x)
	end := e.data + e.packed
	if end < e.data || end > p.size {
		return 0, refuse.New(models.FileCutOff, "the part %s reaches beyond the end of the file", e.name)
	}
	return end, nil
}

// checkDescriptor checks the data descriptor (APPNOTE 4.3.9) of n bytes that follows the data.
func (p *Package) checkDescriptor(e *entry, at, n int64) error {
	if n != 12 && n != 16 && n != 20 && n != 24 {
		return refuse.Damaged("there are bytes in the file that belong to no part, after %s", e.name)
	}
	d, err := p.view(at, int(n))
	if err != nil {
		return err
	}
	if n == 16 || n == 24 {
		if string(d[:4]) != sigDescriptor {
			return refuse.Damaged("there are bytes in the file that belong to no part, after %s", e.name)
		}
		d = d[4:]
	}
	packed, unpacked := int64(le.Uint32(d[4:])), int64(0)
	if len(d) == 20 {
		packed, unpacked = int64(le.Uint64(d[4:])), int64(le.Uint64(d[12:]))
	} else {
		unpacked = int64(le.Uint32(d[8:]))
	}
	if le.Uint32(d) != e.crc || packed != e.packed || unpacked != e.unpacked {
		return contradicts(e)
	}
	return nil
}

func contradicts(e *entry) error {
	return refuse.New(models.FileContradictory, "the file says two different things about its part %s", e.name)
}
