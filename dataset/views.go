package dataset

import (
	"fmt"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// View is a question that the database answers.
type View struct {
	Name    string
	Meaning string
	query   string
}

// views lists the views. Names of columns come from the tables; only those of groups differ between rounds.
func views(in *models.Results) []View {
	groups := groupColumns(in.Round.Groups)
	rate := []string{`SELECT '' AS group_column, '' AS group_value, count(*) AS recipients, sum(returned) AS returned,
       1.0 * sum(returned) / count(*) AS share FROM recipients`}
	var listed strings.Builder
	for i, name := range groups {
		rate = append(rate, fmt.Sprintf(`SELECT %s, coalesce(%s, '(none)'), count(*), sum(returned),
       1.0 * sum(returned) / count(*) FROM recipients GROUP BY %s`, quote(in.Round.Groups[i]), name, name))
		fmt.Fprintf(&listed, ", r.%s", name)
	}
	return []View{
		{"response_rate", "How many of each group have returned.", strings.Join(rate, "\nUNION ALL\n")},
		{"overall_scores", "The overall score of each recipient: for staged and cumulative the level attained.",
			`SELECT r.recipient, r.name` + listed.String() + `, s.method, s.score, s.low, s.high, s.rated, s.not_applicable, s.blank
FROM scores s JOIN recipients r USING (recipient) WHERE s.scope = 'overall'`},
		{"topic_scores", "The score of each recipient on each topic.",
			`SELECT r.recipient, r.name` + listed.String() + `, s.topic, t.topic_name, s.score, s.low, s.high, s.median, s.mean, s.rated, s.not_applicable, s.blank
FROM scores s JOIN recipients r USING (recipient)
JOIN (SELECT topic, min(topic_name) AS topic_name FROM criteria GROUP BY topic) t ON t.topic = s.topic
WHERE s.scope = 'topic'`},
		{"criterion_summary", "How each criterion was answered.",
			`SELECT c.ref, c.topic, c.theme, c.subject, count(a.recipient) AS returns,
       sum(a.answer = 'rated') AS rated, sum(a.answer = 'not applicable') AS not_applicable, sum(a.answer = 'blank') AS blank,
       avg(a.level) AS mean, sum(a.level IS NOT NULL AND a.target IS NOT NULL) AS with_target, coalesce(sum(a.level >= a.target), 0) AS at_target
FROM criteria c LEFT JOIN answers a USING (ref) GROUP BY c.ref ORDER BY c.position`},
		{"criterion_distribution", "How many chose each step of each criterion, and their share of those who rated it.",
			`SELECT c.ref, c.subject, a.level, a.label, count(*) AS answers, 1.0 * count(*) / sum(count(*)) OVER (PARTITION BY c.ref) AS share
FROM answers a JOIN criteria c USING (ref) WHERE a.answer = 'rated' GROUP BY c.ref, a.level ORDER BY c.position, a.level`},
		{"below_target", "Every answer that lies below its target, widest gap first.",
			`SELECT a.recipient, r.name, a.ref, c.subject, a.level, a.target, a.target - a.level AS gap
FROM answers a JOIN recipients r USING (recipient) JOIN criteria c USING (ref)
WHERE a.level < a.target ORDER BY gap DESC, r.position, c.position`},
		{"answers_in_full", "Every answer with the recipient's name and groups and the criterion's words.",
			`SELECT a.recipient, r.name` + listed.String() + `, a.ref, c.topic_name, c.theme_name, c.subject, a.answer, a.level, a.label, a.target,
       a.evidence, a.comment, a.file, a.sheet, a.cell
FROM answers a JOIN recipients r USING (recipient) JOIN criteria c USING (ref)`},
		{"topic_changes", "How the scores on each topic moved since the earlier round, over the recipients that have a change.",
			`SELECT c.topic, min(t.topic_name) AS topic_name, count(c.change) AS recipients, avg(c.change) AS mean_change,
       sum(c.change > 1e-9) AS up, sum(abs(c.change) <= 1e-9) AS same, sum(c.change < -1e-9) AS down
FROM changes c JOIN (SELECT topic, min(topic_name) AS topic_name FROM criteria GROUP BY topic) t ON t.topic = c.topic
WHERE c.scope = 'topic' AND c.change IS NOT NULL GROUP BY c.topic`},
		{"open_actions", "Every action of the plans that is open, with its criterion, the earliest day first; overdue is 1 where its day is before the day on which the view is asked.",
			`SELECT p.recipient, r.name` + listed.String() + `, p.row, p.ref, c.topic_name, c.subject, p.action, p.owner, p.due, p.status, p.progress,
       coalesce(p.due < date('now'), 0) AS overdue
FROM plans p JOIN recipients r USING (recipient) LEFT JOIN criteria c USING (ref)
WHERE p.status NOT IN ('done', 'dropped') ORDER BY p.due IS NULL, p.due, r.position`},
		{"actions_by_topic", "How many recipients plan for each topic, and how far the actions have come.",
			`SELECT c.topic, min(c.topic_name) AS topic_name, count(DISTINCT p.recipient) AS recipients, count(*) AS actions,
       sum(p.status NOT IN ('done', 'dropped')) AS open, sum(p.status = 'done') AS done
FROM plans p LEFT JOIN criteria c USING (ref) GROUP BY c.topic ORDER BY recipients DESC`},
		{"findings_by_code", "How often each kind of finding was made, and in how many files.",
			`SELECT severity, code, count(*) AS findings, count(DISTINCT file) AS files FROM findings
GROUP BY severity, code ORDER BY findings DESC, code`},
	}
}

// quote writes a text for SQL.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
