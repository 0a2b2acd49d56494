package cmd

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/models/actions"
)

var update = flag.Bool("update", false, "write docs/findings.md anew")

const findingsDocument = "../docs/findings.md"

// The document of all findings is generated from the catalogue and the table of commands:
// go test ./cmd -run FindingsDocument -update
func TestFindingsDocument(t *testing.T) {
	want := findingsPage()
	if *update {
		if err := os.WriteFile(findingsDocument, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(findingsDocument)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Errorf("%s is not what the catalogue says; run 'go test ./cmd -run FindingsDocument -update'", findingsDocument)
	}
}

func findingsPage() string {
	var b strings.Builder
	b.WriteString(`# Findings

What ` + "`rubric validate`" + ` can say about a return, by its stable code. This page is generated from the catalogue in
package models and the table of commands in package cmd, and held against them by a test.

An **error** means that the file, or the answer, does not count. A **warning** means that it counts and someone should
look at it. A **repair** means that it was read in spite of its form, without doubt about what is meant.

The last column is the command that does what the remedy says. Where the sender is to be asked, it is the one that
writes a copy of the sender's own workbook, with what is to be mended marked in it, to send back.
`)
	area := ""
	for _, c := range models.Catalogue() {
		if c.Area != area {
			area = c.Area
			b.WriteString("\n## " + c.AreaTitle() + "\n\n| code | severity | what it means | what to do | command |\n|---|---|---|---|---|\n")
		}
		line := command(actions.Action{Name: c.Action}, "")
		if line != "" {
			line = "`" + line + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", c.Code, c.Severity, cell(c.Meaning), cell(c.Remedy), line)
	}
	return b.String()
}

func cell(s string) string { return strings.NewReplacer("|", `\|`, "<", "&lt;", "\n", " ").Replace(s) }
