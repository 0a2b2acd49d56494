package cmd

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// methodsOf names the method, and the further ones.
func methodsOf(s models.Scoring) string {
	words := []string{string(s.Method)}
	for _, m := range s.Also {
		words = append(words, string(m))
	}
	if len(words) == 1 {
		return words[0]
	}
	return words[0] + ", and also " + strings.Join(words[1:], ", ")
}

func targetOf(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprintf("%d, set for everyone", *n)
}

// asked says whom a criterion is asked of, where it is not all.
func asked(c *models.Criterion) string {
	if len(c.AppliesTo) == 0 {
		return ""
	}
	return " (where " + c.AskedWhere() + ")"
}

// showQuestions lists the questions on the sheet Start.
func (app *App) showQuestions(t *models.Template) {
	if len(t.Questions) == 0 {
		return
	}
	app.printf("\nQuestions on the sheet Start\n")
	for _, q := range t.Questions {
		kind := string(q.Type)
		if q.Required {
			kind += ", required"
		}
		app.printf("  %-10s %-24s %s\n", q.ID, kind, plain(q.Text))
		if len(q.Options) > 0 {
			app.printf("  %-10s %-24s %s\n", "", "", plain(strings.Join(q.Options, "; ")))
		}
	}
}

// showAbout says how the assessment is meant to be carried out.
func (app *App) showAbout(t *models.Template) {
	if t.About != "" {
		app.printf("\nHow it is carried out\n  %s\n", plain(t.About))
	}
}

// gapsInWords lists texts that are not translated, by their keys; a criterion of which every text is missing is named by
// its ref alone, and all criteria of which this is so together.
func gapsInWords(t *models.Template, keys []string) []string {
	missing, all := map[string]int{}, map[string]int{}
	for _, key := range keys {
		missing[criterionOf(key)]++
	}
	for _, x := range t.Translated("") {
		all[criterionOf(x.Key)]++
	}
	var out, whole []string
	for _, c := range t.Criteria {
		if missing[c.Ref] > 0 && missing[c.Ref] == all[c.Ref] {
			whole = append(whole, c.Ref)
		}
	}
	for _, key := range keys {
		if ref := criterionOf(key); ref == "" || missing[ref] != all[ref] {
			out = append(out, key)
		}
	}
	switch len(whole) {
	case 0:
	case len(t.Criteria):
		out = append(out, "every text of all "+criteriaCount(len(whole)))
	default:
		out = append(out, "every text of criteria "+strings.Join(whole, ", "))
	}
	return out
}

// criterionOf is the ref in the key of a criterion's text, "" for any other.
func criterionOf(key string) string {
	parts := strings.Fields(key)
	if len(parts) < 3 || parts[0] != "criteria" {
		return ""
	}
	return parts[1]
}
