package consolidated_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// What is chosen on the sheets Compare and Priorities is followed by every formula at once, without a hard
// recalculation, by which nobody works.
func TestConsolidatedFollowsChoices(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs LibreOffice")
	}
	for _, need := range []string{"soffice", "/usr/bin/python3"} {
		if _, err := exec.LookPath(need); err != nil {
			t.Skipf("%s is not installed", need)
		}
	}
	if err := exec.Command("/usr/bin/python3", "-c", "import uno").Run(); err != nil {
		t.Skip("LibreOffice's python3-uno is not installed")
	}
	in := exampleRound(t, "uk-dmm", 12)
	file := filepath.Join(t.TempDir(), "consolidated.xlsx")
	if err := os.WriteFile(file, consolidatedBytes(t, in), 0o600); err != nil {
		t.Fatal(err)
	}
	recipient := ""
	for _, m := range in.Members {
		if m.Return != nil {
			recipient = m.Recipient.ID + "  " + m.Recipient.Name
		}
	}
	cmd := exec.Command("/usr/bin/python3", "testdata/choose.py", file, "Compare!A5="+recipient, "Priorities!C4=4")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for line := range strings.Lines(string(out)) {
		part := strings.Split(strings.TrimSpace(line), "\t")
		switch {
		case part[0] == "changed" && len(part) == 3:
			changed++
			if n, err := strconv.Atoi(part[2]); err != nil || n < 50 {
				t.Errorf("%s: only %s cells changed", part[1], part[2])
			}
		default:
			t.Errorf("did not follow the choice: %s", strings.Join(part, " "))
		}
	}
	if changed != 2 {
		t.Errorf("%d choices were made, want 2", changed)
	}
}
