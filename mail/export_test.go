package mail

import "time"

// ReadCost is Read, and says how many bytes were made (unpacked, decoded) and looked at in containers.
func ReadCost(name string, content []byte, limits Limits) (items []Item, made, looked int64) {
	in := &incoming{limits: limits.orDefault(), seen: map[string]bool{}, yield: func(it Item) bool {
		items = append(items, it)
		return true
	}}
	in.begin(int64(len(content)))
	in.file(where{path: []string{name}}, content)
	return items, in.made, in.looked
}

// ReadAt is Read by another clock.
func ReadAt(clock func() time.Time, name string, content []byte, limits Limits) (items []Item) {
	in := &incoming{limits: limits.orDefault(), seen: map[string]bool{}, clock: clock, yield: func(it Item) bool {
		items = append(items, it)
		return true
	}}
	in.begin(int64(len(content)))
	in.file(where{path: []string{name}}, content)
	return items
}
