package returns_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
	"github.com/rubric-project/rubric/xlsx/returns"
)

// fuzzReturn reads a file that must not make the reader fail, and must not lose answers without a word.
func fuzzReturn(t *testing.T, tm *models.Template, data []byte, password string) models.Return {
	ret := returns.Read(context.Background(), bytes.NewReader(data), int64(len(data)), "x", returns.ReadOptions{Template: tm, Password: password})
	errors, _, _ := models.Count(ret.Findings)
	for _, f := range ret.Findings {
		if strings.Contains(f.Message, "made the reader fail") {
			t.Fatal("the reader panicked")
		}
	}
	if len(ret.Answers()) < len(tm.Criteria) && errors == 0 {
		t.Fatalf("%d answers and no error", len(ret.Answers()))
	}
	return ret
}

// FuzzFile reads whole files: packages, compound files, text.
func FuzzFile(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("testdata", "saved", "*.*"))
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, s := range []string{"", "PK\x03\x04", "%PDF-", "a,b\n", "<html>", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"} {
		f.Add([]byte(s))
	}
	tm := trybook.SmallTemplate()
	f.Fuzz(func(t *testing.T, data []byte) { fuzzReturn(t, tm, data, "secret") })
}

// FuzzSheet reads workbooks whose sheet of answers and shared texts are anything, packed properly, and holds the
// result against the second reading.
func FuzzSheet(f *testing.F) {
	b := &base{t: f, tm: trybook.SmallTemplate()}
	b.whole, b.want = trybook.SmallFilled(f)
	b.plain = read(f, b.tm, b.whole)
	parts := b.parts()
	f.Add(parts[trybook.Find(parts, sheet2)].Body, parts[trybook.Find(parts, strings1)].Body)
	f.Fuzz(func(t *testing.T, sheet, texts []byte) {
		parts := b.parts()
		parts[trybook.Find(parts, sheet2)].Body = sheet
		parts[trybook.Find(parts, strings1)].Body = texts
		data := trybook.Pack(parts, trybook.Packing{})
		ret := fuzzReturn(t, b.tm, data, "")
		if len(ret.Answers()) == 0 || differs(b, ret) == "" {
			return
		}
		if bytes.HasPrefix(sheet, []byte("\xFF\xFE")) || bytes.HasPrefix(sheet, []byte("\xFE\xFF")) || bytes.HasPrefix(texts, []byte("\xFF\xFE")) || bytes.HasPrefix(texts, []byte("\xFE\xFF")) {
			return // the second reading knows no UTF-16
		}
		if bad := asTheFileSays(b, ret, data); bad != "" {
			t.Fatal(bad)
		}
	})
}

// FuzzODS reads OpenDocument files whose content is anything.
func FuzzODS(f *testing.F) {
	data, err := os.ReadFile(filepath.Join("testdata", "saved", "sheetjs.ods"))
	if err != nil {
		f.Fatal(err)
	}
	parts := trybook.Unpack(f, data)
	f.Add(parts[trybook.Find(parts, "content.xml")].Body)
	tm := trybook.SmallTemplate()
	b := &base{t: f, tm: tm}
	b.whole, b.want = trybook.SmallFilled(f)
	b.plain = read(f, tm, b.whole)
	for _, d := range append(hostileODS(), hostileEvidence()...) {
		if d.class == "ods" || strings.HasSuffix(d.name, ".ods") {
			made := trybook.Unpack(f, d.make(b))
			f.Add(made[trybook.Find(made, "content.xml")].Body)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		p := append([]trybook.Entry(nil), parts...)
		p[trybook.Find(p, "content.xml")].Body = content
		fuzzReturn(t, tm, trybook.Pack(p, trybook.Packing{}), "")
	})
}

// FuzzAnswer types anything into the cell of an answer. Whatever is read as a choice must have that choice's
// code or name in it, and no other's.
func FuzzAnswer(f *testing.F) {
	for _, s := range []string{"1 – Low", "2", "Level 3", "n/a", "1-2", "high", "3.0", "(2)", "\u200b1", "１"} {
		f.Add(s)
	}
	b := &base{t: f, tm: trybook.SmallTemplate()}
	b.whole, b.want = trybook.SmallFilled(f)
	b.plain = read(f, b.tm, b.whole)
	scale, cell, at := b.tm.LevelScale(), answerCell(b), b.plain.Answer("1.1").Level.Origin.Cell
	f.Fuzz(func(t *testing.T, s string) {
		data := trybook.Pack(trybook.Edit(b.parts(), sheet2, cell, `<c r="`+at+`" t="inlineStr"><is><t xml:space="preserve">`+escape(s)+`</t></is></c>`), trybook.Packing{})
		ret := fuzzReturn(t, b.tm, data, "")
		a := ret.Answer("1.1")
		if a == nil {
			return
		}
		n, ok := a.Level.Value.Number()
		if !ok || strings.Contains(s, "level") {
			return
		}
		low := strings.ToLower(s)
		for _, step := range scale {
			if step.Number != n && (strings.Contains(low, step.Code) || strings.Contains(low, strings.ToLower(step.Name))) && !strings.Contains(low, "criterion") {
				t.Fatalf("%q was read as %d", s, n)
			}
		}
	})
}

// answerCell is the cell of the answer to 1.1 in the small workbook.
func answerCell(b *base) string {
	parts := b.parts()
	s := string(parts[trybook.Find(parts, sheet2)].Body)
	i := strings.Index(s, `<c r="`+b.plain.Answer("1.1").Level.Origin.Cell+`"`)
	return s[i : i+strings.Index(s[i:], "</c>")+4]
}
