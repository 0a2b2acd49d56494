// Answers questions with DuckDB, in the folder of a round's data: node questions.cjs DIR, with an array of SQL as JSON on
// standard input. Prints an array of answers, each a list of rows by column.
const { DuckDBInstance } = require('@duckdb/node-api');
process.chdir(process.argv[2]);
(async () => {
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  const out = [];
  for (const sql of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
    const answer = await db.runAndReadAll(sql);
    out.push(answer.getRowObjectsJson());
  }
  console.log(JSON.stringify(out));
})().catch(e => { console.error(e); process.exit(1); });
