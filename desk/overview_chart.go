package desk

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The size of the plot in units of its own.
const (
	plotWide = 500
	plotHigh = 360
)

// came draws when the returns that count were saved, or came where they do not say, against the due date; nil where none did.
func (c *call) came() *cameChart {
	v := c.view
	var times []time.Time
	for _, e := range v.Intake.Register.Entries {
		if e.Return == nil {
			continue
		}
		// When a recipient saved it says more than when it was put into the folder.
		at := e.Return.Received
		if saved := e.Return.Saved; !saved.IsZero() && (at.IsZero() || saved.Before(at)) {
			at = saved
		}
		if !at.IsZero() {
			times = append(times, at)
		}
	}
	if len(times) == 0 {
		return nil
	}
	slices.SortFunc(times, time.Time.Compare)
	n := len(v.Folder.Recipients)
	ends := v.Folder.Config.Due.Time.AddDate(0, 0, 1)
	out := &cameChart{N: n, From: tallyOf(v).sentFirst, To: c.office().Time(), Due: -1}
	if issued := v.Folder.Config.Issued.Time; out.From.IsZero() || out.From.After(times[0]) {
		out.From = issued
	}
	if out.From.After(times[0]) {
		out.From = times[0]
	}
	if last := times[len(times)-1]; out.To.Before(last) {
		out.To = last
	}
	span := out.To.Sub(out.From)
	if span <= 0 {
		span = time.Hour
	}
	x := func(t time.Time) int { return int(plotWide * t.Sub(out.From) / span) }
	y := func(k int) int { return plotHigh - plotHigh*k/max(n, 1) }
	if ends.After(out.From) && ends.Before(out.To) {
		out.Due = x(ends)
	}
	points := []string{fmt.Sprintf("0,%d", plotHigh)}
	for i, t := range times {
		if !t.Before(ends) {
			out.After++
		} else {
			out.OnTime++
		}
		// A step for each day or so is enough to be seen: equal places are drawn once.
		if i+1 < len(times) && x(times[i+1]) == x(t) {
			continue
		}
		before := points[len(points)-1]
		points = append(points, fmt.Sprintf("%d,%s", x(t), before[strings.Index(before, ",")+1:]), fmt.Sprintf("%d,%d", x(t), y(i+1)))
	}
	points = append(points, fmt.Sprintf("%d,%d", plotWide, y(len(times))))
	out.Points = strings.Join(points, " ")
	out.Under = out.Points + fmt.Sprintf(" %d,%d 0,%d", plotWide, plotHigh, plotHigh)
	for i := range 5 {
		out.Labels = append(out.Labels, n*(4-i)/4)
	}
	out.Grid = []int{90, 180, 270}
	return out
}
