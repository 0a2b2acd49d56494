// readers.cjs FILE.xlsx: reads every sheet with SheetJS and ExcelJS and prints their numbers of filled cells.
const XLSX = require("xlsx"), ExcelJS = require("exceljs");
const file = process.argv[2];
const a = XLSX.readFile(file), b = new ExcelJS.Workbook();
(async () => {
await b.xlsx.readFile(file);
for (const name of a.SheetNames) {
  let x = 0, y = 0;
  for (const ref of Object.keys(a.Sheets[name])) if (ref[0] !== "!" && a.Sheets[name][ref].v !== undefined && a.Sheets[name][ref].v !== "") x++;
  b.getWorksheet(name).eachRow((row) => row.eachCell((c) => { const v = c.formula ? c.result : c.value; if (v !== null && v !== undefined && v !== "") y++; }));
  console.log([name, x, y].join("\t"));
}
})();
