package xlsx_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// entry is an entry of a package that is to be written, with everything that can be wrong about it.
type entry struct {
	name     string
	body     []byte
	stored   bool
	flags    uint16
	method   int    // instead of the one that follows from stored; -1 for none
	packed   []byte // instead of body, packed
	size     int64  // the size that is declared, instead of len(body); -1 for none
	crc      uint32 // the checksum that is declared, if hasCRC
	hasCRC   bool
	local    string // the name in the local header, if it differs
	localCRC uint32 // added to the checksum in the local header
	localAdd uint32 // added to the packed size in the local header
	extra    []byte // in the directory
	describe int    // length of a data descriptor: 0, 12, 16, 20 or 24
	attrs    uint32 // external attributes
	header   int64  // offset of the local header that the directory gives, if not 0
	gap      []byte // bytes after the entry
	zip64    bool   // sizes in a zip64 extra field
}

// packing is how a package is put together around its entries.
type packing struct {
	before, after, comment []byte
	count                  int // added to the number of entries
	offset                 int // added to the offset of the directory
	zip64                  bool
	twoEnds                bool
}

func newPart(name string, body []byte) entry {
	return entry{name: name, body: body, method: -1, size: -1}
}

// pack writes the entries as a zip.
func pack(parts []entry, k packing) []byte {
	le := binary.LittleEndian
	out := bytes.NewBuffer(bytes.Clone(k.before))
	var dir bytes.Buffer
	u16 := func(w *bytes.Buffer, v ...uint16) {
		for _, x := range v {
			w.Write(le.AppendUint16(nil, x))
		}
	}
	u32 := func(w *bytes.Buffer, v ...uint32) {
		for _, x := range v {
			w.Write(le.AppendUint32(nil, x))
		}
	}
	for _, p := range parts {
		data, method := p.body, uint16(0)
		if !p.stored {
			data, method = deflated(p.body), 8
		}
		if p.packed != nil {
			data = p.packed
		}
		if p.method >= 0 {
			method = uint16(p.method)
		}
		size := int64(len(p.body))
		if p.size >= 0 {
			size = p.size
		}
		crc := crc32.ChecksumIEEE(p.body)
		if p.hasCRC {
			crc = p.crc
		}
		flags := p.flags
		if p.describe > 0 {
			flags |= 8
		}
		header := int64(out.Len())
		if p.header != 0 {
			header = p.header
		}
		local := p.name
		if p.local != "" {
			local = p.local
		}
		out.WriteString("PK\x03\x04")
		u16(out, 20, flags, method, 0, 0x21)
		var localExtra []byte
		switch {
		case p.describe > 0:
			u32(out, 0, 0, 0)
		case p.zip64:
			u32(out, crc, 0xFFFFFFFF, 0xFFFFFFFF)
			localExtra = append(le.AppendUint16(le.AppendUint16(nil, 1), 16), append(le.AppendUint64(nil, uint64(size)), le.AppendUint64(nil, uint64(len(data)))...)...)
		default:
			u32(out, crc+p.localCRC, uint32(len(data))+p.localAdd, uint32(size))
		}
		u16(out, uint16(len(local)), uint16(len(localExtra)))
		out.WriteString(local)
		out.Write(localExtra)
		out.Write(data)
		if p.describe == 16 || p.describe == 24 {
			out.WriteString("PK\x07\x08")
		}
		switch {
		case p.describe >= 20:
			u32(out, crc, uint32(len(data)), 0, uint32(size), 0)
		case p.describe > 0:
			u32(out, crc, uint32(len(data)), uint32(size))
		}
		out.Write(p.gap)
		extra := p.extra
		dir.WriteString("PK\x01\x02")
		u16(&dir, 0x0314, 20, flags, method, 0, 0x21)
		if p.zip64 {
			extra = append(localExtra, extra...)
			u32(&dir, crc, 0xFFFFFFFF, 0xFFFFFFFF)
		} else {
			u32(&dir, crc, uint32(len(data)), uint32(size))
		}
		u16(&dir, uint16(len(p.name)), uint16(len(extra)), 0, 0, 0)
		u32(&dir, p.attrs, uint32(header))
		dir.WriteString(p.name)
		dir.Write(extra)
	}
	at := out.Len()
	out.Write(dir.Bytes())
	count, length, offset := len(parts)+k.count, dir.Len(), at+k.offset
	if k.zip64 {
		end := out.Len()
		out.WriteString("PK\x06\x06")
		out.Write(le.AppendUint64(nil, 44))
		u16(out, 45, 45)
		u32(out, 0, 0)
		for _, v := range []int{count, count, length, offset} {
			out.Write(le.AppendUint64(nil, uint64(v)))
		}
		out.WriteString("PK\x06\x07")
		u32(out, 0)
		out.Write(le.AppendUint64(nil, uint64(end)))
		u32(out, 1)
		count, length, offset = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
	}
	end := func(comment []byte) {
		out.WriteString("PK\x05\x06")
		u16(out, 0, 0, uint16(count), uint16(count))
		u32(out, uint32(length), uint32(offset))
		u16(out, uint16(len(comment)))
		out.Write(comment)
	}
	if k.twoEnds {
		// A second record, inside the comment of the first, that fits as well.
		var second bytes.Buffer
		second.Write(dir.Bytes())
		second.WriteString("PK\x05\x06")
		u16(&second, 0, 0, uint16(count), uint16(count))
		u32(&second, uint32(length), uint32(out.Len()+22))
		u16(&second, 0)
		k.comment = second.Bytes()
	}
	end(k.comment)
	out.Write(k.after)
	return out.Bytes()
}

// deflated packs, and remembers what it has packed: the files of a test differ in one part.
func deflated(b []byte) []byte {
	key := [2]uint32{crc32.ChecksumIEEE(b), uint32(len(b))}
	if p, ok := packedBefore[key]; ok {
		return bytes.Clone(p)
	}
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, 1)
	w.Write(b)
	w.Close()
	if len(packedBefore) < 2000 { // fuzzing would fill the memory
		packedBefore[key] = out.Bytes()
	}
	return bytes.Clone(out.Bytes())
}

var packedBefore = map[[2]uint32][]byte{}

// unpack takes a package apart.
func unpack(t testing.TB, b []byte) []entry {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var parts []entry
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, newPart(f.Name, body))
	}
	return parts
}

// find gives the index of a part.
func find(parts []entry, name string) int {
	for i := range parts {
		if parts[i].name == name {
			return i
		}
	}
	panic("no part " + name)
}

// edit replaces text in a part. It panics where the text does not stand there: then the case tests nothing.
func edit(parts []entry, name, old, new string) []entry {
	i := find(parts, name)
	s := string(parts[i].body)
	if !strings.Contains(s, old) {
		panic("no " + old + " in " + name)
	}
	parts[i].body = []byte(strings.Replace(s, old, new, 1))
	return parts
}
