package returns_test

import (
	"regexp"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// typed puts an inline text into I6, the answer to 1.1.
func typed(text string) func(*base) []byte {
	return cellI6(`<c r="I6" s="12" t="inlineStr"><is><t xml:space="preserve">` + escape(text) + `</t></is></c>`)
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// formatted puts a number into I6 and gives its cell a number format.
func formatted(v, code string) func(*base) []byte {
	return packed(func(p []trybook.Entry) []trybook.Entry {
		p = trybook.Edit(p, sheet2, i6, `<c r="I6" s="0"><v>`+v+`</v></c>`)
		p = trybook.Edit(p, "xl/styles.xml", "<cellXfs", `<!-- --><cellXfs`)
		s := string(p[trybook.Find(p, "xl/styles.xml")].Body)
		fmts := `<numFmt numFmtId="190" formatCode="` + strings.ReplaceAll(escape(code), `"`, "&quot;") + `"/>`
		if strings.Contains(s, "<numFmts") {
			p = trybook.Edit(p, "xl/styles.xml", "</numFmts>", fmts+"</numFmts>")
		} else {
			p = trybook.Edit(p, "xl/styles.xml", "<fonts", "<numFmts>"+fmts+"</numFmts><fonts")
		}
		p = trybook.Edit(p, sheet2, `<c r="I6" s="0">`, `<c r="I6" s="LAST">`)
		n := strings.Count(s[strings.Index(s, "<cellXfs"):strings.Index(s, "</cellXfs>")], "<xf ")
		p = trybook.Edit(p, "xl/styles.xml", "</cellXfs>", `<xf numFmtId="190" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>`)
		return trybook.Edit(p, sheet2, "LAST", itoa(n))
	})
}

// commentL6 puts another cell in the place of the comment on 1.1.
func commentL6(cell string) func(*base) []byte {
	return Text(func(s string) string {
		return regexp.MustCompile(`<c r="L6".*?</c>`).ReplaceAllLiteralString(s, cell)
	})
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func hostileAnswers() []damaged {
	var list []damaged
	add := func(name string, make func(*base) []byte, want outcome) {
		list = append(list, damaged{class: "answer", name: name, make: make, want: want})
	}
	descriptor := "Everyone inside, and some people outside, get the data they need in time. Direct routes to it are being opened up, though non-experts may still have to ask for help."
	for _, x := range []struct {
		text string
		want models.Choice
	}{
		{"4", models.At(4)}, {"4.0", models.At(4)}, {"4,0", models.At(4)}, {`"4"`, models.At(4)}, {"'4", models.At(4)}, {"“4”", models.At(4)},
		{"Level 4", models.At(4)}, {"LEVEL 4", models.At(4)}, {"developing", models.At(4)}, {"DEVELOPING ", models.At(4)}, {" Developing.", models.At(4)},
		{"4\u00a0–\u00a0Developing", models.At(4)}, {"4 \u200b– Developing\ufeff", models.At(4)}, {"4 - Developing", models.At(4)},
		{"4 — Developing", models.At(4)}, {"4 ‑ Developing", models.At(4)}, {"4 − Developing", models.At(4)}, {"4-Developing", models.At(4)},
		{"4: Developing", models.At(4)}, {"4 Developing", models.At(4)}, {"Developing (4)", models.At(4)}, {"4 (Developing)", models.At(4)},
		{"４", models.At(4)}, {"４ － Ｄｅｖｅｌｏｐｉｎｇ", models.At(4)}, {"٤", models.At(4)}, {"4\n", models.At(4)}, {"Level 4 – Developing", models.At(4)},
		{descriptor, models.At(4)}, {"  " + strings.ToUpper(descriptor), models.At(4)},
		{"N/A", models.NotApplicable()}, {"n/a", models.NotApplicable()}, {"NA", models.NotApplicable()}, {"not applicable", models.NotApplicable()},
		{"n.a", models.NotApplicable()}, {"n / a", models.NotApplicable()}, {"N. A", models.NotApplicable()}, {"4 – Developing.", models.At(4)}, {"4: developing.", models.At(4)},
	} {
		add("typed "+printableName(x.text), typed(x.text), one(r6, x.want, models.AnswerNormalised))
	}
	add("typed the label of the list", typed("4 – Developing"), one(r6, models.At(4)))
	for _, text := range []string{" ", "\u00a0\u00a0", "\u200b\u200b\u200b", "\n\n\n\n"} {
		add("typed nothing but space "+printableName(text), typed(text), one(r6, models.Blank()))
	}
	for _, text := range []string{"3-4", "3–4", "3/4", "4?", "3.5", "3,5", "3 or 4", "3 and 4", "between 3 and 4", "4 – Learning", "3 – Developing", "Learning / Developing",
		"4 – Developing, 3 – Learning", "4 – Developing\n5 – Mastering", "4+", "~4", "<4", "not 4", "4 – Developing?", "level 4 in part", "-4", "(4)", "4%", "1 2", "Developing to Mastering", "4 (was 3)", "4.1.2026", "=4", "5️⃣4", "4̶"} {
		add("typed "+printableName(text), typed(text), one(r6, models.Blank(), models.AnswerAmbiguous))
	}
	for _, text := range []string{"6", "0", "44", "yes", "high", "see comment", "–", "?", "x", "Fully in place", "L", "IV", "four", "04", "4a", "#REF", "4nd"} {
		add("typed "+printableName(text), typed(text), one(r6, models.Blank(), models.AnswerNotInList))
	}
	number := func(v string) func(*base) []byte { return cellI6(`<c r="I6" s="12"><v>` + v + `</v></c>`) }
	add("number 4", number("4"), one(r6, models.At(4), models.AnswerNormalised))
	add("number 4.0", number("4.0"), one(r6, models.At(4), models.AnswerNormalised))
	add("number 4E0", number("4E0"), one(r6, models.At(4), models.AnswerNormalised))
	add("number 0.4E1", number("0.4E1"), one(r6, models.At(4), models.AnswerNormalised))
	add("number 3.5", number("3.5"), one(r6, models.Blank(), models.AnswerAmbiguous))
	add("number 3.9999999999999996", number("3.9999999999999996"), one(r6, models.At(4), models.AnswerNormalised))
	add("number 4.0000000000000009", number("4.0000000000000009"), one(r6, models.At(4), models.AnswerNormalised))
	add("number 4 in the number format Standard", formatted("4", "Standard"), one(r6, models.At(4), models.AnswerNormalised))
	add("number 4.0000000001", number("4.0000000001"), one(r6, models.Blank(), models.AnswerHiddenValue))
	add("number 0", number("0"), one(r6, models.Blank(), models.AnswerNotInList))
	add("number -4", number("-4"), one(r6, models.Blank(), models.AnswerNotInList))
	add("number 6", number("6"), one(r6, models.Blank(), models.AnswerNotInList))
	add("number 46085 (a date without its format)", number("46085"), one(r6, models.Blank(), models.AnswerNotInList))
	for _, x := range []struct{ v, code string }{{"46085", "d-mmm"}, {"46085", "yyyy\\-mm\\-dd"}, {"4", "d/m/yyyy"}, {"4", "[h]:mm"}, {"46085", `[$-409]mmm\ d`}} {
		add("number "+x.v+" as a date "+x.code, formatted(x.v, x.code), one(r6, models.Blank(), models.AnswerIsDate))
	}
	for _, x := range []struct{ v, code string }{{"4", `"5"`}, {"4", `0"5"`}, {"4", `"5 – Mastering"`}, {"4", ";;;"}, {"4", "0%"}, {"4", "0.0E+00"}, {"4", "# ?/?"}, {"4", `[=4]"5";0`},
		{"4", "00"}, {"4", `"Level "0" of 5"`}, {"4", `0" – Mastering"`}, {"4", "0,"}, {"4", `[$$-409]0.00`}} {
		add("number "+x.v+" shown by "+x.code, formatted(x.v, x.code), one(r6, models.Blank(), models.AnswerHiddenValue))
	}
	add("number 3.6 shown as 4", formatted("3.6", "0"), one(r6, models.Blank(), models.AnswerHiddenValue))
	for _, x := range []struct{ v, code string }{{"4", "0"}, {"4", "0.00"}, {"4", "#"}, {"4", "#,##0"}, {"4", `"Level "0`}, {"4", `0" – Developing"`}, {"4", "[Red]0"}, {"4", "0;-0"}, {"4", "General;[Red]-General"}, {"4", "0_)"}, {"4", "@"}} {
		add("number "+x.v+" shown by "+x.code, formatted(x.v, x.code), one(r6, models.At(4), models.AnswerNormalised))
	}
	add("a comment of which a program lost a character", commentL6(`<c r="L6" t="inlineStr"><is><t>We are sure � of it</t></is></c>`), same(models.TextSpoiled))
	add("truth value", cellI6(`<c r="I6" s="12" t="b"><v>1</v></c>`), one(r6, models.Blank(), models.AnswerNotInList))
	add("error #N/A", cellI6(`<c r="I6" s="12" t="e"><v>#N/A</v></c>`), one(r6, models.Blank(), models.AnswerIsError))
	add("error #REF! of a formula", cellI6(`<c r="I6" s="12" t="e"><f>X1</f><v>#REF!</v></c>`), one(r6, models.Blank(), models.AnswerIsError))
	add("formula without result", cellI6(`<c r="I6" s="12"><f>3+1</f></c>`), one(r6, models.Blank(), models.AnswerNoValue))
	add("formula with an empty result", cellI6(`<c r="I6" s="12"><f>3+1</f><v></v></c>`), one(r6, models.Blank(), models.AnswerNoValue))
	add("formula with a number", cellI6(`<c r="I6" s="12"><f>3+1</f><v>4</v></c>`), one(r6, models.At(4), models.AnswerFormula, models.AnswerNormalised))
	add("formula with a label", cellI6(`<c r="I6" s="12" t="str"><f>Lists!A5</f><v>4 – Developing</v></c>`), one(r6, models.At(4), models.AnswerFormula))
	add("formula with an empty text", cellI6(`<c r="I6" s="12" t="str"><f>""</f><v></v></c>`), one(r6, models.Blank()))
	add("date of ISO 8601", cellI6(`<c r="I6" s="12" t="d"><v>2026-04-03</v></c>`), one(r6, models.Blank(), models.AnswerIsDate))
	for _, x := range []struct{ name, cell string }{
		{"target typed 9", `<c r="J6" s="13"><v>9</v></c>`}, {"target n/a", `<c r="J6" s="13" t="inlineStr"><is><t>Not applicable</t></is></c>`},
		{"target error", `<c r="J6" s="13" t="e"><v>#VALUE!</v></c>`}, {"target formula without result", `<c r="J6" s="13"><f>1</f></c>`},
	} {
		add(x.name, swap(sheet2, `<c r="J6" s="13" t="s"><v>6</v></c>`, x.cell), same(models.TargetNotInList))
	}
	add("comment is an error", commentL6(`<c r="L6" s="13" t="e"><f>-we do</f><v>#NAME?</v></c>`), same(models.TextIsError))
	add("comment is a formula without result", commentL6(`<c r="L6" s="13"><f>A1</f></c>`), same(models.TextNoValue))
	add("comment of 32,767 characters", commentL6(`<c r="L6" s="13" t="inlineStr"><is><t>`+strings.Repeat("ü", 32767)+`</t></is></c>`), same(models.TextAtLimit))
	return list
}

func printableName(s string) string {
	if len(s) > 40 {
		s = s[:40] + "…"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x200b || r == 0xfeff || r == 0xa0 {
			return '·'
		}
		return r
	}, "'"+s+"'")
}
