package cmdtest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/rubric-project/rubric/cmd"
)

// examples are the rounds that 'rubric demo' made for tests that begin with one: each is made once, and copied for each
// test that wants the same. The script demo, and the round of the README, are about making it.
var examples struct {
	sync.Mutex
	dir  string
	made map[string]func() (exampleRound, error)
}

type exampleRound struct{ dir, printed string }

// ExampleAt puts the round of 'rubric demo DIR ARG…' into a folder that is not there yet. now is nil for the computer's time.
func ExampleAt(dir string, now func() time.Time, args ...string) error {
	key := fmt.Sprint(args)
	if now != nil {
		key += now().String()
	}
	examples.Lock()
	one := examples.made[key]
	if one == nil {
		at := filepath.Join(examples.dir, fmt.Sprint(len(examples.made)))
		one = sync.OnceValues(func() (exampleRound, error) {
			var out, errs bytes.Buffer
			app := &cmd.App{In: strings.NewReader(""), Out: &out, Err: &errs, Now: now}
			if now == nil {
				app.Now = time.Now
			}
			if status := app.Run(context.Background(), append([]string{"demo", at}, args...)...); status != 0 {
				return exampleRound{}, fmt.Errorf("rubric demo %s: status %d\n%s", strings.Join(args, " "), status, errs.String())
			}
			return exampleRound{at, out.String()}, nil
		})
		examples.made[key] = one
	}
	examples.Unlock()
	made, err := one()
	if err != nil {
		return err
	}
	return CopyFolder(made.dir, dir)
}

// CopyFolder copies a folder with the rights and times of its files.
func CopyFolder(from, to string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		at := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(at, info.Mode().Perm())
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(at, content, info.Mode().Perm()); err != nil {
			return err
		}
		return os.Chtimes(at, info.ModTime(), info.ModTime())
	})
}

// Example puts the round of 'rubric demo DIR ARG…' into a folder of the test's own.
func Example(t *testing.T, args ...string) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "demo")
	if err := ExampleAt(dir, InMarch, args...); err != nil {
		t.Fatal(err)
	}
	return dir
}

// InMarch is the day on which the tests that call rubric do so.
func InMarch() time.Time { return time.Date(2027, 3, 2, 9, 0, 0, 0, time.UTC) }

// scriptExample is the command of scripts: example DIR ARG…
func scriptExample(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(ExampleAt(ts.MkAbs(args[0]), nil, args[1:]...))
}
