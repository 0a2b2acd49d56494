// Prints what Parquet files hold, as JSON by table: node parquet.cjs READER DIR. READER is duckdb or hyparquet, which share
// no code. Integers and moments (microseconds since 1970) are texts of digits, so that none is rounded.
const fs = require('fs'), path = require('path'), url = require('url');
const [reader, dir] = process.argv.slice(2);

// An ES module is not found through NODE_PATH.
const home = name => process.env.NODE_PATH.split(path.delimiter).map(d => path.join(d, name)).find(fs.existsSync);
const esm = (name, file) => import(url.pathToFileURL(path.join(home(name), file)).href);

const readers = {
  async duckdb() {
    const { DuckDBInstance } = require('@duckdb/node-api');
    const db = await (await DuckDBInstance.create(':memory:')).connect();
    return async file => {
      const described = (await db.runAndReadAll(`DESCRIBE SELECT * FROM '${file}'`)).getRowsJson();
      const types = described.map(([name, type]) => [name, type]);
      const list = types.map(([name, type]) => type.startsWith('TIMESTAMP') ? `epoch_us("${name}")::VARCHAR` : type === 'BIGINT' ? `"${name}"::VARCHAR` : `"${name}"`);
      return { types, rows: (await db.runAndReadAll(`SELECT ${list} FROM '${file}'`)).getRowsJson() };
    };
  },
  async hyparquet() {
    const { asyncBufferFromFile, parquetReadObjects, parquetMetadataAsync } = await esm('hyparquet', 'src/node.js');
    const { compressors } = await esm('hyparquet-compressors', 'src/index.js');
    return async name => {
      const file = await asyncBufferFromFile(name);
      const metadata = await parquetMetadataAsync(file);
      const types = metadata.schema.slice(1).map(c => [c.name, c.logical_type?.type ?? c.type]);
      const rows = await parquetReadObjects({ file, metadata, compressors, utf8: true });
      const plain = x => x instanceof Date ? String(x.getTime() * 1000) : typeof x === 'bigint' ? String(x) : x === undefined ? null : x;
      return { types, rows: rows.map(r => types.map(([name]) => plain(r[name]))) };
    };
  },
};

readers[reader]().then(async read => {
  const out = {};
  for (const name of fs.readdirSync(dir).filter(n => n.endsWith('.parquet')).sort()) out[name.slice(0, -8)] = await read(path.join(dir, name));
  process.stdout.write(JSON.stringify(out));
}).catch(e => { console.error(e); process.exit(1); });
