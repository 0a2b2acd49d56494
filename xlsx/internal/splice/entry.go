package splice

import "encoding/binary"

// The layout of a zip file is that of PKWARE's APPNOTE.TXT 6.3.3, which ISO/IEC 29500-2 refers to.
const (
	localSignature      = 0x04034b50
	directorySignature  = 0x02014b50
	descriptorSignature = 0x08074b50
	endSignature        = 0x06054b50
	end64Signature      = 0x06064b50
	locatorSignature    = 0x07064b50

	methodDeflate = 8
	version20     = 20
	version45     = 45 // with zip64 sizes
	// flagDescriptor: CRC and sizes follow the data. flagUTF8: the name is UTF-8.
	flagDescriptor = 1 << 3
	flagUTF8       = 1 << 11
	// dosDate is 1 January 1980, the earliest there is: the time of writing is no part of a workbook.
	dosDate = 1<<5 | 1

	max32 = 1<<32 - 1
	max16 = 1<<16 - 1
)

// entry is what the headers of a part say.
type entry struct {
	name         string
	crc          uint32
	packed, size uint64
	offset       uint64
	streamed     bool
}

func (e *entry) flags() uint16 {
	var f uint16
	if e.streamed {
		f |= flagDescriptor
	}
	for i := range len(e.name) {
		if e.name[i] >= 0x80 {
			return f | flagUTF8
		}
	}
	return f
}

func (e *entry) zip64() bool { return e.packed >= max32 || e.size >= max32 }

var le = binary.LittleEndian

// local appends the local file header. For a streamed part the sizes are not known yet.
func (e *entry) local(b []byte) []byte {
	crc, packed, size := e.crc, e.packed, e.size
	if e.streamed {
		crc, packed, size = 0, 0, 0
	}
	b = le.AppendUint32(b, localSignature)
	b = le.AppendUint16(b, version20)
	b = le.AppendUint16(b, e.flags())
	b = le.AppendUint16(b, methodDeflate)
	b = le.AppendUint16(b, 0)
	b = le.AppendUint16(b, dosDate)
	b = le.AppendUint32(b, crc)
	b = le.AppendUint32(b, uint32(packed))
	b = le.AppendUint32(b, uint32(size))
	b = le.AppendUint16(b, uint16(len(e.name)))
	b = le.AppendUint16(b, 0)
	return append(b, e.name...)
}

// descriptor appends the data descriptor that follows a streamed part.
func (e *entry) descriptor(b []byte) []byte {
	b = le.AppendUint32(b, descriptorSignature)
	b = le.AppendUint32(b, e.crc)
	if e.zip64() {
		b = le.AppendUint64(b, e.packed)
		return le.AppendUint64(b, e.size)
	}
	b = le.AppendUint32(b, uint32(e.packed))
	return le.AppendUint32(b, uint32(e.size))
}

// directory appends the entry of the central directory, with a zip64 field where a number needs it.
func (e *entry) directory(b []byte) []byte {
	version := uint16(version20)
	packed, size, offset := uint32(e.packed), uint32(e.size), uint32(e.offset)
	var extra []byte
	if e.zip64() || e.offset >= max32 {
		version = version45
		packed, size, offset = max32, max32, max32
		extra = le.AppendUint16(extra, 1)
		extra = le.AppendUint16(extra, 24)
		extra = le.AppendUint64(extra, e.size)
		extra = le.AppendUint64(extra, e.packed)
		extra = le.AppendUint64(extra, e.offset)
	}
	b = le.AppendUint32(b, directorySignature)
	b = le.AppendUint16(b, version)
	b = le.AppendUint16(b, version)
	b = le.AppendUint16(b, e.flags())
	b = le.AppendUint16(b, methodDeflate)
	b = le.AppendUint16(b, 0)
	b = le.AppendUint16(b, dosDate)
	b = le.AppendUint32(b, e.crc)
	b = le.AppendUint32(b, packed)
	b = le.AppendUint32(b, size)
	b = le.AppendUint16(b, uint16(len(e.name)))
	b = le.AppendUint16(b, uint16(len(extra)))
	b = append(b, make([]byte, 10)...) // no comment, first disk, no attributes
	b = le.AppendUint32(b, offset)
	b = append(b, e.name...)
	return append(b, extra...)
}

// end appends the end of the central directory, which began at start and has n entries.
func end(b []byte, n int, start, length uint64) []byte {
	count, size, offset := uint16(n), uint32(length), uint32(start)
	if n >= max16 || length >= max32 || start >= max32 {
		count, size, offset = max16, max32, max32
		b = le.AppendUint32(b, end64Signature)
		b = le.AppendUint64(b, 44) // what follows of this record
		b = le.AppendUint16(b, version45)
		b = le.AppendUint16(b, version45)
		b = le.AppendUint64(b, 0) // this disk, first disk
		b = le.AppendUint64(b, uint64(n))
		b = le.AppendUint64(b, uint64(n))
		b = le.AppendUint64(b, length)
		b = le.AppendUint64(b, start)
		b = le.AppendUint32(b, locatorSignature)
		b = le.AppendUint32(b, 0)
		b = le.AppendUint64(b, start+length)
		b = le.AppendUint32(b, 1)
	}
	b = le.AppendUint32(b, endSignature)
	b = le.AppendUint32(b, 0)
	b = le.AppendUint16(b, count)
	b = le.AppendUint16(b, count)
	b = le.AppendUint32(b, size)
	b = le.AppendUint32(b, offset)
	return le.AppendUint16(b, 0)
}
