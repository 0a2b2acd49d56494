// What users would take instead: SheetJS and ExcelJS from npm doing the same jobs.
// node peers.cjs LIBRARY JOB INPUT OUTPUT N
const fs = require("fs");
const [library, job, source, out, n] = process.argv.slice(2);

const jobs = {
  async write_exceljs(spec) {
    const ExcelJS = require("exceljs");
    const wb = new ExcelJS.Workbook();
    const ws = wb.addWorksheet("Assessment", { views: [{ state: "frozen", ySplit: 1 }] });
    const head = ws.addRow(spec.headings);
    head.font = { bold: true, color: { argb: "FFFFFFFF" } };
    head.fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FF1F3864" } };
    const width = spec.headings.length;
    for (const r of spec.rows) {
      const row = ws.addRow(r);
      row.alignment = { wrapText: true, vertical: "top" };
      for (let c = width - 3; c <= width; c++) row.getCell(c).protection = { locked: false };
      for (let c = width - 3; c <= width - 2; c++)
        row.getCell(c).dataValidation = { type: "list", allowBlank: true, formulae: ["Lists!$A$1:$A$" + spec.choices.length] };
    }
    const lists = wb.addWorksheet("Lists", { state: "hidden" });
    for (const s of spec.choices) lists.addRow([s]);
    await ws.protect("", {});
    await wb.xlsx.writeFile(out);
  },
  async read_exceljs(path) {
    const ExcelJS = require("exceljs");
    const wb = new ExcelJS.Workbook();
    await wb.xlsx.readFile(path);
    let found = 0;
    wb.getWorksheet("Assessment").eachRow((row) => row.eachCell(() => found++));
    if (found < 97) throw new Error("too few cells");
  },
  async read_sheetjs(path) {
    const XLSX = require("xlsx");
    const wb = XLSX.readFile(path);
    const rows = XLSX.utils.sheet_to_json(wb.Sheets["Assessment"], { header: 1 });
    if (rows.length < 97) throw new Error("too few rows");
  },
  async consolidate_exceljs(sheets) {
    const ExcelJS = require("exceljs");
    const wb = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: out });
    for (const [name, rows] of sheets) {
      const ws = wb.addWorksheet(name);
      for (const [r, cells] of rows) {
        const row = ws.getRow(r);
        row.values = cells.map((v) => (Array.isArray(v) ? { formula: v[0], result: v[1] } : v));
        row.commit();
      }
      ws.commit();
    }
    await wb.commit();
  },
};

// loadCells reads a file of JSON lines (see cells.go): [name, [[row, cells]]] for each sheet.
async function loadCells() {
  const sheets = [];
  for await (const line of require("readline").createInterface({ input: fs.createReadStream(source) })) {
    const x = JSON.parse(line);
    if (x.sheet) sheets.push([x.sheet, []]);
    else sheets[sheets.length - 1][1].push([x.row, x.cells || []]);
  }
  return sheets;
}

(async () => {
  const given = job === "read" ? source : job === "consolidate" ? await loadCells() : JSON.parse(fs.readFileSync(source, "utf8"));
  const start = process.cpuUsage();
  for (let i = 0; i < Number(n); i++) await jobs[job + "_" + library](given);
  const spent = process.cpuUsage(start);
  if (job === "consolidate") console.error("processor time: " + (spent.user + spent.system) * 1000);
})();
