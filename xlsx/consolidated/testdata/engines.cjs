// node engines.cjs FILE [RECALCULATED]: prints each formula whose stored value is not what HyperFormula makes of FILE, or
// what stands in RECALCULATED; then the number of formulas.
const X = require("xlsx");
const book = X.readFile(process.argv[2], { cellFormula: true, sheetStubs: true });
let value;
if (process.argv[3]) {
  const other = X.readFile(process.argv[3]);
  value = (s, a) => { const c = other.Sheets[s] && other.Sheets[s][a]; return c ? (c.t === "e" ? c.w : c.v) : undefined; };
} else {
  const { HyperFormula, FunctionPlugin, FunctionArgumentType } = require("hyperformula");
  // HyperFormula lacks one function that the workbooks use, FIXED: a number as text, so many decimals, the program's own signs.
  class Lacking extends FunctionPlugin {
    fixed(ast, state) {
      return this.runFunction(ast.args, state, this.metadata("FIXED"), (n, digits, plain) => {
        const text = (Math.sign(n) * Math.round(Math.abs(n) * 10 ** digits * (1 + 2 ** -50)) / 10 ** digits).toFixed(digits);
        return plain ? text : text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
      });
    }
  }
  Lacking.implementedFunctions = { FIXED: { method: "fixed", parameters: [
    { argumentType: FunctionArgumentType.NUMBER }, { argumentType: FunctionArgumentType.NUMBER, defaultValue: 2 }, { argumentType: FunctionArgumentType.BOOLEAN, defaultValue: false }] } };
  HyperFormula.registerFunctionPlugin(Lacking, { enGB: { FIXED: "FIXED" } });
  const sheets = {};
  for (const s of book.SheetNames) {
    const ws = book.Sheets[s], rows = [], ref = X.utils.decode_range(ws["!ref"] || "A1");
    for (let r = 0; r <= ref.e.r; r++) {
      rows.push([]);
      for (let c = 0; c <= ref.e.c; c++) {
        const x = ws[X.utils.encode_cell({ r, c })];
        rows[r].push(!x ? null : x.f !== undefined ? (x.F ? `=ARRAYFORMULA(${x.f})` : "=" + x.f) : x.t === "s" ? "'" + x.v : x.v === undefined ? null : x.v);
      }
    }
    sheets[s] = rows;
  }
  const names = (book.Workbook.Names || []).filter((n) => !/^_xlnm/.test(n.Name) && n.Sheet === undefined).map((n) => ({ name: n.Name, expression: "=" + n.Ref }));
  const hf = HyperFormula.buildFromSheets(sheets, { licenseKey: "gpl-v3", maxColumns: 20000, maxRows: 200000, useWildcards: true, useArrayArithmetic: true }, names);
  value = (s, a) => {
    const p = X.utils.decode_cell(a), v = hf.getCellValue({ sheet: hf.getSheetId(s), row: p.r, col: p.c });
    return v && typeof v === "object" ? v.value + " " + (v.message || "") : v;
  };
}
const same = (a, b) => {
  a = a === undefined || a === null ? "" : a;
  b = b === undefined || b === null ? "" : b;
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
  return String(a) === String(b);
};
let n = 0;
for (const s of book.SheetNames) for (const a in book.Sheets[s]) {
  const c = book.Sheets[s][a];
  if (a[0] === "!" || c.f === undefined) continue;
  n++;
  const v = value(s, a);
  if (!same(c.v, v)) console.log(`${s}!${a}: ${JSON.stringify(c.v)} is stored, and ${JSON.stringify(v)} computed: ${c.f.slice(0, 200)}`);
}
console.log(n);
