package calc_test

import (
	"strings"
	"testing"

	"github.com/rubric-project/rubric/xlsx/internal/calc"
)

// book has on the sheet Data the numbers 1 to 4 in A1 to A4, texts in column B, and a gap in A5.
func book(formula string) *calc.Book {
	at := func(sheet int, col, row int32) calc.Cell { return calc.Cell{Sheet: sheet, Row: row, Col: col} }
	return &calc.Book{
		Sheets: []string{"Data", "It's here"},
		Values: map[calc.Cell]calc.Value{
			at(0, 1, 1): calc.Number(1), at(0, 1, 2): calc.Number(2), at(0, 1, 3): calc.Number(3), at(0, 1, 4): calc.Number(4),
			at(0, 2, 1): calc.Text("one"), at(0, 2, 2): calc.Text("Two"), at(0, 2, 3): calc.Text("na"), at(0, 2, 4): calc.Text(""),
			at(0, 3, 1): calc.Fault("#N/A"), at(0, 4, 1): calc.Bool(true), at(0, 5, 1): calc.Text("12"),
		},
		Formulas: map[calc.Cell]string{
			at(1, 1, 1): formula,
			at(1, 1, 2): "A1", at(1, 1, 3): "A4", at(1, 1, 4): "A3+1", at(1, 1, 5): "NOW()",
		},
	}
}

