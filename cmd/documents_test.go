package cmd_test

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/cmd/cmdtest"
)

// document is what one page shows of the program, in its order.
type document struct {
	name  string
	steps []step
}

// step is a command with what it prints, or a file that the reader is told to write.
type step struct {
	line          int
	command, file string
	shown         []string
	compared      bool
}

// documents are the pages for people who use rubric.
func documents(t *testing.T) []document {
	t.Helper()
	names := []string{"../README.md"}
	for _, pattern := range []string{"../docs/*.md", "../docs/guide/*.md"} {
		list, err := filepath.Glob(pattern)
		if err != nil || len(list) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(list), err)
		}
		names = append(names, list...)
	}
	var out []document
	for _, name := range names {
		out = append(out, document{name, stepsIn(readFile(t, name))})
	}
	return out
}

// stepsIn finds the commands of a page. In a block, a line "$ rubric …" is a command and what follows is what it prints; a
// line of dots stands for lines that are left out. A block that begins with ```csv NAME (or another kind) is that file. Lines
// "rubric …" and "go run ./cmd/rubric …" by themselves, indented ones too, are commands of which nothing is shown.
func stepsIn(page string) (steps []step) {
	inside, file, since := false, "", 0
	for i, line := range strings.Split(strings.ReplaceAll(page, "\r\n", "\n"), "\n") {
		bare := strings.TrimSpace(line)
		if rest, isFence := strings.CutPrefix(line, "```"); isFence {
			inside, since = !inside, len(steps)
			_, file, _ = strings.Cut(rest, " ")
			if inside && file != "" {
				steps = append(steps, step{line: i + 1, file: file})
			}
			continue
		}
		command, isCommand := "", false
		switch {
		case inside && file != "":
			last := &steps[len(steps)-1]
			last.shown = append(last.shown, line)
			continue
		case inside && strings.HasPrefix(line, "$ rubric "):
			steps = append(steps, step{line: i + 1, command: line[len("$ rubric "):], compared: true})
			continue
		case inside, strings.HasPrefix(line, "    "):
			command, isCommand = strings.CutPrefix(bare, "go run ./cmd/rubric ")
			if !isCommand {
				command, isCommand = strings.CutPrefix(bare, "rubric ")
			}
		}
		if isCommand {
			for one := range strings.SplitSeq(command, "&&") {
				one, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(one), "go run ./cmd/rubric "), " #")
				steps = append(steps, step{line: i + 1, command: strings.TrimSpace(one)})
			}
		} else if n := len(steps); inside && n > since && steps[n-1].compared {
			steps[n-1].shown = append(steps[n-1].shown, line)
		}
	}
	return steps
}

// TestDocumentsRun runs every command of the pages in their order, each page in a folder of its own, and holds what is printed
// against the page. Dates, durations and sizes may be others.
func TestDocumentsRun(t *testing.T) {
	commands := 0
	type round struct{ dir, printed string }
	demos, kept := map[string]round{}, t.TempDir() // by command
	for _, d := range documents(t) {
		if len(d.steps) == 0 {
			continue
		}
		t.Run(filepath.Base(d.name), func(t *testing.T) {
			t.Chdir(t.TempDir())
			for _, s := range d.steps {
				if s.file != "" {
					putFile(t, filepath.FromSlash(s.file), strings.Join(s.shown, "\n")+"\n")
					continue
				}
				commands++
				var out bytes.Buffer
				words := wordsOf(s.command)
				made, again := demos[strings.TrimSuffix(s.command, " --quiet")]
				if again { // several pages begin with the same round
					out.WriteString(made.printed)
					if err := cmdtest.CopyFolder(made.dir, words[1]); err != nil {
						t.Fatal(err)
					}
				} else if status := (&cmd.App{In: strings.NewReader(""), Out: &out, Err: &out, Now: inDecember}).Run(context.Background(), words...); status > 1 {
					t.Fatalf("line %d: rubric %s: status %d\n%s", s.line, s.command, status, out.String())
				}
				if words[0] == "demo" && !again {
					made = round{filepath.Join(kept, filepath.Base(d.name)), out.String()}
					if err := cmdtest.CopyFolder(words[1], made.dir); err != nil {
						t.Fatal(err)
					}
					demos[strings.TrimSuffix(s.command, " --quiet")] = made
				}
				if s.compared {
					if at, ok := asShown(s.shown, strings.Split(strings.TrimRight(out.String(), "\n"), "\n")); !ok {
						t.Errorf("line %d: rubric %s prints otherwise than is shown from %q on:\n%s", s.line, s.command, at, out.String())
					}
				}
			}
		})
	}
	if commands < 15 {
		t.Errorf("only %d commands were found", commands)
	}
}

// inDecember is the day on which the pages' commands are run.
func inDecember() time.Time { return time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC) }

