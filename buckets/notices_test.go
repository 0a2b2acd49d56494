package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/internal/notices/gather"
)

var update = flag.Bool("update", false, "write the notices anew")

const noticesFile = "THIRD-PARTY-NOTICES.txt"

// TestNotices holds the notices that go with the program against the modules that it is made of. Several of one provider lie in one
// repository, whose licence is theirs.
func TestNotices(t *testing.T) {
	text, err := gather.Program{Name: "rubric-buckets", Dir: ".", Package: ".", Own: "github.com/rubric-project/",
		Further: map[string]string{"the typeface Source Sans 3": filepath.FromSlash("../internal/typeface/OFL.txt")}}.Notices()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Go and its standard library", "gocloud.dev", "aws-sdk-go-v2"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is nothing of %q", want)
		}
	}
	if *update {
		if err := os.WriteFile(noticesFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b, err := os.ReadFile(noticesFile); err != nil || strings.ReplaceAll(string(b), "\r\n", "\n") != text {
		t.Errorf("%s is not what the modules say; run this test with -update (%v)", noticesFile, err)
	}
}
