package desk

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/office/post"
)

// What one drop may bring, in bytes of all its files together and in files, how many are received at once, and how many
// may wait for a job that runs.
const (
	mostDropped      = 2 << 30
	mostDroppedFiles = 5000
	mostReceiving    = 4
	mostWaiting      = 50
)

// drops bounds what is received at once, over all rounds.
type drops struct{ receiving, waiting chan struct{} }

func newDrops() drops {
	return drops{make(chan struct{}, mostReceiving), make(chan struct{}, mostWaiting)}
}

// enter takes a place; false where all are taken.
func enter(places chan struct{}) bool {
	select {
	case places <- struct{}{}:
		return true
	default:
		return false
	}
}

// addReturns takes in the files of a drop while they come, and begins the job that collects them.
func (d *Desk) addReturns(c *call) (answer, error) {
	if !enter(d.drops.waiting) {
		return c.refuseDrop(http.StatusServiceUnavailable, c.T("Too many files are being added at once"), c.T("Nothing of this drop was kept. Wait until those before it are read, and add these again.")), nil
	}
	defer func() { <-d.drops.waiting }()
	if c.r.ContentLength > mostDropped {
		return c.tooLarge(), nil
	}
	select {
	case d.drops.receiving <- struct{}{}:
	case <-c.r.Context().Done():
		return answer{}, c.r.Context().Err()
	}
	files, err := c.receive()
	<-d.drops.receiving
	var large *post.TooLargeError
	switch {
	case errors.As(err, &large):
		return c.tooLarge(), nil
	case err != nil:
		return answer{}, err
	case len(files.Names()) == 0:
		files.Remove()
		return redirect(c.to("returns", "none", "yes")), nil
	}
	if err := c.collectWhenFree(files); err != nil {
		files.Remove()
		return answer{}, err
	}
	waitAWhile(c.live)
	return redirect(c.to("returns", "job", "ended")), nil
}

func (c *call) tooLarge() answer {
	return c.refuseDrop(http.StatusRequestEntityTooLarge, c.T("These files are too large to add together"),
		c.T("At most %d GB and %d files are taken at once; nothing of this drop was kept. Add fewer at a time. A single workbook is far smaller: look whether a wrong file is among them.", mostDropped>>30, mostDroppedFiles))
}

// refuseDrop reads what still comes, without keeping it: a browser shows no answer before it has sent all.
func (c *call) refuseDrop(status int, title, text string) answer {
	io.Copy(io.Discard, io.LimitReader(c.r.Body, 64<<30))
	return c.told(status, title, text)
}

// receive keeps the files of a drop in a temporary folder.
func (c *call) receive() (*post.Dropped, error) {
	parts, err := c.r.MultipartReader()
	if err != nil {
		return nil, &fault.Error{Usage: true, Message: "no files came with this", Remedy: "choose the files on the page of returns, and add them there"}
	}
	files, err := post.NewDropped()
	if err != nil {
		return nil, err
	}
	for err == nil {
		var part *multipart.Part
		if part, err = parts.NextPart(); err != nil {
			break
		}
		if part.FileName() == "" { // the field was left empty
			continue
		}
		if len(files.Names()) == mostDroppedFiles {
			err = &post.TooLargeError{Most: mostDropped}
			break
		}
		err = files.Add(part.FileName(), part, mostDropped)
	}
	if err == io.EOF {
		return files, nil
	}
	files.Remove()
	return nil, err
}

// collectWhenFree begins to collect what was dropped as soon as no other job runs.
func (c *call) collectWhenFree(files *post.Dropped) error {
	for {
		err := c.live.begin(c.N(len(files.Names()), "Reading %d file", "Reading %d files"), "returns", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
			defer files.Remove()
			return c.collect(ctx, o, j, "adding files", files.Names(), files.Sources())
		})
		var busy *busyError
		if !errors.As(err, &busy) {
			return err
		}
		select {
		case <-busy.job.done:
		case <-c.r.Context().Done():
			return c.r.Context().Err()
		case <-time.After(10 * time.Minute):
			return err
		}
	}
}

// correctReturns writes the workbooks to send back.
func (d *Desk) correctReturns(c *call) (answer, error) {
	s := c.speech
	err := c.live.begin(c.T("Making corrections"), "returns", func(ctx context.Context, o *office.Office, j *job) (string, string, error) {
		f, unlock, _, err := o.OpenToWrite(c.live.dir, "desk: corrections")
		if err != nil {
			return "", "", err
		}
		defer unlock()
		out, err := o.Validate(ctx, f, office.ValidateOptions{Corrections: true})
		if err != nil {
			return "", "", err
		}
		for _, x := range out.NotMarked {
			j.Line(jobLine{What: x.File, Became: s.T("no copy"), Shape: "look", Found: x.Why})
		}
		said := s.N(out.Corrections, "%d workbook to send back is in the folder results/corrections.", "%d workbooks to send back are in the folder results/corrections.")
		return said, "", nil
	})
	if err != nil {
		return answer{}, err
	}
	waitAWhile(c.live)
	return redirect(c.to("returns", "job", "ended")), nil
}
