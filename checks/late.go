package checks

import "time"

// late says that a return was saved after the due date: after the day had ended everywhere on Earth (12 hours
// behind UTC), since the sender's time zone is not known.
func late(in RegisterInput, f *file) bool {
	t, ok := sentTime(in, f.ret)
	return ok && t.After(in.Round.Due.AddDate(0, 0, 1).Add(12*time.Hour))
}
