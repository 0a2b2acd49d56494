// Command bench measures rubric side by side with what users would take instead: excelize, openpyxl,
// XlsxWriter, SheetJS, ExcelJS. Every job of every program is a process of its own, run in turn, round after
// round, so that a machine that changes its speed changes it for all; what is compared is the processor time
// (user and system) that the operating system accounts, as a ratio to rubric's.
//
//	go run ./bench [-rounds 5] [write|read|consolidate …]
//	go run ./bench -make DIR -recipients 13800 -template uk-dmm
//	go run ./bench -scale 100000 [-topics 1] [-real]
//
// The second makes a round folder with filled-in returns, to try the commands on. The third measures status, consolidate and
// report on a round of that size whose returns are made up as they are read, or with real files of the same bytes.
//
// Programs that are not installed are left out, and said so. SheetJS and ExcelJS are found by NODE_PATH.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rubric-project/rubric/templates"
)

// entrant is a program that does a job n times in one process.
type entrant struct {
	name string
	n    int
	argv func(job, input, output string, n int) []string
}

func self(name string, n int) entrant {
	return entrant{name, n, func(job, input, output string, n int) []string {
		exe, _ := os.Executable()
		return []string{exe, "-job", job + "_" + name, "-input", input, "-output", output, "-n", strconv.Itoa(n)}
	}}
}

func python(name string, n int) entrant {
	return entrant{name, n, func(job, input, output string, n int) []string {
		return []string{"/usr/bin/python3", "bench/peers.py", name, job, input, output, strconv.Itoa(n)}
	}}
}

func node(name string, n int) entrant {
	return entrant{name, n, func(job, input, output string, n int) []string {
		return []string{"node", "bench/peers.cjs", name, job, input, output, strconv.Itoa(n)}
	}}
}

// Each does its job often enough to outweigh the start of its process.
var jobs = []struct {
	name, what string
	entrants   []entrant
}{
	{"write", "one assessment workbook, 97 criteria × 5 descriptors",
		[]entrant{self("rubric", 2000), self("excelize", 20), python("xlsxwriter", 20), python("openpyxl", 10), node("exceljs", 20)}},
	{"read", "the answers of one return",
		[]entrant{self("rubric", 1000), self("excelize", 30), python("openpyxl", 20), node("sheetjs", 40), node("exceljs", 20)}},
	{"consolidate", "2,000 recipients × 97 answers: rubric works out and writes its consolidated workbook; the others write the same cells (all sheets, values and formulas; no styles, no charts) from memory",
		[]entrant{self("rubric", 1), self("excelize", 1), python("xlsxwriter", 1), python("openpyxl", 1), node("exceljs", 1)}},
}