// words divides a command as a shell does that knows double quotation marks only.
func wordsOf(command string) (list []string) {
	quoted, open := false, false
	var word strings.Builder
	end := func() {
		if open {
			list = append(list, word.String())
		}
		word.Reset()
		open = false
	}
	for _, r := range command {
		switch {
		case r == '"':
			quoted, open = !quoted, true
		case r == ' ' && !quoted:
			end()
		default:
			word.WriteRune(r)
			open = true
		}
	}
	end()
	return list
}

var masks = []struct {
	is *regexp.Regexp
	as string
}{
	{regexp.MustCompile(`\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b`), "DATE"},
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`), "DATE"},
	{regexp.MustCompile(`\b\d+(\.\d+)? ?(ms|s|min|seconds?|minutes?)\b`), "DURATION"},
	{regexp.MustCompile(`\b\d+(\.\d+)? ?(kB|MB|GB|bytes)\b`), "SIZE"},
	{regexp.MustCompile(`\s+$`), ""},
}

func masked(line string) string {
	for _, m := range masks {
		line = m.is.ReplaceAllString(line, m.as)
	}
	return strings.ReplaceAll(line, `\`, "/") // of paths on Windows
}

// asShown holds printed lines against those of a page, where … stands for any number of lines. at is the first line of the
// page that is not there.
func asShown(shown, printed []string) (at string, ok bool) {
	for len(shown) > 0 && strings.TrimSpace(shown[len(shown)-1]) == "" {
		shown = shown[:len(shown)-1]
	}
	for i := 0; i < len(shown); i++ {
		if strings.TrimSpace(shown[i]) == "…" {
			if i == len(shown)-1 {
				return "", true
			}
			next := masked(shown[i+1])
			k := slices.IndexFunc(printed, func(s string) bool { return masked(s) == next })
			if k < 0 {
				return shown[i+1], false
			}
			printed = printed[k:]
			continue
		}
		if len(printed) == 0 || masked(printed[0]) != masked(shown[i]) {
			return shown[i], false
		}
		printed = printed[1:]
	}
	if strings.TrimSpace(strings.Join(printed, "")) != "" {
		return "the end", false
	}
	return "", true
}

// Commands that a sentence names exist, and have the flags that it names.
func TestDocumentsNameWhatThereIs(t *testing.T) {
	span := regexp.MustCompile("`rubric ([^`]+)`")
	flag := regexp.MustCompile(`(?:^|[\s\[(])(--?[a-zA-Z][a-z-]*)`)
	seen := 0
	for _, d := range documents(t) {
		for _, m := range span.FindAllStringSubmatch(readFile(t, d.name), -1) {
			if strings.HasPrefix(m[1], "--") {
				continue
			}
			seen++
			var path []string
			for _, w := range strings.Fields(m[1]) {
				if !regexp.MustCompile(`^[a-z-]+$`).MatchString(w) || strings.HasPrefix(w, "-") {
					break
				}
				path = append(path, w)
			}
			c, _, err := cmd.Commands().Find(path)
			if err != nil || c.Name() == "rubric" {
				t.Errorf("%s: there is no command `rubric %s`: %v", d.name, m[1], err)
				continue
			}
			for _, f := range flag.FindAllStringSubmatch(m[1], -1) {
				name := strings.TrimLeft(f[1], "-")
				if c.Flags().Lookup(name) == nil && c.InheritedFlags().Lookup(name) == nil && (len(name) != 1 || c.Flags().ShorthandLookup(name) == nil && c.InheritedFlags().ShorthandLookup(name) == nil) {
					t.Errorf("%s: `rubric %s`: there is no flag %s", d.name, m[1], f[1])
				}
			}
		}
	}
	if seen < 60 {
		t.Errorf("only %d commands were found", seen)
	}
}

// A page that shows something else than is printed is noticed.
func TestAsShown(t *testing.T) {
	for _, c := range []struct {
		shown, printed string
		same           bool
	}{
		{"a|due 1 March 2027, 3 s", "a|due 30 October 2026, 12.5 s", true},
		{"a|…|d", "a|b|c|d", true},
		{"a|…", "a|b|c", true},
		{"a|…|d", "a|b|c", false},
		{"a|b", "a|b|c", false},
		{"a|b 36", "a|b 37", false},
		{"", "a", false},
	} {
		if _, same := asShown(strings.Split(c.shown, "|"), strings.Split(c.printed, "|")); same != c.same {
			t.Errorf("%q, printed %q: %v", c.shown, c.printed, same)
		}
	}
	if got := wordsOf(`init x --title "A b" --map id="CDS Code"`); !slices.Equal(got, []string{"init", "x", "--title", "A b", "--map", "id=CDS Code"}) {
		t.Errorf("%q", got)
	}
}
