package consolidated_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/templates"
	"github.com/rubric-project/rubric/xlsx/consolidated"
)

// TestConsolidatedLargeRound consolidates 12,000 recipients whose answers are supplied one return at a time, and
// looks at the rows written and, with RUBRIC_LARGE=1 and no other test beside it, at the memory of the process.
// Without RUBRIC_LARGE it is content with 1,200.
func TestConsolidatedLargeRound(t *testing.T) {
	n, alone := 1200, os.Getenv("RUBRIC_LARGE") != ""
	if alone {
		n = 12000
	}
	tm, err := templates.Builtin("uk-dmm")
	if err != nil {
		t.Fatal(err)
	}
	in := consolidated.Input{Results: &models.Results{Round: exampleRound(t, "uk-dmm", 3).Round, Template: tm, Scoring: tm.Scoring}}
	made := func(i int) *models.Return {
		return exampleReturn(rand.New(rand.NewPCG(uint64(i), 1)), tm, in.Members[i].Recipient, i)
	}
	for i := range n {
		in.Members = append(in.Members, models.Member{Recipient: models.Recipient{
			ID: fmt.Sprintf("%05d", i), Name: fmt.Sprintf("Example School District %05d", i),
			Groups: map[string]string{"Region": fmt.Sprintf("Region %d", i%9), "Type": "Unified"},
		}})
		ret := made(i)
		ret.SetAnswers(nil)
		ret.Findings = nil
		in.Members[i].Return = ret
	}
	in.ReadAnswers = func(member int) ([]models.Answer, error) { return made(member).Answers(), nil }
	file, err := os.Create(t.TempDir() + "/large.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	debug.FreeOSMemory()
	limit := debug.SetMemoryLimit(290 << 20)
	defer debug.SetMemoryLimit(limit)
	if err := consolidated.Write(file, in); err != nil {
		t.Fatal(err)
	}
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		if strings.HasPrefix(line, "VmHWM") {
			t.Log(line)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if alone && m.Sys > 300<<20 {
		t.Errorf("%d MB of memory were taken, 300 are the limit", m.Sys>>20)
	}
	info, _ := file.Stat()
	t.Logf("%d MB of memory, a file of %d MB", m.Sys>>20, info.Size()>>20)
	z, err := zip.NewReader(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for i, name := range sheetNames(t, z) {
		if !strings.HasPrefix(name, "Answers") {
			continue
		}
		r, err := z.Open(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err != nil {
			t.Fatal(err)
		}
		rows += countRows(t, r) - 1
		t.Logf("%s: %d rows so far", name, rows)
	}
	if rows != n*len(tm.Criteria) {
		t.Errorf("%d answers were written of %d", rows, n*len(tm.Criteria))
	}
}

func countRows(t *testing.T, r interface{ Read([]byte) (int, error) }) int {
	t.Helper()
	buf, rest, n := make([]byte, 1<<16), []byte(nil), 0
	for {
		k, err := r.Read(buf)
		chunk := append(rest, buf[:k]...)
		n += bytes.Count(chunk, []byte("<row "))
		rest = append([]byte(nil), chunk[max(0, len(chunk)-4):]...)
		if err != nil {
			return n
		}
	}
}
