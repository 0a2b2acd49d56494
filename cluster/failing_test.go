package cluster_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/rubric-project/rubric/cluster"
)

// A bundle that fails ends the run without a manifest. Done again, what comes out is the same, byte for byte.
func TestAFailedBundle(t *testing.T) {
	r := makeRound(t)
	r.fillRound()
	one := onOneMachine(t, r.dir)
	whole := t.TempDir()
	want := run(t, r.dir, whole, 4)
	out := t.TempDir()
	inTheWay := filepath.Join(out, "data", "scores-00002-of-00004.parquet")
	if err := os.MkdirAll(filepath.Join(inTheWay, "x"), 0o755); err != nil { // nothing can be renamed to a folder that holds something
		t.Fatal(err)
	}
	if _, err := tryRun(t.Context(), r.dir, out, 4); err == nil {
		t.Fatal("the run came to its end though a shard could not be written")
	}
	if _, err := cluster.ReadManifest(out); err == nil {
		t.Fatal("there is a manifest of a run that failed")
	}
	if err := os.RemoveAll(inTheWay); err != nil {
		t.Fatal(err)
	}
	for range 2 { // again after the failure, and once more over what is whole
		got := run(t, r.dir, out, 4)
		one.same(t, out, got)
		if len(got.Files) != len(want.Files) {
			t.Fatalf("%d files, want %d", len(got.Files), len(want.Files))
		}
		for i, f := range got.Files {
			if f != want.Files[i] {
				t.Errorf("got %+v, want %+v", f, want.Files[i])
			}
			a, _ := os.ReadFile(filepath.Join(out, f.Name))
			b, _ := os.ReadFile(filepath.Join(whole, f.Name))
			if !bytes.Equal(a, b) {
				t.Errorf("%s is another file", f.Name)
			}
		}
	}
}

// Finishing again, from the shards alone, makes results/ again; from shards that somebody changed it makes nothing.
func TestFinishOnly(t *testing.T) {
	r := makeRound(t)
	r.fillRound()
	one := onOneMachine(t, r.dir)
	out := t.TempDir()
	m := run(t, r.dir, out, 3)
	if err := os.RemoveAll(filepath.Join(r.dir, "results")); err != nil {
		t.Fatal(err)
	}
	o := cluster.Options{Round: r.dir, Out: out, Version: "test", Jobs: 2, FinishOnly: true}
	if _, err := cluster.Run(t.Context(), "none", o); err != nil {
		t.Fatal(err)
	}
	one.same(t, out, m)
	name := filepath.Join(out, "register", "register-00001-of-00003.json")
	if err := os.WriteFile(name, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := cluster.Run(t.Context(), "none", o); err == nil {
		t.Error("shards that are not as the manifest has them were taken")
	}
	o.Out = filepath.Join(r.dir, "shards")
	if _, err := cluster.Run(t.Context(), "none", o); err == nil {
		t.Error("shards were looked for in the round's own folder")
	}
}

// A worker that is killed in the middle leaves nothing that the next run trips over.
func TestAKilledWorker(t *testing.T) {
	if dir := os.Getenv("CLUSTER_TEST_ROUND"); dir != "" { // the worker
		if _, err := tryRun(t.Context(), dir, os.Getenv("CLUSTER_TEST_OUT"), 8); err != nil {
			t.Fatal(err)
		}
		return
	}
	r := makeRound(t)
	r.fillRound()
	one := onOneMachine(t, r.dir)
	// A fast machine may be done before it is killed; that is no test of it.
	for range 10 {
		out := t.TempDir()
		killedWorker(t, []string{"CLUSTER_TEST_ROUND=" + r.dir, "CLUSTER_TEST_OUT=" + out}, func() bool {
			some, err := filepath.Glob(filepath.Join(out, "*", "*-of-*"))
			if err != nil {
				t.Fatal(err)
			}
			return len(some) > 0
		})
		if _, err := cluster.ReadManifest(out); err == nil {
			continue
		}
		one.same(t, out, run(t, r.dir, out, 8))
		return
	}
	t.Fatal("ten workers were done before they were killed")
}

// killedWorker runs the test that calls it in a process of its own with these variables, and kills it once a shard is written.
func killedWorker(t *testing.T, variables []string, begun func() bool) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, "-test.run", "^"+t.Name()+"$")
	c.Env = append(os.Environ(), variables...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for ; !begun(); time.Sleep(time.Millisecond) {
		select {
		case err := <-ended:
			t.Fatalf("the worker ended before anything was written: %v", err)
		default:
		}
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-ended
}
