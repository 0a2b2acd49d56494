package account

import (
	"encoding/json"
	"errors"
	"io/fs"
	"time"

	"github.com/rubric-project/rubric/internal/disk"
)

// mostAddressees is how many addresses one mailbox writes to in a day: Microsoft lets it be 10,000 (Exchange Online limits),
// and people write from it too.
const mostAddressees = 9_500

// Usage counts to how many addresses was written from the account in the last day, by all rounds on this computer.
type Usage struct{ Tokens *Tokens }

// hour is how many addresses were written to in an hour.
type hour struct {
	From time.Time `json:"from"`
	N    int       `json:"n"`
}

// Take counts n addresses more, or says until when there is no room for them.
func (u *Usage) Take(n int, now time.Time) (until time.Time, err error) {
	s := u.Tokens.signIn.Store
	unlock, err := s.lock(u.Tokens.Account())
	if err != nil {
		return until, err
	}
	defer unlock()
	name := s.fileOf(u.Tokens.Account()) + ".usage"
	var list []hour
	b, err := disk.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return until, cannot("read", err)
	}
	if json.Unmarshal(b, &list) != nil {
		list = nil // a file that is damaged is as good as none
	}
	const day = 24 * time.Hour
	for len(list) > 0 && now.Sub(list[0].From) >= day+time.Hour {
		list = list[1:]
	}
	sum := n
	for _, h := range list {
		sum += h.N
	}
	if sum > mostAddressees && len(list) > 0 {
		return list[0].From.Add(day + time.Hour), nil
	}
	if at := now.UTC().Truncate(time.Hour); len(list) > 0 && list[len(list)-1].From.Equal(at) {
		list[len(list)-1].N += n
	} else {
		list = append(list, hour{at, n})
	}
	if b, err = json.Marshal(list); err != nil {
		return until, err
	}
	if err := replace(name, b); err != nil {
		return until, cannot("kept", err)
	}
	return until, nil
}
