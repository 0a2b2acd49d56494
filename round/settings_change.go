package round

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/models"
)

// SettingChange is a setting of round.yaml that is another than before. Key is the keys that lead to it, such as look.accent.
type SettingChange struct{ Key, Was, Is string }

// SettingsDigest is what ChangeSettings knows round.yaml again by.
func (r *Round) SettingsDigest() (string, error) {
	data, err := r.read(ConfigFile)
	if err != nil {
		return "", failure(ConfigFile+" cannot be read", err)
	}
	return digest(data), nil
}

// DifferentSettings says which settings of a single value are others in to than in this round, in the order of the file.
func (r *Round) DifferentSettings(to *models.Round) []SettingChange {
	return different("", reflect.ValueOf(*r.Config), reflect.ValueOf(*to))
}

func different(group string, was, is reflect.Value) (out []SettingChange) {
	for i := range was.NumField() {
		key, _, _ := strings.Cut(was.Type().Field(i).Tag.Get("yaml"), ",")
		if key == "" || key == "-" {
			continue
		}
		a, single := settingText(was.Field(i))
		b, _ := settingText(is.Field(i))
		switch {
		case single && a != b:
			out = append(out, SettingChange{group + key, a, b})
		case !single && was.Field(i).Kind() == reflect.Struct:
			out = append(out, different(group+key+".", was.Field(i), is.Field(i))...)
		}
	}
	return out
}

// settingText is a setting of a single value as a text, "" where it is not made. single is false for groups and lists.
func settingText(v reflect.Value) (text string, single bool) {
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		b, err := m.MarshalText()
		return string(b), err == nil
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), true
	case reflect.Int:
		if v.Int() == 0 {
			return "", true
		}
		return strconv.FormatInt(v.Int(), 10), true
	case reflect.Bool:
		if !v.Bool() {
			return "", true
		}
		return "true", true
	}
	if days, ok := v.Interface().([]int); ok {
		if len(days) == 0 {
			return "", true
		}
		return "[" + strings.Trim(strings.ReplaceAll(fmt.Sprint(days), " ", ", "), "[]") + "]", true
	}
	return "", false
}

// ChangeSettings writes the settings of a single value that are others in to into round.yaml, line by line, so that its
// comments and all else stay as they are, and records it. of is the SettingsDigest that the change was thought out for;
// ErrSettingsChanged says that there is another file by now. The file before is kept in .rubric. A Problems says what is
// wrong with the new settings; nothing is written then.
func (r *Round) ChangeSettings(of string, to *models.Round, at time.Time) ([]SettingChange, error) {
	data, err := r.read(ConfigFile)
	if err != nil {
		return nil, failure(ConfigFile+" cannot be read", err)
	}
	if digest(data) != of {
		return nil, ErrSettingsChanged
	}
	changes := r.DifferentSettings(to)
	if len(changes) == 0 {
		return nil, nil
	}
	if err := checkSettings(to); err != nil {
		return nil, err
	}
	content := data
	for _, c := range changes {
		content, err = strictyaml.Set(ConfigFile, content, settingYAML(c), strings.Split(c.Key, ".")...)
		if errors.Is(err, strictyaml.ErrNotPlain) {
			return nil, errWrittenOtherwise
		}
		if err != nil {
			return nil, fromYAML(err)
		}
	}
	// What the lines say now is held against what was meant: a file of another form than expected is left alone.
	s := readConfig(ConfigFile, content)
	if err := fromYAML(s.doc.Err()); err != nil || !reflect.DeepEqual(s.rd, to) {
		return nil, errWrittenOtherwise
	}
	if err := r.WriteFile(stateDir+"/round-before-"+of+".yaml", writeBytes(data)); err != nil {
		return nil, err
	}
	if err := r.WriteFile(ConfigFile, writeBytes(content)); err != nil {
		return nil, err
	}
	r.Config = s.rd
	var said []string
	for _, c := range changes {
		said = append(said, c.Key+": "+c.Was+" → "+c.Is)
	}
	return changes, r.Record(Event{Time: at, Kind: SettingsChanged, File: ConfigFile, Note: strings.Join(said, "; ")})
}

// settingYAML is a value as round.yaml has it.
func settingYAML(c SettingChange) string {
	if c.Is == "" {
		return ""
	}
	switch c.Key {
	case "minimum_group", "completeness", "due", "issued", "plans_due", "paper", "reminders.days", "reminders.quiet", "meeting.date", "calendar":
		return c.Is
	}
	return yamlText(c.Is)
}

// checkSettings holds settings against the rules of round.yaml: a Problems, each with the key of its setting, or nil.
func checkSettings(rd *models.Round) error {
	var problems Problems
	wrong := map[string]bool{}
	for _, b := range strictyaml.Check(rd) {
		wrong[b.Path] = true
		problems = append(problems, Problem{Option: b.Path, Message: b.Message, Remedy: b.Remedy})
	}
	if p, ok := dueTooEarly(rd); ok && !wrong["due"] && !wrong["issued"] {
		problems = append(problems, p)
	}
	return problems.orNil()
}

// ErrSettingsChanged says that round.yaml is not the one that a change was thought out for.
var ErrSettingsChanged = &fault.Error{Usage: true, Message: ConfigFile + " was changed by somebody else in the meantime", Remedy: "look at it as it is now, and say again what is to be changed"}

var errWrittenOtherwise = &fault.Error{Usage: true, Message: ConfigFile + " is written in a way that is not changed here, such as groups in curly brackets",
	Remedy: "change it in a text editor: one setting on each line, as in a new round"}
