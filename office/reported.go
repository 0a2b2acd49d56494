package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
	"github.com/rubric-project/rubric/models/views"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/scoring/disclosure"
)

// made is what the summaries of a run are made with.
func (r *reporting) made() *round.ReportMade {
	out := &round.ReportMade{Lang: r.opts.Lang, Full: r.opts.Full, Since: r.results.Earlier}
	if r.opts.Baseline.Dir != "" {
		out.Baseline, out.Crosswalk = r.f.fromHere(r.opts.Baseline.Dir), r.f.fromHere(r.opts.Baseline.Crosswalk)
	}
	return out
}

// fromHere is a path as seen from the round folder, where that is another folder of the same disk.
func (f *Folder) fromHere(path string) string {
	if path == "" {
		return ""
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(f.Dir, abs); err == nil {
		return filepath.ToSlash(rel)
	}
	return abs
}

// recordReported records the events that say something new: a run that made the same summaries leaves the journal as it is.
func (f *Folder) recordReported(events []round.Event) error {
	before, err := f.reported()
	if err != nil {
		return err
	}
	var fresh []round.Event
	for _, e := range events {
		if last, ok := before[e.Recipient]; !ok || last.File != e.File || last.Digest != e.Digest || !reflect.DeepEqual(last.Made, e.Made) {
			fresh = append(fresh, e)
		}
	}
	return f.Record(fresh...)
}

// reported finds in the journal what each recipient's latest summary was made with and from.
func (f *Folder) reported() (map[string]round.Event, error) {
	events, _, err := f.Journal()
	out := map[string]round.Event{}
	for _, e := range events {
		if e.Kind == round.Reported && e.Made != nil {
			out[e.Recipient] = e
		}
	}
	return out, err
}

// states tells by a digest whether anything changed that a recipient's summary shows: its answers, the figures it is
// compared with, the template and the settings. An earlier round does not change any more.
type states struct {
	common []byte
	groups []models.GroupView
	views  map[[2]string][]byte
	// apart are the respondents' views that a recipient's summary shows, by recipient; most have none.
	apart map[string][]string
}

func (f *Folder) statesOf(in *Intake, plan *models.Disclosure) *states {
	h := sha256.New()
	shown := models.Disclosure{}
	if plan != nil {
		shown = *plan
	}
	digest(h, f.Config, f.TemplateDigest, in.Scoring, shown.Consolidation.All, shown.LeftOut, shown.AsOf)
	if logo := f.Config.Look.Logo; filepath.IsLocal(logo) {
		data, _ := disk.ReadFile(filepath.Join(f.Dir, logo)) // without it no summary is made at all
		h.Write(data)
	}
	for _, entry := range f.Config.Fonts {
		if file, _ := fontFile(entry); filepath.IsLocal(file) {
			data, _ := disk.ReadFile(filepath.Join(f.Dir, file))
			h.Write(data)
		}
	}
	s := &states{common: h.Sum(nil), groups: shown.Consolidation.Groups, views: map[[2]string][]byte{}, apart: map[string][]string{}}
	for i := range in.Register.Entries {
		if e := &in.Register.Entries[i]; e.HasViews() {
			back, asked := e.PartsBack()
			s.apart[e.Recipient.ID] = append(views.Sources(views.Of(e)), fmt.Sprint(back, asked, e.Consensus))
		}
	}
	for _, g := range s.groups {
		h := sha256.New()
		digest(h, g)
		s.views[[2]string{g.Column, g.Value}] = h.Sum(nil)
	}
	return s
}

// of is the state of a recipient whose return is opened.
func (s *states) of(rc models.Recipient, ret *models.Return) string {
	h := sha256.New()
	h.Write(s.common)
	for _, g := range s.groups {
		if rc.Groups[g.Column] != g.Value {
			continue
		}
		h.Write(s.views[[2]string{g.Column, g.Value}])
	}
	digest(h, rc, ret.Respondent, ret.Answers(), ret.Questions)
	if apart := s.apart[rc.ID]; apart != nil {
		digest(h, apart)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// digest adds values to a hash. All of them are made of what JSON can hold, figures unrounded.
func digest(h hash.Hash, values ...any) {
	enc := json.NewEncoder(h)
	for _, v := range values {
		if err := enc.Encode(v); err != nil {
			panic(err) // a type that JSON cannot hold: a mistake in the program
		}
	}
}

// CheckSummaries prepares a check that a summary in results/pdf/ is the recipient's own and no older than the answers. An
// error of the check says in words why it is not.
func (o *Office) CheckSummaries(ctx context.Context, f *Folder, in *Intake) (func(rc models.Recipient, content []byte) error, error) {
	reported, err := f.reported()
	if err != nil {
		return nil, err
	}
	plain, err := f.printersFor("")
	if err != nil {
		return nil, err
	}
	member := map[string]int{}
	for i, m := range in.Members {
		member[m.Recipient.ID] = i
	}
	c, err := o.compareWith(ctx, f, in, nil, false)
	if err != nil {
		if f.Config.SmallestGroup() >= disclosure.LeastMinimum {
			return nil, err
		}
		c = &comparison{in: in}
	}
	now := f.statesOf(in, c.plan)
	return func(rc models.Recipient, content []byte) error {
		i, ok := member[rc.ID]
		if !ok || in.Members[i].Return == nil {
			return errors.New("no return of this recipient counts, so that there are no results")
		}
		last := reported[rc.ID]
		ours := last.Made != nil && last.Digest == Digest(content)
		if ours && last.Made.State == now.of(rc, in.Members[i].Return) {
			return nil
		}
		if !ours { // made by an earlier version, or changed by somebody
			same, err := o.isPlainSummary(f, in, c.plan, i, plain, content)
			if same || err != nil {
				return err
			}
		}
		if ours {
			return anew("the answers, or the figures beside them, changed since the summary was made", last.Made)
		}
		return anew("the summary is not the one that the answers make now", last.Made)
	}, nil
}

// anew is the error of a summary that is not to be sent. It says what it was made with, so that nothing of that gets lost.
func anew(message string, m *round.ReportMade) error {
	if m == nil || m.Lang == "" && m.Baseline == "" && !m.Full {
		return &fault.Error{Message: message, Remedy: "make the reports again", Do: actions.Report.On()}
	}
	var with []string
	if m.Lang != "" {
		with = append(with, "in language "+m.Lang)
	}
	if m.Full {
		with = append(with, "with every criterion")
	}
	if m.Baseline != "" {
		s := fmt.Sprintf("compared with %q (%s)", m.Since, m.Baseline)
		if m.Crosswalk != "" {
			s += " by " + m.Crosswalk
		}
		with = append(with, s)
	}
	return &fault.Error{Message: message, Remedy: "make the reports again as they were made: " + strings.Join(with, ", ")}
}

// isPlainSummary says whether a summary is byte for byte one that the answers make, without a comparison.
func (o *Office) isPlainSummary(f *Folder, in *Intake, plan *models.Disclosure, member int, printers *printers, content []byte) (bool, error) {
	r := &reporting{f: f, in: in, results: o.results(f, in, Since{})}
	r.results.Disclosure = plan
	r.told = tellOf(r.results, models.Date{})
	printer, err := printers.of(f.LanguageOf(in.Members[member].Recipient))
	if err != nil {
		return false, err
	}
	for _, full := range []bool{false, true} {
		r.opts.Full = full
		var b bytes.Buffer
		input, err := r.input(member)
		if err != nil {
			return false, err
		}
		if _, err := printer.Summary(&b, input); err != nil {
			return false, err
		}
		if bytes.Equal(b.Bytes(), content) {
			return true, nil
		}
	}
	return false, nil
}
