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
  async consolidate_exceljs(spec) {
    const ExcelJS = require("exceljs");
    const wb = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: out });
    const a = wb.addWorksheet("Answers");
    a.addRow(spec.answer_headings).commit();
    for (let rc = 0; rc < spec.recipients; rc++) {
      const id = String(rc).padStart(5, "0");
      spec.refs.forEach((ref, k) =>
        a.addRow([id, "Example Organisation " + rc, "North", "Large", ref, "Topic", "Theme", ((rc + k) % 5) + 1,
          Math.min(5, ((rc + k) % 5) + 2), spec.evidence, spec.comment, id + ".xlsx", "H" + (k + 9)]).commit());
    }
    a.commit();
    const m = wb.addWorksheet("Matrix");
    m.addRow(["id", ...spec.refs]).commit();
    for (let rc = 0; rc < spec.recipients; rc++)
      m.addRow([String(rc).padStart(5, "0"), ...spec.refs.map((_, k) => ((rc + k) % 5) + 1)]).commit();
    m.commit();
    await wb.commit();
  },
};

(async () => {
  const given = job === "read" ? source : JSON.parse(fs.readFileSync(source, "utf8"));
  for (let i = 0; i < Number(n); i++) await jobs[job + "_" + library](given);
})();