// TestFormulas: the values are those that ECMA-376 Part 1, 18.17, gives; "?" stands for a formula that is not
// calculated.
func TestFormulas(t *testing.T) {
	for formula, want := range map[string]string{
		`1+2*3`: "7", `(1+2)*3`: "9", `2^3^2`: "64", `-2^2`: "4", `10-4-3`: "3", `50%`: "0.5", `1/4`: "0.25", `7/0`: "#DIV/0!", `"a"&1&TRUE`: "a1TRUE",
		`"say ""so"""`: `say "so"`, `1=1`: "TRUE", `"a"="A"`: "TRUE", `2<>2`: "FALSE", `1<"a"`: "TRUE", `"3"+1`: "4", `"x"+1`: "#VALUE!",
		`Data!A1`: "1", `Data!$A$2`: "2", `Data!A9`: "0", `Data!A9=""`: "TRUE", `Data!A9=0`: "TRUE", `Data!A9&"x"`: "x", `Data!C1`: "#N/A", `Data!C1&"x"`: "#N/A",
		`'It''s here'!A1`: "?", `A2`: "?", `A3`: "?", `A5`: "?", `Nowhere!A1`: "?",
		`SUM(Data!A1:A5)`: "10", `SUM(Data!A1:B5,5)`: "15", `SUM(Data!A1,Data!A3:A4)`: "8", `SUM(Data!C1:C2)`: "#N/A", `SUM("2",TRUE)`: "3",
		`MIN(Data!A2:B4)`: "2", `MAX(Data!A1:A4)`: "4", `MEDIAN(Data!A1:A4)`: "2.5", `MEDIAN(Data!A1:A3,9)`: "2.5", `MEDIAN(Data!B1:B2)`: "#NUM!", `AVERAGE(Data!A1:A5)`: "2.5",
		`COUNT(Data!A1:B5)`: "4", `COUNTIF(Data!A1:B5,2)`: "1", `COUNTIF(Data!A1:A4,">2")`: "?", `COUNTIF(Data!E1,12)`: "?",
		`COUNTIF(Data!A1:B4,"two")`: "1", `COUNTIF(Data!B1:B4,"TWO")`: "1", `COUNTIF(Data!B1:B4,"no")`: "0", `COUNTIF(Data!B1:B4,"tw*")`: "?", `COUNTIF(Data!B1:B4,"true")`: "?", `COUNTIF(Data!B1:B4,"")`: "?",
		`IF(1>2,"a","b")`: "b", `IF(1<2,"a")`: "a", `IF(1>2,"a")`: "FALSE", `IF("x",1,2)`: "#VALUE!", `IF(TRUE,1,Data!C1)`: "1", `IF(Data!C1,1,2)`: "#N/A",
		`AND(1,Data!D1)`: "TRUE", `OR(0,FALSE)`: "FALSE", `AND(Data!C1)`: "#N/A", `NOT(0)`: "TRUE", `IFERROR(1/0,"none")`: "none",
		`SUMPRODUCT((Data!B1:B4="two")*Data!A1:A4)`: "2", `SUMPRODUCT(Data!A1:A2,Data!A3:A4)`: "11", `SUMPRODUCT((Data!A1:A4<3)*1)`: "2", `SUMPRODUCT(Data!A1:A2*Data!A1:A4)`: "?",
		`INDEX(Data!A1:A4,3)`: "3", `INDEX(Data!A1:B1,2)&""`: "one", `INDEX(Data!A1:B4,2,2)`: "Two", `INDEX(Data!A1:A4,9)`: "#REF!", `SMALL(Data!A1:A4,2)`: "2", `SMALL(Data!A1:A4,5)`: "#NUM!",
		`ISNUMBER(Data!A1)`: "TRUE", `ISNUMBER(Data!B1)`: "FALSE", `ISNUMBER(Data!A9)`: "FALSE", `LEN("a😀")`: "3", `LEN(TRIM("  a   b "))`: "3", `TEXT(0.3125,"0.0%")`: "31.3%", `TEXT(1/3,"0.00")`: "0.33",
		`MID("abcdef",2,3)`: "bcd", `MID("abc",3,9)`: "c", `MID("abc",4,1)&"!"`: "!", `MID("abc",0,1)`: "#VALUE!", `MID("abc",1,-1)`: "#VALUE!", `MID(Data!C1,1,1)`: "#N/A",
		`MID("a😀b",4,1)`: "b", `LEN(MID("a😀b",1,3))`: "3", `MID(12345,2,2)+1`: "24", `LEFT("abc",2)`: "ab", `LEFT("abc")`: "a", `LEFT("abc",9)`: "abc", `LEFT("abc",-1)`: "#VALUE!", `LEFT("a",1,1)`: "?",
		`FIND("b","abcb")`: "2", `FIND("B","abc")`: "#VALUE!", `FIND("b","😀b")`: "3", `FIND("","abc")`: "?", `FIND("b","abc",2)`: "?", `FIND("x",Data!C1)`: "#N/A",
		`SUBSTITUTE("a-b-c","-","+")`: "a+b+c", `SUBSTITUTE("abc","",1)`: "abc", `SUBSTITUTE("aAa","a","")`: "A", `SUBSTITUTE("abc","b",2)&""`: "a2c", `SUBSTITUTE("a-b","-","+",1)`: "?",
		`LEN(REPT("ab",3))`: "6", `REPT("a",0)&"x"`: "x", `REPT("a",-1)`: "#VALUE!", `REPT("ab",16384)`: "#VALUE!", `LEN(SUBSTITUTE(REPT("a",400),"a",REPT("b",82)))`: "#VALUE!", `LEN(REPT("a",32767)&"b")`: "#VALUE!",
		`LEN("a"&CHAR(10)&"b")`: "3", `CHAR(65)`: "A", `CHAR(200)`: "?", `CHAR(1)`: "?",
		`MATCH(3,Data!A1:A4,0)`: "3", `MATCH(9,Data!A1:A4,0)`: "#N/A", `MATCH(2,Data!A1:A4,1)`: "?", `MATCH(2,Data!A1:A4)`: "?", `MATCH(2,Data!A1:B4,0)`: "?", `MATCH("Two",Data!B1:B4,0)`: "?", `MATCH(12,Data!E1:E2,0)`: "#N/A", `MATCH(Data!C1,Data!A1:A4,0)`: "#N/A",
		`TEXT(1,"dd/mm")`: "?", `ROUND(2.345,2)`: "2.35", `_xlfn.SUM(1)`: "1",
		`VLOOKUP(1,Data!A1:B4,2)`: "?", `1+`: "?", `SUM(`: "?", `"open`: "?", `{1,2}`: "?", `Data!A1:A2`: "?", `Data!A1:A2+1`: "?", `SUM(Data!A1:XFD1048576)`: "?", `[1]Data!A1`: "?",
		strings.Repeat("(", 5000) + "1" + strings.Repeat(")", 5000): "?",
	} {
		got := "?"
		if v, ok := book(formula).Value(calc.Cell{Sheet: 1, Row: 1, Col: 1}); ok {
			got = v.String()
		}
		if got != want {
			t.Errorf("%.60s is %q, want %q", formula, got, want)
		}
	}
}
