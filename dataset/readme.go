package dataset

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/rubric-project/rubric/models"
)

// WriteReadme writes the page that documents the files, in Markdown.
func WriteReadme(w io.Writer, in *models.Results) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# Data of %s\n\n", line(in.Round.Title))
	for _, pair := range about(in) {
		if pair[1] != "" {
			fmt.Fprintf(out, "- %s: %s\n", strings.ReplaceAll(pair[0], "_", " "), line(pair[1]))
		}
	}
	out.WriteString(intro)
	for _, t := range Tables(in) {
		fmt.Fprintf(out, "\n### %s\n\n%s\nKey: %s.\n\n| column | type | meaning |\n|---|---|---|\n", t.Name, t.Meaning, strings.Join(t.Key, ", "))
		for _, c := range t.Columns {
			meaning := cell(c.Meaning)
			if c.References != "" {
				meaning += " See " + c.References + "."
			}
			fmt.Fprintf(out, "| %s | %s | %s |\n", c.Name, strings.ToLower(string(c.Kind)), meaning)
		}
	}
	out.WriteString("\n## Views of the database\n\n| view | shows |\n|---|---|\n")
	for _, v := range views(in) {
		fmt.Fprintf(out, "| %s | %s |\n", v.Name, cell(v.Meaning))
	}
	out.WriteString(howTo)
	return out.Flush()
}

// line puts a text on one line, and cell into a field of a table as well.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

func cell(s string) string { return strings.ReplaceAll(line(s), "|", "\\|") }

const intro = `
These files hold the answers, comments and scores of each organisation by name. They are for the office that
runs the round; only the table groups leaves out what would show a small group.

The same tables are here three times: as CSV files, as Parquet files, and in rubric.sqlite, which also has keys,
references, views and a table about with the facts above. The names of columns are the same each time; a group
column of the recipients list becomes a column group_… of the table recipients.

Take Parquet where a program reads it (DuckDB, Power BI, pandas, R with arrow, Spark): every column has its type, and a
large round is a few megabytes.

## How the CSV files are written

- UTF-8 without a byte order mark, comma-separated, one header row, lines ended by CR LF (RFC 4180). Texts are in
  quotation marks and keep their line breaks. Numbers have a decimal point. An empty field means there is nothing;
  "" is an empty text.
- So that no spreadsheet program runs an answer as a formula (OWASP, CSV Injection), an apostrophe stands before
  = + - @ at the start of a text, of a line, or after a tab or semicolon, and before a tab or line break that
  starts a text. Texts that had apostrophes there have one more. rubric.sqlite has the texts as they were
  written.
- In Excel, open them by Data, From Text/CSV, and set ids and refs to the type Text: opened by a double click,
  0123 becomes 123 and 1.10 becomes 1.1.

## How the Parquet files are written

- Texts are strings, ids and refs too; integers have 64 bits; reals are doubles; times are moments in UTC. What is not
  there is null. Texts are as they were written, without the apostrophes of the CSV files.
- Tables whose key begins with recipient are sorted by their key; the others are in the order of the CSV files. They are
  compressed with Zstandard.

In the tables below, a time is in CSV and SQLite a text such as 2026-10-30T09:00:00Z.

## Tables
`

const howTo = `
## Reading them

Python:

    import pandas as pd
    answers = pd.read_parquet("answers.parquet")  # with pyarrow; or
    answers = pd.read_csv("answers.csv", dtype={"recipient": "string", "ref": "string", "topic": "string"})

R:

    answers <- arrow::read_parquet("answers.parquet")  # or
    answers <- read.csv("answers.csv", colClasses = c(recipient = "character", ref = "character", topic = "character"))

DuckDB:

    SELECT topic, avg(level) FROM 'answers.parquet' GROUP BY topic

SQLite:

    sqlite3 rubric.sqlite "SELECT * FROM response_rate"

Power BI: Get data, Parquet; nothing is to be set.
`
