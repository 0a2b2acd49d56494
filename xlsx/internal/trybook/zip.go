package trybook

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"
	"sync"
	"testing"
)

// Entry is an entry of a package that is to be written, with everything that can be wrong about it.
type Entry struct {
	Name     string
	Body     []byte
	Stored   bool
	Flags    uint16
	Method   int    // instead of the one that follows from stored; -1 for none
	Packed   []byte // instead of body, packed
	Size     int64  // the size that is declared, instead of len(body); -1 for none
	Crc      uint32 // the checksum that is declared, if HasCRC
	HasCRC   bool
	Local    string // the name in the local header, if it differs
	LocalCRC uint32 // added to the checksum in the local header
	LocalAdd uint32 // added to the packed size in the local header
	Extra    []byte // in the directory
	Describe int    // length of a data descriptor: 0, 12, 16, 20 or 24
	Attrs    uint32 // external attributes
	Header   int64  // offset of the local header that the directory gives, if not 0
	Gap      []byte // bytes after the entry
	Zip64    bool   // sizes in a zip64 extra field
}

// Packing is how a package is put together around its entries.
type Packing struct {
	Before, After, Comment []byte
	Count                  int // added to the number of entries
	Offset                 int // added to the offset of the directory
	Zip64                  bool
	TwoEnds                bool
}

// NewPart is an entry as it should be.
func NewPart(name string, body []byte) Entry {
	return Entry{Name: name, Body: body, Method: -1, Size: -1}
}

// Pack writes the entries as a zip.
func Pack(parts []Entry, k Packing) []byte {
	le := binary.LittleEndian
	out := bytes.NewBuffer(bytes.Clone(k.Before))
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
		data, method := p.Body, uint16(0)
		if !p.Stored {
			data, method = Deflated(p.Body), 8
		}
		if p.Packed != nil {
			data = p.Packed
		}
		if p.Method >= 0 {
			method = uint16(p.Method)
		}
		size := int64(len(p.Body))
		if p.Size >= 0 {
			size = p.Size
		}
		crc := crc32.ChecksumIEEE(p.Body)
		if p.HasCRC {
			crc = p.Crc
		}
		flags := p.Flags
		if p.Describe > 0 {
			flags |= 8
		}
		header := int64(out.Len())
		if p.Header != 0 {
			header = p.Header
		}
		local := p.Name
		if p.Local != "" {
			local = p.Local
		}
		out.WriteString("PK\x03\x04")
		u16(out, 20, flags, method, 0, 0x21)
		var localExtra []byte
		switch {
		case p.Describe > 0:
			u32(out, 0, 0, 0)
		case p.Zip64:
			u32(out, crc, 0xFFFFFFFF, 0xFFFFFFFF)
			localExtra = append(le.AppendUint16(le.AppendUint16(nil, 1), 16), append(le.AppendUint64(nil, uint64(size)), le.AppendUint64(nil, uint64(len(data)))...)...)
		default:
			u32(out, crc+p.LocalCRC, uint32(len(data))+p.LocalAdd, uint32(size))
		}
		u16(out, uint16(len(local)), uint16(len(localExtra)))
		out.WriteString(local)
		out.Write(localExtra)
		out.Write(data)
		if p.Describe == 16 || p.Describe == 24 {
			out.WriteString("PK\x07\x08")
		}
		switch {
		case p.Describe >= 20:
			u32(out, crc, uint32(len(data)), 0, uint32(size), 0)
		case p.Describe > 0:
			u32(out, crc, uint32(len(data)), uint32(size))
		}
		out.Write(p.Gap)
		extra := p.Extra
		dir.WriteString("PK\x01\x02")
		u16(&dir, 0x0314, 20, flags, method, 0, 0x21)
		if p.Zip64 {
			extra = append(localExtra, extra...)
			u32(&dir, crc, 0xFFFFFFFF, 0xFFFFFFFF)
		} else {
			u32(&dir, crc, uint32(len(data)), uint32(size))
		}
		u16(&dir, uint16(len(p.Name)), uint16(len(extra)), 0, 0, 0)
		u32(&dir, p.Attrs, uint32(header))
		dir.WriteString(p.Name)
		dir.Write(extra)
	}
	at := out.Len()
	out.Write(dir.Bytes())
	count, length, offset := len(parts)+k.Count, dir.Len(), at+k.Offset
	if k.Zip64 {
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
	if k.TwoEnds {
		// A second record, inside the comment of the first, that fits as well.
		var second bytes.Buffer
		second.Write(dir.Bytes())
		second.WriteString("PK\x05\x06")
		u16(&second, 0, 0, uint16(count), uint16(count))
		u32(&second, uint32(length), uint32(out.Len()+22))
		u16(&second, 0)
		k.Comment = second.Bytes()
	}
	end(k.Comment)
	out.Write(k.After)
	return out.Bytes()
}

// Deflated packs, and remembers what it has packed: the files of a test differ in one part.
func Deflated(b []byte) []byte {
	key := [2]uint32{crc32.ChecksumIEEE(b), uint32(len(b))}
	packedBefore.Lock()
	p, ok := packedBefore.parts[key]
	packedBefore.Unlock()
	if ok {
		return bytes.Clone(p)
	}
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, 1)
	w.Write(b)
	w.Close()
	packedBefore.Lock()
	defer packedBefore.Unlock()
	if len(packedBefore.parts) < 2000 { // fuzzing would fill the memory
		packedBefore.parts[key] = out.Bytes()
	}
	return bytes.Clone(out.Bytes())
}

var packedBefore = struct {
	sync.Mutex
	parts map[[2]uint32][]byte
}{parts: map[[2]uint32][]byte{}}

// Unpack takes a package apart.
func Unpack(t testing.TB, b []byte) []Entry {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var parts []Entry
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, NewPart(f.Name, body))
	}
	return parts
}

// Find gives the index of a part.
func Find(parts []Entry, name string) int {
	for i := range parts {
		if parts[i].Name == name {
			return i
		}
	}
	panic("no part " + name)
}

// Edit replaces text in a part. It panics where the text does not stand there: then the case tests nothing.
func Edit(parts []Entry, name, old, new string) []Entry {
	i := Find(parts, name)
	s := string(parts[i].Body)
	if !strings.Contains(s, old) {
		panic("no " + old + " in " + name)
	}
	parts[i].Body = []byte(strings.Replace(s, old, new, 1))
	return parts
}
