// readers.cjs sheetjs|exceljs FILE.xlsx...: what SheetJS or ExcelJS reads in every cell of every sheet, hidden ones too.
//
// Prints one line per filled cell: file number, sheet, cell, then the value as JSON.
const [program, ...files] = process.argv.slice(2);
const out = [];
const put = (number, sheet, ref, v) => {
  if (v !== null && v !== undefined && v !== "") out.push([number, sheet, ref, JSON.stringify(v)].join("\t"));
};

function sheetjs(number, file) {
  const XLSX = require("xlsx");
  const book = XLSX.readFile(file);
  for (const name of book.SheetNames) {
    const sheet = book.Sheets[name];
    for (const ref of Object.keys(sheet)) if (ref[0] !== "!") put(number, name, ref, sheet[ref].v);
  }
}

async function exceljs(number, file) {
  const ExcelJS = require("exceljs");
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) => row.eachCell((cell) => {
      if (cell.isMerged && cell.master !== cell) return; // it repeats the first one's value
      let v = cell.formula ? cell.result : cell.value;
      if (v instanceof Date) v = v.getTime() / 86400000 + 25569;
      if (v && v.richText) v = v.richText.map((part) => part.text).join("");
      if (v && v.hyperlink) v = v.text;
      put(number, sheet.name, cell.address, v);
    }));
  }
}

(async () => {
  for (const [number, file] of files.entries()) await (program === "sheetjs" ? sheetjs : exceljs)(number, file);
  process.stdout.write(out.join("\n") + "\n");
})();
