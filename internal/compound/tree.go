package compound

// Entry is a folder (a storage) or a stream in the tree.
type Entry struct {
	Name string
	// Folder says that it is a folder; otherwise it is a stream of Size bytes.
	Folder bool
	Size   int64
	// Parent is the place of the folder that it lies in, in the list of Entries; -1 for the outermost. Depth is how
	// many folders it lies in.
	Parent, Depth int

	at int
}

// noEntry is what a line of the directory refers to where there is nothing ([MS-CFB], 2.6.1: NOSTREAM).
const noEntry = 0xFFFFFFFF

// Entries lists the folders and streams of the tree: each folder before what lies in it, and what lies in one folder in
// the order of its names. The error is ErrDamaged where the tree is none: a line that two refer to, or that is not there.
func (f *File) Entries() ([]Entry, error) {
	type step struct {
		id            uint32
		parent, depth int
		// open says that what stands before the entry is done.
		open bool
	}
	var out []Entry
	seen := make([]bool, len(f.entries))
	todo := []step{{id: f.entries[f.root].child, parent: -1}}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if s.id == noEntry {
			continue
		}
		if int64(s.id) >= int64(len(f.entries)) {
			return nil, ErrDamaged
		}
		e := &f.entries[s.id]
		if !s.open {
			if seen[s.id] || e.kind != typeStorage && e.kind != typeStream {
				return nil, ErrDamaged
			}
			seen[s.id] = true
			s.open = true
			todo = append(todo, s, step{id: e.left, parent: s.parent, depth: s.depth})
			continue
		}
		out = append(out, Entry{Name: e.name, Folder: e.kind == typeStorage, Size: e.size, Parent: s.parent, Depth: s.depth, at: int(s.id)})
		todo = append(todo, step{id: e.right, parent: s.parent, depth: s.depth})
		if e.kind == typeStorage {
			todo = append(todo, step{id: e.child, parent: len(out) - 1, depth: s.depth + 1})
		}
	}
	return out, nil
}

// Content reads a stream of the list that Entries gave. The error is ErrDamaged.
func (f *File) Content(e Entry) ([]byte, error) { return f.content(&f.entries[e.at]) }