func main() {
	rounds := flag.Int("rounds", 5, "how often each program does each job")
	job := flag.String("job", "", "do one job (used by bench itself)")
	input := flag.String("input", "", "input of -job")
	output := flag.String("output", "", "output of -job; the round folder of -scale, which is kept")
	n := flag.Int("n", 1, "times to do -job")
	dir := flag.String("make", "", "make a round folder with filled-in returns here, and measure nothing")
	template := flag.String("template", "uk-dmm", "template of -make")
	recipients := flag.Int("recipients", 500, "recipients of -make")
	large := flag.Int("scale", 0, "measure a round of this many recipients, whose returns are made up as they are read")
	topics := flag.Int("topics", 0, "with -scale: so many topics of the template only; 0 for all")
	real := flag.Bool("real", false, "with -scale: with real files, to compare with")
	steps := flag.String("steps", "", "with -scale: run these commands of "+strings.Join(scaleSteps, ",")+"; with -output a folder is kept for a later run")
	profiles := flag.String("profile", "", "with -scale: a folder to put processor and memory profiles of each command in")
	step := flag.String("step", "", "run one command of -scale (used by bench itself)")
	flag.Parse()
	err := error(nil)
	switch {
	case *dir != "":
		err = makeRound(*dir, *template, *recipients)
	case *large > 0:
		err = scale(sized{recipients: *large, topics: *topics, real: *real, dir: *output, steps: *steps, profiles: *profiles})
	case *step != "":
		err = scaleStep(*step, *output, *recipients, *real, *profiles)
	case *job != "":
		err = doJob(*job, *input, *output, *n)
	default:
		err = compare(*rounds, flag.Args())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// compare runs the jobs and prints a table for each.
func compare(rounds int, only []string) error {
	dir, err := os.MkdirTemp("", "rubric-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	spec, filled, cells := filepath.Join(dir, "spec.json"), filepath.Join(dir, "return.xlsx"), filepath.Join(dir, "cells.jsonl")
	if err := writeSpec(spec); err != nil {
		return err
	}
	if err := writeReturn(filled); err != nil {
		return err
	}
	fmt.Printf("%s, %s/%s, %d processors, %d rounds, medians of processor time\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), rounds)
	for _, j := range jobs {
		if len(only) > 0 && !slices.Contains(only, j.name) {
			continue
		}
		source := spec
		switch j.name {
		case "read":
			source = filled
		case "consolidate":
			source = cells
			if err := writeCells(filepath.Join(dir, "rubric.xlsx"), cells); err != nil {
				return err
			}
		}
		times := make([][]time.Duration, len(j.entrants))
		for range rounds {
			for i, e := range j.entrants {
				d, err := run(e.argv(j.name, source, filepath.Join(dir, e.name+".xlsx"), e.n))
				if err == nil {
					times[i] = append(times[i], d/time.Duration(e.n))
				}
			}
		}
		fmt.Printf("\n%s: %s\n", j.name, j.what)
		base := median(times[0])
		for i, e := range j.entrants {
			if len(times[i]) < rounds {
				fmt.Printf("  %-12s not available here\n", e.name)
				continue
			}
			fmt.Printf("  %-12s %10.2f ms   %6.1f ×\n", e.name, float64(median(times[i]).Microseconds())/1000, float64(median(times[i]))/float64(base))
		}
	}
	return nil
}

// spentMark begins the line by which a process says what it measured itself, in nanoseconds: a job that needs
// long to get ready leaves that out.
const spentMark = "processor time: "

// run runs a process and returns the processor time it took.
func run(argv []string) (time.Duration, error) {
	c := exec.Command(argv[0], argv[1:]...)
	c.Env = append(os.Environ(), "GOMAXPROCS=1")
	var said bytes.Buffer
	c.Stderr = &said
	if err := c.Run(); err != nil {
		return 0, err
	}
	if _, after, ok := strings.Cut(said.String(), spentMark); ok {
		n, err := strconv.ParseInt(strings.TrimSpace(after), 10, 64)
		return time.Duration(n), err
	}
	return c.ProcessState.UserTime() + c.ProcessState.SystemTime(), nil
}

func median(list []time.Duration) time.Duration {
	if len(list) == 0 {
		return 1
	}
	s := slices.Clone(list)
	slices.Sort(s)
	return s[len(s)/2]
}

// spec is what the peers write: the same rows and texts as rubric's workbook.
type spec struct {
	Headings []string   `json:"headings"`
	Rows     [][]string `json:"rows"`
	Choices  []string   `json:"choices"`
}

func makeSpec() (*spec, error) {
	t, err := templates.Builtin("uk-dmm")
	if err != nil {
		return nil, err
	}
	s := &spec{Headings: []string{"Ref", "Criterion"}}
	for _, step := range t.LevelScale() {
		s.Headings = append(s.Headings, step.Label())
		s.Choices = append(s.Choices, step.Label())
	}
	s.Headings = append(s.Headings, "Current level", "Target level", "Evidence", "Comment")
	for _, c := range t.Criteria {
		row := []string{c.Ref, c.Subject}
		for _, l := range t.Levels {
			row = append(row, c.Descriptors[l.Number])
		}
		s.Rows = append(s.Rows, append(row, "", "", "", ""))
	}
	return s, nil
}

func writeSpec(name string) error {
	s, err := makeSpec()
	if err != nil {
		return err
	}
	b, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return os.WriteFile(name, b, 0o644)
}
