package warehouse

// view is a question that is asked often. In a later version of the program a view may have more columns at its end, and no
// fewer: CREATE OR REPLACE VIEW refuses anything else, and making it anew would lose who may read it.
type view struct{ name, meaning, query string }

// views are all of them, each after those that it rests on.
var views = []view{
	{"response_rate", "How many of all, and of each group, have returned.",
		`SELECT round, '' AS group_column, '' AS group_value, count(*) AS recipients, sum(returned)::bigint AS returned, sum(returned)::float8 / count(*) AS share
FROM recipients GROUP BY round
UNION ALL
SELECT r.round, g.group_column, g.group_value, count(*), sum(r.returned)::bigint, sum(r.returned)::float8 / count(*)
FROM recipients r JOIN recipient_groups g USING (round, recipient) GROUP BY r.round, g.group_column, g.group_value`},
	{"outstanding", "Who has not returned, and how it stands with them.",
		`SELECT round, recipient, name, status FROM recipients WHERE returned = 0`},
	{"overall_scores", "The overall score of each recipient: for staged and cumulative the level attained.",
		`SELECT s.round, s.recipient, r.name, s.method, s.score, s.low, s.high, s.rated, s.not_applicable, s.blank
FROM scores s JOIN recipients r USING (round, recipient) WHERE s.scope = 'overall'`},
	{"topic_scores", "The score of each recipient on each topic.",
		`SELECT s.round, s.recipient, r.name, s.topic, t.topic_name, s.score, s.low, s.high, s.median, s.mean, s.rated, s.not_applicable, s.blank
FROM scores s JOIN recipients r USING (round, recipient)
JOIN (SELECT round, topic, min(topic_name) AS topic_name FROM criteria GROUP BY round, topic) t ON t.round = s.round AND t.topic = s.topic
WHERE s.scope = 'topic'`},
	{"topic_summary", "Where the recipients stand on each topic.",
		`SELECT round, topic, count(score) AS recipients, percentile_cont(0.5) WITHIN GROUP (ORDER BY score) AS median, avg(score) AS mean
FROM scores WHERE scope = 'topic' GROUP BY round, topic`},
	{"group_topics", "The mean score of each group on each topic. Small groups are in it: it is for the office.",
		`SELECT s.round, g.group_column, g.group_value, s.topic, count(s.score) AS recipients, avg(s.score) AS mean
FROM scores s JOIN recipient_groups g USING (round, recipient) WHERE s.scope = 'topic' GROUP BY s.round, g.group_column, g.group_value, s.topic`},
	{"criterion_summary", "How each criterion was answered, and how far the answers lie below their targets.",
		`SELECT c.round, c.ref, c.position, c.topic, c.theme, c.subject, c.lowest, c.highest, a.rated, a.not_applicable, a.blank, a.mean, a.with_target, a.gap
FROM criteria c LEFT JOIN criterion_counts a USING (round, ref)`},
	{"criterion_distribution", "How many chose each step of each criterion, and their share of those who rated it.",
		`SELECT round, ref, level, label, answers, (answers / sum(answers) OVER (PARTITION BY round, ref))::float8 AS share FROM criterion_levels`},
	{"blanks", "How many criteria each recipient left blank.",
		`SELECT a.round, a.recipient, r.name, a.blanks, r.criteria
FROM (SELECT round, recipient, count(*) AS blanks FROM answers WHERE answer = 'blank' GROUP BY round, recipient) a JOIN recipients r USING (round, recipient)`},
	{"answers_in_full", "Every answer with the recipient's name and the criterion's words.",
		`SELECT a.round, a.recipient, r.name, a.ref, c.topic_name, c.theme_name, c.subject, a.answer, a.level, a.label, a.target, a.evidence, a.comment,
  a.file, a.sheet, a.cell
FROM answers a JOIN recipients r USING (round, recipient) JOIN criteria c USING (round, ref)`},
	{"findings_by_code", "How often each kind of finding was made, and in how many files.",
		`SELECT round, severity, code, count(*) AS findings, count(DISTINCT file) AS files FROM findings GROUP BY round, severity, code`},

	// Over time.
	{"round_pairs", "Each round with the one before it: of the same organiser, and with the same template or one that the round's crosswalk leads from.",
		pairs},
	{"criterion_pairs", "Criteria of a round with what they were in the one before: by the crosswalk, or where there is none by ref, wording and scale.",
		`SELECT p.round, p.earlier_round, x.ref, x.earlier_ref
FROM round_pairs p JOIN rounds e ON e.round = p.earlier_round
JOIN crosswalk x ON x.round = p.round AND x.earlier_template = e.template AND x.earlier_version = e.template_version
UNION ALL
SELECT p.round, p.earlier_round, c.ref, c.ref
FROM round_pairs p JOIN rounds e ON e.round = p.earlier_round
JOIN criteria c ON c.round = p.round JOIN criteria b ON b.round = p.earlier_round AND b.ref = c.ref AND ` + sameCriterion + `
WHERE NOT EXISTS (SELECT FROM crosswalk x WHERE x.round = p.round AND x.earlier_template = e.template AND x.earlier_version = e.template_version)`},
	{"recipient_pairs", "Recipients of a round with the id that they had in the one before.",
		`SELECT p.round, p.earlier_round, r.recipient, coalesce(v.previous_id, r.recipient) AS earlier_recipient
FROM round_pairs p JOIN recipients r ON r.round = p.round LEFT JOIN previous_ids v ON v.round = r.round AND v.recipient = r.recipient`},
	{"answer_changes", "Every answer of a recipient that rated the criterion in the round and in the one before; the earlier level is by this round's scale. Name a recipient: over all it takes long, and criterion_changes_over_time has it.",
		`SELECT p.round, p.earlier_round, a.recipient, p.ref, p.earlier_ref, l.earlier_level, a.level, a.level - l.earlier_level AS change
FROM criterion_pairs p JOIN answers a ON a.round = p.round AND a.ref = p.ref
JOIN recipient_pairs w ON w.round = p.round AND w.recipient = a.recipient
JOIN answers b ON b.round = p.earlier_round AND b.ref = p.earlier_ref AND b.recipient = w.earlier_recipient
JOIN criteria c ON c.round = p.round AND c.ref = p.ref JOIN criteria d ON d.round = p.earlier_round AND d.ref = p.earlier_ref
LEFT JOIN crosswalk_levels x ON x.round = p.round AND x.earlier_level = b.level
CROSS JOIN LATERAL (SELECT coalesce(x.level, CASE WHEN d.lowest = c.lowest AND d.highest = c.highest THEN b.level END) AS earlier_level) l
WHERE a.level IS NOT NULL AND l.earlier_level IS NOT NULL`},
	{"criterion_changes_over_time", "How the answers to each criterion moved since the round before, over the recipients that rated it both times.",
		`SELECT round, earlier_round, ref, earlier_ref, recipients, up, same, down, mean_change FROM criterion_moves`},
	{"score_changes", "How the scores of each recipient moved since the round before, overall and by topic, where the template is the same.",
		`SELECT w.round, w.earlier_round, w.recipient, s.scope, s.topic, b.score AS earlier, s.score AS later, s.score - b.score AS change
FROM recipient_pairs w JOIN rounds r ON r.round = w.round JOIN rounds e ON e.round = w.earlier_round AND e.template = r.template
JOIN scores s ON s.round = w.round AND s.recipient = w.recipient AND s.scope IN ('overall', 'topic')
JOIN scores b ON b.round = w.earlier_round AND b.recipient = w.earlier_recipient AND b.scope = s.scope AND b.topic = s.topic AND b.theme = s.theme AND b.method = s.method
WHERE s.score IS NOT NULL AND b.score IS NOT NULL`},
	{"criterion_lines", "Which criteria of several rounds are one: each with where it stood first.",
		`WITH RECURSIVE line AS (
  SELECT c.round, c.ref, c.round AS first_round, c.ref AS first_ref FROM criteria c
  WHERE NOT EXISTS (SELECT FROM criterion_pairs p WHERE p.round = c.round AND p.ref = c.ref)
  UNION ALL
  SELECT p.round, p.ref, l.first_round, l.first_ref FROM line l JOIN criterion_pairs p ON p.earlier_round = l.round AND p.earlier_ref = l.ref)
SELECT round, ref, first_round, first_ref FROM line`},
	{"criteria_over_time", "Each criterion through the rounds: how many rated it, and their mean on the scale of that round.",
		`SELECT l.first_round, l.first_ref, l.round, r.due, l.ref, s.subject, s.rated, s.mean, s.lowest, s.highest
FROM criterion_lines l JOIN rounds r USING (round) JOIN criterion_summary s USING (round, ref)`},

	// Without names: the schema rubric_analysis.
	{"rubric_analysis.rounds", "The rounds.", `SELECT round, title, issued, due, template, template_version, template_title, method, recipients, returned FROM rounds`},
	{"rubric_analysis.criteria", "The criteria of each round.", `SELECT * FROM criteria`},
	{"rubric_analysis.organisations", "The recipients by a name that says nothing, which is the same in every round.",
		`SELECT round, ` + pseudonym + ` AS organisation, status, returned, answered, criteria FROM recipients`},
	{"rubric_analysis.organisation_groups", "Their groups; nothing where fewer share a value than the round's smallest group.",
		`SELECT g.round, ` + pseudonym + ` AS organisation, g.group_column,
  CASE WHEN count(*) OVER (PARTITION BY g.round, g.group_column, g.group_value) >= r.minimum_group THEN g.group_value END AS group_value
FROM recipient_groups g JOIN rounds r USING (round)`},
	{"rubric_analysis.answers", "The answers without evidence, comments and files.",
		`SELECT round, ` + pseudonym + ` AS organisation, ref, topic, theme, answer, level, target FROM answers`},
	{"rubric_analysis.scores", "The scores.",
		`SELECT round, ` + pseudonym + ` AS organisation, scope, topic, theme, method, criteria, rated, not_applicable, blank, score, low, high, median, mean, lowest,
  rating, counts_for, gates FROM scores`},
	{"rubric_analysis.criterion_summary", "How each criterion was answered.", `SELECT * FROM criterion_summary`},
	{"rubric_analysis.criteria_over_time", "Each criterion through the rounds.", `SELECT * FROM criteria_over_time`},
}

// pseudonym is a recipient's name for those who must not know it: a digest of its id with a secret of the warehouse, which only
// the owner of the schema can read.
const pseudonym = `substr(encode(sha256(convert_to((SELECT value FROM settings WHERE name = 'pseudonyms') || recipient, 'UTF8')), 'hex'), 1, 16)`
