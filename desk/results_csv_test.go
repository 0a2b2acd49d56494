package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/desk"
)

// A group's name is never taken for a formula by the program that opens the file, and steers nothing.
func TestMediansAreTame(t *testing.T) {
	dir := demoRound(t, "uk-dmm")
	name := filepath.Join(dir, "recipients.csv")
	list, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(strings.ReplaceAll(string(list), "Transport", "＝1+1"), "Culture", "x;=2+2")
	if err := os.WriteFile(name, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	page, _, status := visit(t, dir).get("/r/" + desk.KeyOf(dir) + "/results.csv")
	if status != 200 || !strings.Contains(page, ",'＝1+1,") || !strings.Contains(page, "x;'=2+2") {
		t.Errorf("%d:\n%.800s", status, page)
	}
}
