package returns_test

import (
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// TestWorkbooksSavedAsText tells what spreadsheet programs and web sites write in place of a workbook, as text: each is
// called what it is, and what the sender is asked for would help.
func TestWorkbooksSavedAsText(t *testing.T) {
	const (
		workbook = "Ask the sender for the workbook itself, saved as Excel Workbook (.xlsx)."
		saveAs   = "Ask the sender to open the workbook, save it as Excel Workbook (.xlsx) and send it again."
		attach   = "Ask the sender to attach the workbook itself rather than a link, or to download it first and check that it opens."
		download = "Open the cloud drive or the browser, download the file itself to its end, and put that into returns/; or ask the sender to attach the workbook rather than a link."
	)
	list := "Ref;Criterion;Current level\r\n1.1;\"Getting data to\r\nthe people\";\"3 – Learning\"\r\n1.2;Sharing;n.a\r\n"
	table := "<table border=1><tr><td>1.1</td><td>3 – Learning</td></tr></table>"
	excel := `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet></head><body>` + table + "</body></html>"
	wide := func(order binary.AppendByteOrder, mark, s string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(mark + s)) {
			b = order.AppendUint16(b, u)
		}
		return string(b)
	}
	little, big, mark := binary.LittleEndian, binary.BigEndian, "\uFEFF"
	for _, x := range []struct {
		name, content string
		want          models.Code
		says, remedy  string
	}{
		{"a.csv", list, models.FileCSV, "plain text", workbook},
		{"a.xlsx", list, models.FileCSV, "plain text", workbook},
		{"a.csv", "sep=;\r\n" + list, models.FileCSV, "plain text", workbook},
		{"a.csv", mark + list, models.FileCSV, "plain text", workbook},
		{"a.csv", strings.ReplaceAll(list, "–", "\x96"), models.FileCSV, "plain text", workbook}, // windows-1252
		{"a.csv", strings.ReplaceAll(list, "\r\n", "\r"), models.FileCSV, "plain text", workbook},
		{"a.txt", wide(little, mark, list), models.FileCSV, "plain text", workbook},
		{"a.txt", wide(big, mark, list), models.FileCSV, "plain text", workbook},
		{"a.csv", wide(little, "", list), models.FileCSV, "plain text", workbook},
		{"a.csv", wide(big, "", list), models.FileCSV, "plain text", workbook},
		{"a.slk", "ID;PSCALC3\nC;Y1;X1;K\"3 \x1bN-\"\nE\n", models.FileNotWorkbook, "SYLK", saveAs},
		{"a.dif", "TABLE\r\n0,1\r\n\"EXCEL\"\r\n", models.FileNotWorkbook, "DIF", saveAs},
		{"a.htm", excel, models.FileWebPage, "with a table", workbook},
		{"a.xls", excel, models.FileWebPage, "with a table", workbook},
		{"a.xls", wide(little, mark, excel), models.FileWebPage, "with a table", workbook},
		{"a.xls", table, models.FileWebPage, "with a table", workbook},
		{"a.xls", mark + table, models.FileWebPage, "with a table", workbook},
		{"a.xls", `<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>` + table, models.FileWebPage, "with a table", workbook},
		{"a.xls", `<style>td{mso-number-format:"\@"}</style>` + table, models.FileWebPage, "with a table", workbook},
		{"a.xls", "<!-- exported -->\r\n" + table, models.FileWebPage, "with a table", workbook},
		{"a.xls", "<div>\n" + table + "</div>", models.FileWebPage, "with a table", workbook},
		{"a.xls", `<?xml version="1.0"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml">` + table, models.FileWebPage, "with a table", workbook},
		{"a.mht", "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\n", models.FileWebPage, "with a table", workbook},
		{"a.xlsx", "<!DOCTYPE html><html><head><title>Sign in to your account</title></head><body></body></html>", models.FileWebPage, "a web page.", attach},
		{"a.aspx", `<%@ Page language="C#" %>` + "\r\n", models.FileWebPage, "a web page.", attach},
		{"owssvr.iqy", "WEB\r\n1\r\nhttps://example.org/_vti_bin/owssvr.dll?XMLDATA=1\r\n", models.FilePlaceholder, "a query", download},
		{"a.xml", wide(little, mark, `<?xml version="1.0" encoding="UTF-16"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`), models.FileNotWorkbook, "Excel 2003", saveAs},
		{"a.fods", `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>`, models.FileNotWorkbook, "flat OpenDocument", saveAs},
		{"a.svg", `<?xml version="1.0"?><!-- drawn --><svg xmlns="http://www.w3.org/2000/svg"/>`, models.FileImage, "SVG", workbook},
	} {
		ret := returns.Read(context.Background(), strings.NewReader(x.content), int64(len(x.content)), x.name, returns.ReadOptions{Template: trybook.SmallTemplate()})
		if len(ret.Answers()) > 0 || len(ret.Findings) != 1 || ret.Findings[0].Code != x.want || !strings.Contains(ret.Findings[0].Message, x.says) || ret.Findings[0].Remedy != x.remedy {
			t.Errorf("%s, %.40q: findings %v, remedy %q; want %s that says %q, remedy %q", x.name, x.content, trybook.FindingList(ret), ret.Findings[0].Remedy, x.want, x.says, x.remedy)
		}
	}
}
