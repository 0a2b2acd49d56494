// Command manual writes the manual pages and the completions of rubric's commands: manual DIR DATE. The date stands on the
// pages.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/rubric-project/rubric/cmd"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "manual DIR DATE")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "manual:", err)
		os.Exit(3)
	}
}

func write(dir, date string) error {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return err
	}
	root := cmd.Commands()
	plain(root)
	pages, completions := filepath.Join(dir, "man"), filepath.Join(dir, "completions")
	for _, d := range []string{pages, completions} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	if err := doc.GenManTree(root, &doc.GenManHeader{Section: "1", Manual: "rubric", Source: "rubric", Date: &day}, pages); err != nil {
		return err
	}
	for name, gen := range map[string]func(string) error{
		"rubric.bash": func(f string) error { return root.GenBashCompletionFileV2(f, true) },
		"rubric.zsh":  root.GenZshCompletionFile,
		"rubric.fish": func(f string) error { return root.GenFishCompletionFile(f, true) },
		"rubric.ps1":  root.GenPowerShellCompletionFileWithDesc,
	} {
		if err := gen(filepath.Join(completions, name)); err != nil {
			return err
		}
	}
	return nil
}

// plain makes the pages the same on every computer: the default of --jobs is how many cores this one has.
func plain(c *cobra.Command) {
	c.DisableAutoGenTag = true
	if f := c.PersistentFlags().Lookup("jobs"); f != nil {
		f.DefValue = "all cores"
	}
	for _, sub := range c.Commands() {
		plain(sub)
	}
}
