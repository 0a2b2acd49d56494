package models

// differentFiles says that the files are those that a shape numbers, each named once.
func differentFiles(files []string, want int) bool {
	seen := make(map[string]bool, len(files))
	for _, f := range files {
		if f == "" || seen[f] {
			return false
		}
		seen[f] = true
	}
	return len(files) == want
}

// check sees that these are the values and texts of the answers that the shape has, and counts those that are given.
func (p *packed) check(values, texts []byte) bool {
	r := decoder{b: values}
	total := 0
	left := make([]int, 0, 8) // how many more answers follow at each depth
	left = append(left, p.shape.answers)
	for _, s := range p.shape.slots {
		for left[len(left)-1] == 0 {
			left = left[:len(left)-1]
		}
		left[len(left)-1]--
		if given := r.choice(); given && len(left) == 1 {
			p.answered++
		}
		r.choice()
		for range 2 {
			n := r.number(len(texts) - total)
			total += n
		}
		if r.bad {
			return false
		}
		if s.also > 0 {
			left = append(left, s.also)
		}
	}
	return len(r.b) == 0 && total == len(texts)
}
