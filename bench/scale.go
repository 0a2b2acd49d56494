package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/cmd"
	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
	"github.com/rubric-project/rubric/templates"
)

// scaleSteps are the commands that are measured, in their order: the first reads every return, the others find what it read
// in the store.
var scaleSteps = []string{"status", "consolidate", "report"}

// sized is a round that scale measures.
type sized struct {
	recipients int
	// topics is how many topics of the template the round has; 0 for all.
	topics int
	// real says that the returns are files on the disk.
	real bool
	// dir is the round folder, which is left there; "" for one that is made and removed.
	dir string
	// steps are the commands, separated by commas; "" for all.
	steps string
	// profiles is a folder for profiles of each command; "" for none.
	profiles string
}

// scale measures a round of a size: with returns that are made up as they are read, or with real files. Each command is a
// process of its own.
func scale(m sized) error {
	dir, recipients, what := m.dir, m.recipients, "made up"
	if m.real {
		what = "real files"
	}
	if dir == "" {
		made, err := os.MkdirTemp("", "rubric-scale")
		if err != nil {
			return err
		}
		defer os.RemoveAll(made)
		dir = filepath.Join(made, "round")
	}
	if _, err := os.Stat(dir); err != nil {
		if err := makeMeasured(dir, m); err != nil {
			return err
		}
	}
	steps := scaleSteps
	if m.steps != "" {
		steps = strings.Split(m.steps, ",")
	} else if !m.real {
		steps = append([]string{"make up"}, steps...)
	}
	fmt.Printf("%d recipients, %d returns (%s)\n\n| command | processor | elapsed | memory |\n|---|---|---|---|\n", recipients, recipients-recipients/8, what)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for _, step := range steps {
		c := exec.Command(self, "-step", step, "-output", dir, "-recipients", strconv.Itoa(recipients), fmt.Sprintf("-real=%v", m.real), "-profile", m.profiles)
		c.Stderr = os.Stderr
		began := time.Now()
		out, err := c.Output()
		if err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
		elapsed := time.Since(began)
		spent := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
		fmt.Printf("| %s | %.1f s | %.1f s | %s MB |\n", step, spent.Seconds(), elapsed.Seconds(), strings.TrimSpace(string(out)))
	}
	fmt.Println()
	printSizes(dir)
	return nil
}

// makeMeasured makes the round folder, with the returns where they are real files.
func makeMeasured(dir string, m sized) error {
	r, t, err := roundOf(dir, m.recipients, m.topics)
	if err != nil || !m.real {
		return err
	}
	v, err := invent(r, t, m.recipients)
	if err != nil {
		return err
	}
	return v.write()
}

// printSizes prints what lies in the round folder.
func printSizes(dir string) {
	for _, name := range []string{".rubric/read", "returns", "results/consolidated.xlsx", "results/data/answers.csv", "results/data/answers.parquet", "results/data/rubric.sqlite", "results/data", "results"} {
		var size, n int64
		filepath.Walk(filepath.Join(dir, filepath.FromSlash(name)), func(_ string, info os.FileInfo, err error) error {
			if err == nil && info.Mode().IsRegular() {
				size, n = size+info.Size(), n+1
			}
			return nil // what is not there has no size
		})
		fmt.Printf("- %s: %.1f MB in %d files\n", name, float64(size)/1e6, n)
	}
}

// roundOf makes a round folder without returns, with the first topics of the template, or all where topics is 0.
func roundOf(dir string, recipients, topics int) (*round.Round, *models.Template, error) {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		return nil, nil, err
	}
	if topics > 0 && topics < len(t.Topics) {
		t.ID += fmt.Sprintf("-of-%d", topics)
		t.Translations, t.Contradictions, t.Advice = nil, nil, nil // they speak of the others too
		t.Topics = t.Topics[:topics]
		t.Criteria = slices.DeleteFunc(t.Criteria, func(c models.Criterion) bool { _, has := t.Topic(c.Topic); return !has })
		t.Themes = slices.DeleteFunc(t.Themes, func(x models.Theme) bool {
			return !slices.ContainsFunc(t.Criteria, func(c models.Criterion) bool { return c.Theme == x.ID })
		})
	}
	rows := [][]round.Cell{cellsOf([]string{"id", "name", "region", "type"})}
	for i := range recipients {
		rc := recipient(i)
		rows = append(rows, cellsOf([]string{rc.ID, rc.Name, rc.Groups["region"], rc.Groups["type"]}))
	}
	due, err := models.ParseDate("2026-11-27")
	if err != nil {
		return nil, nil, err
	}
	r, err := newRound(dir, t, round.Options{Title: "A round to measure", Organiser: "Example Office", Recipients: rows, Issued: due, Due: due, Groups: []string{"region", "type"}})
	return r, t, err
}

// scaleStep runs one command, and prints the most memory that the process had, in MB.
func scaleStep(step, dir string, recipients int, real bool, profiles string) error {
	cmd.KeepMemory()
	o := &office.Office{Jobs: 2}
	f, err := o.Open(dir)
	if err != nil {
		return err
	}
	if profiles != "" {
		stop, err := profile(filepath.Join(profiles, strings.ReplaceAll(step, " ", "-")))
		if err != nil {
			return err
		}
		defer func() { stop(); runtime.KeepAlive(f) }()
	}
	if !real {
		v, err := invent(f.Round, f.Template, recipients)
		if err != nil {
			return err
		}
		if step == "make up" { // what it costs to make the files up, which is no part of a command
			for i := range recipients {
				if returned(i) {
					if _, err := v.content(i); err != nil {
						return err
					}
				}
			}
			return printPeak()
		}
		if f, err = o.OpenFiles(v, dir); err != nil {
			return err
		}
	}
	ctx := context.Background()
	switch step {
	case "status":
		out, err := o.Status(ctx, f, office.StatusOptions{})
		if err != nil {
			return err
		}
		n := 0
		for _, e := range out.Register.Entries {
			if e.Return != nil || e.Status == models.Returned {
				n++
			}
		}
		if want := recipients - recipients/8; n != want {
			return fmt.Errorf("%d returns count, want %d", n, want)
		}
	case "consolidate":
		unlock, _, err := o.Lock(f, step)
		if err != nil {
			return err
		}
		defer unlock()
		if _, err := o.Consolidate(ctx, f, office.ConsolidateOptions{}); err != nil {
			return err
		}
	case "report":
		unlock, _, err := o.Lock(f, step)
		if err != nil {
			return err
		}
		defer unlock()
		var only []string
		for i := 0; len(only) < 100 && i < recipients; i++ {
			if returned(i) {
				only = append(only, recipient(i).ID)
			}
		}
		if _, err := o.Report(ctx, f, office.ReportOptions{Only: only}); err != nil {
			return err
		}
	}
	return printPeak()
}

// profile writes where the time goes, and at the end what is in memory, for go tool pprof.
func profile(name string) (stop func(), err error) {
	cpu, err := os.Create(name + ".cpu")
	if err != nil {
		return nil, err
	}
	heap, err := os.Create(name + ".heap")
	if err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		runtime.GC()
		pprof.WriteHeapProfile(heap)
		cpu.Close()
		heap.Close()
	}, pprof.StartCPUProfile(cpu)
}

// printPeak prints the most memory that the process had.
func printPeak() error {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmHWM:" {
			kB, err := strconv.Atoi(fields[1])
			fmt.Println(kB / 1000)
			return err
		}
	}
	return nil
}
