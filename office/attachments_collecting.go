package office

import (
	"context"
	"strings"
	"time"

	"github.com/rubric-project/rubric/checks"
	"github.com/rubric-project/rubric/mail"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/round"
)

// Collecting tells what is collected from elsewhere apart: files that may be returns, to be received, and evidence that came
// beside them. Each file that lay in a message or an archive is given to Add, in the order in which they come; End says
// what was kept and what was left.
type Collecting struct {
	// Kept counts the attachments that were kept, Findings say what stays where it came.
	Kept     int
	Findings []models.Finding

	o      *Office
	f      *Folder
	events []round.Event
	// group is what came together and is not told apart yet.
	group []found
	// returns and pending, by path, are held until it is settled whose the evidence is; size is that in bytes, and tops are
	// the outermost paths.
	returns []models.Return
	pending map[string]*mail.Found
	tops    map[string]bool
	size    int
}

// found is a file that lay in something; beside is that of mail.Item.
type found struct {
	*mail.Found
	beside bool
}

// What is held at most until it is settled, in bytes of evidence and in files.
const mostPending, mostHeld = 64 << 20, 2000

// NewCollecting begins to collect into a folder that is open to write.
func (o *Office) NewCollecting(f *Folder) (*Collecting, error) {
	events, _, err := f.Journal()
	return &Collecting{o: o, f: f, events: events, pending: map[string]*mail.Found{}, tops: map[string]bool{}}, err
}

// Add takes a file that lay in a message or an archive, and gives back which of those before it, that are now known to be
// all that came together, are to be received. beside says that it can be no return: see mail.Item.
func (c *Collecting) Add(ctx context.Context, x *mail.Found, beside bool) (receive []*mail.Found, err error) {
	if len(c.group) > 0 && (c.group[0].Path[0] != x.Path[0] || c.group[0].Letter != x.Letter) {
		if receive, err = c.apart(ctx); err != nil {
			return nil, err
		}
	}
	c.group = append(c.group, found{x, beside})
	return receive, nil
}

// End gives back what is to be received of the last that came together, and settles whose the evidence is.
func (c *Collecting) End(ctx context.Context) (receive []*mail.Found, err error) {
	if receive, err = c.apart(ctx); err != nil {
		return nil, err
	}
	return receive, c.settle()
}

// apart tells what may be a return from what can only be evidence, which is held.
func (c *Collecting) apart(ctx context.Context) (receive []*mail.Found, err error) {
	group := c.group
	c.group = nil
	switch {
	case len(group) == 0:
		return nil, nil
	case len(group) == 1 && !group[0].beside:
		return []*mail.Found{group[0].Found}, nil
	}
	top := strings.Join(group[0].Path[:group[0].Home], "!")
	if c.tops[top] || c.size > mostPending || len(c.returns) > mostHeld {
		if err := c.settle(); err != nil {
			return nil, err
		}
	}
	var returns []models.Return
	var evidence []int
	for i, ret := range c.read(ctx, group) {
		returns = append(returns, ret)
		if checks.MayBeEvidence(&ret) {
			evidence = append(evidence, i)
		} else {
			receive = append(receive, group[i].Found)
		}
	}
	if len(receive) == 0 { // there is nothing that it could be evidence for
		for _, i := range evidence {
			if !group[i].beside {
				receive = append(receive, group[i].Found)
			}
		}
		return receive, nil
	}
	if len(evidence) > 0 {
		c.returns, c.tops[top] = append(c.returns, returns...), true
	}
	for _, i := range evidence {
		c.pending[returns[i].File] = group[i].Found
		c.size += len(group[i].Content)
	}
	return receive, nil
}

// read reads what came together; files of one path get different ones.
func (c *Collecting) read(ctx context.Context, group []found) []models.Return {
	items := make([]mail.Item, len(group))
	for i, x := range group {
		copied := *x.Found
		items[i].Found = &copied
	}
	nameApart(items)
	opt := c.o.ReadOptions(c.f)
	out := make([]models.Return, len(group))
	for i, x := range group {
		if out[i] = beside(items[i].Found); !x.beside {
			out[i] = readFound(ctx, items[i].Found, opt)
		}
	}
	return out
}

// settle keeps the evidence of returns that can count.
func (c *Collecting) settle() error {
	returns, pending := c.returns, c.pending
	c.returns, c.pending, c.tops, c.size = nil, map[string]*mail.Found{}, map[string]bool{}, 0
	if len(pending) == 0 {
		return nil
	}
	reg, err := c.f.register(c.o.Time(), returns, c.events)
	if err != nil {
		return err
	}
	for i := range reg.Files {
		line := &reg.Files[i]
		if pending[line.File] != nil {
			c.Findings = append(c.Findings, line.Findings...)
		}
		for k := range line.Attachments {
			a := &line.Attachments[k]
			x := pending[a.From]
			left, isNew, err := c.f.attach(a, x.Content, round.Event{Time: c.came(x), Recipient: line.Recipient, Of: line.Digest,
				Address: strings.Join(x.Senders, "; "), Message: x.Letter.ID, Note: strings.Join(x.Path, "!")})
			if err != nil {
				return err
			}
			if left != nil {
				c.Findings = append(c.Findings, *left)
			}
			if isNew {
				c.Kept++
			}
		}
	}
	return nil
}

// came is the time of a message, which cannot be later than now.
func (c *Collecting) came(x *mail.Found) time.Time {
	if now := c.o.Time(); x.Letter.Date.IsZero() || x.Letter.Date.After(now) {
		return now
	}
	return x.Letter.Date
}
