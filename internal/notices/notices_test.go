package notices_test

import (
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/notices"
	"github.com/rubric-project/rubric/internal/notices/gather"
)

var update = flag.Bool("update", false, "write the notices anew")

// TestNotices holds the text against the modules that the program is made of.
func TestNotices(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the modules are known to Go, which is not here")
	}
	text, err := gather.Program{Name: "rubric", Dir: ".", Package: "../../cmd/rubric",
		Further: map[string]string{"the typeface Source Sans 3": "../../internal/typeface/OFL.txt"}}.Notices()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Go and its standard library", "Source Sans 3", "SIL OPEN FONT LICENSE", "spf13/cobra"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is nothing of %q", want)
		}
	}
	if *update {
		if err := os.WriteFile("THIRD-PARTY-NOTICES.txt", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if text != notices.Text {
		t.Error("THIRD-PARTY-NOTICES.txt is not what the modules say; run this test with -update")
	}
}
