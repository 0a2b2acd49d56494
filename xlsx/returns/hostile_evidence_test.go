package returns_test

import (
	"regexp"
	"strings"

	"github.com/rubric-project/rubric/models"
	"github.com/rubric-project/rubric/xlsx/internal/trybook"
)

// hostileEvidence is what respondents put in place of a text or a level, and that a reader of values passes over:
// pictures, embedded files, links, checkboxes, colours, and texts that nobody sees.
func hostileEvidence() []damaged {
	const (
		four     = "<t>4 – Developing</t>"
		none     = `<patternFill patternType="none"/>`
		drawing  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
		drawType = "application/vnd.openxmlformats-officedocument.drawing+xml"
		anchor   = `<xdr:from><xdr:col>10</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`
	)
	drawn := func(what string) string {
		return `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor>` + anchor + what + `<xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>`
	}
	conditional := func(dxf, rule string) func(*base) []byte {
		return packed(func(p []trybook.Entry) []trybook.Entry {
			i := trybook.Find(p, "xl/styles.xml")
			n := strings.Count(string(p[i].Body), "<dxf>")
			p = trybook.Edit(p, "xl/styles.xml", "</dxfs>", "<dxf>"+dxf+"</dxf></dxfs>")
			rule := strings.ReplaceAll(rule, "NEXT", itoa(n/10)+itoa(n%10))
			return trybook.Edit(p, sheet2, "<conditionalFormatting", `<conditionalFormatting sqref="I6:I20">`+rule+`</conditionalFormatting><conditionalFormatting`)
		})
	}
	evidence := func(cell string) func(*base) []byte {
		return Text(func(s string) string {
			return regexp.MustCompile(`<c r="K6".*?</c>`).ReplaceAllLiteralString(s, cell)
		})
	}
	look := func(rule, dxf string) func(*base) []byte { return conditional(dxf, rule) }
	const when = `<cfRule type="expression" priority="99" dxfId="NEXT"><formula>$A6="1.1"</formula></cfRule>`
	counted := same(models.AnswerLook)
	list := []damaged{
		{name: "a picture over a cell", make: related(drawing, drawType, drawn(`<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Picture 1" descr="our agreed levels"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill/><xdr:spPr/></xdr:pic>`)), want: same(models.PictureNotRead)},
		{name: "pictures in a group", make: related(drawing, drawType, drawn(`<xdr:grpSp><xdr:nvGrpSpPr/><xdr:grpSpPr/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="P"/></xdr:nvPicPr></xdr:pic></xdr:grpSp>`)), want: same(models.PictureNotRead)},
		{name: "a chart is no picture", make: related(drawing, drawType, drawn(`<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1"/></xdr:nvGraphicFramePr><xdr:xfrm/><a:graphic/></xdr:graphicFrame>`)), want: same()},
		{name: "a picture placed in the cell for the answer", make: cellI6(`<c r="I6" s="12" t="e" vm="1"><v>#VALUE!</v></c>`), want: one(r6, models.Blank(), models.AnswerIsError)},
		{name: "a picture placed in the cell for evidence", make: evidence(`<c r="K6" t="e" vm="1"><v>#VALUE!</v></c>`), want: same(models.PictureNotRead)},
		{name: "a picture by WPS", make: evidence(`<c r="K6" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>`), want: same(models.PictureNotRead)},
		{name: "a picture by the function IMAGE", make: evidence(`<c r="K6" t="e"><f>_xlfn.IMAGE("https://example.org/a.png")</f><v>#NAME?</v></c>`), want: same(models.PictureNotRead)},
		{name: "an embedded file of an older Excel", make: swap(sheet2, "</worksheet>", `<oleObjects><oleObject progId="Acrobat Document" dvAspect="DVASPECT_ICON" shapeId="1025"/></oleObjects></worksheet>`), want: same(models.ObjectNotRead)},
		{name: "an embedded file of a newer Excel", make: swap(sheet2, "</worksheet>", `<oleObjects><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14"><oleObject progId="Packager Shell Object" shapeId="1025"><objectPr><anchor>`+strings.ReplaceAll(strings.ReplaceAll(anchor, "<xdr:from", `<from xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"`), "</xdr:from", "</from")+`</anchor></objectPr></oleObject></mc:Choice><mc:Fallback><oleObject progId="Packager Shell Object" shapeId="1025"/></mc:Fallback></mc:AlternateContent></oleObjects></worksheet>`), want: same(models.ObjectNotRead)},
		{name: "a checkbox", make: swap(sheet2, "</worksheet>", `<controls><control shapeId="1026" name="Check Box 1"/></controls></worksheet>`), want: same(models.ControlNotRead)},
		{name: "a link in a cell for evidence", make: packed(func(p []trybook.Entry) []trybook.Entry {
			p = trybook.Edit(p, sheet2, "<pageMargins", `<hyperlinks><hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ref="K6" r:id="rIdL"/></hyperlinks><pageMargins`)
			const rels = "xl/worksheets/_rels/sheet2.xml.rels"
			return append(p, trybook.NewPart(rels, []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdL" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/policy.pdf" TargetMode="External"/></Relationships>`)))
		}), want: same(models.TextLink)},
		{name: "a link by the function HYPERLINK", make: evidence(`<c r="K6" t="str"><f>HYPERLINK("https://example.org/a?b=1&amp;c=2","our policy")</f><v>our policy</v></c>`), want: same(models.TextLink)},
		{name: "a link whose address is worked out", make: evidence(`<c r="K6" t="str"><f>HYPERLINK("https://example.org/"&amp;A6,"our policy")</f><v>our policy</v></c>`), want: same(models.TextLink)},
		{name: "an answer of which a word is white", make: looking("I6", `<r><t>4 – </t></r><r><rPr><color rgb="FFFFFFFF"/></rPr><t>Developing</t></r>`, "", none), want: one(r6, models.At(4), models.AnswerUnseen)},
		{name: "an answer of which a word is tiny", make: looking("I6", `<r><rPr><sz val="1"/></rPr><t>4 – </t></r><r><rPr><sz val="11"/></rPr><t>Developing</t></r>`, "", none), want: one(r6, models.At(4), models.AnswerUnseen)},
		{name: "an answer in tiny letters", make: looking("I6", four, `<sz val="1"/>`, none), want: one(r6, models.At(4), models.AnswerUnseen)},
		{name: "an answer in runs of common looks", make: looking("I6", `<r><rPr><b/><sz val="11"/><color theme="1"/><rFont val="Calibri"/></rPr><t>4 – </t></r><r><rPr><sz val="10.5"/><color rgb="FF112233"/></rPr><t>Developing</t></r>`, "", none), want: one(r6, models.At(4))},
		{name: "a comment of which a word is white", make: looking("L6", `<r><t>We are </t></r><r><rPr><color theme="0"/></rPr><t>not </t></r><r><t>ready</t></r>`, "", none), want: same(models.TextUnseen)},
		{name: "a comment in white", make: looking("L6", "<t>not to be seen</t>", `<color rgb="FFFFFFFF"/>`, none), want: same(models.TextUnseen)},
		{name: "a comment that its number format hides", make: packed(func(p []trybook.Entry) []trybook.Entry {
			styles := string(p[trybook.Find(p, "xl/styles.xml")].Body)
			a, b := strings.Index(styles, "<cellXfs"), strings.Index(styles, "</cellXfs>")
			n := strings.Count(styles[a:b], "<xf>") + strings.Count(styles[a:b], "<xf ")
			p = trybook.Edit(p, "xl/styles.xml", "</numFmts>", `<numFmt numFmtId="399" formatCode=";;;"/></numFmts>`)
			p = trybook.Edit(p, "xl/styles.xml", "</cellXfs>", `<xf numFmtId="399" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>`)
			i := trybook.Find(p, sheet2)
			p[i].Body = regexp.MustCompile(`<c r="L6" s="[0-9]+"`).ReplaceAllLiteral(p[i].Body, []byte(`<c r="L6" s="`+itoa(n/10)+itoa(n%10)+`"`))
			return p
		}), want: same(models.TextUnseen)},
		{name: "answers that a conditional format strikes through", make: look(when, "<font><strike/></font>"), want: counted},
		{name: "answers that a conditional format hides", make: look(when, `<font><color rgb="FFFFFFFF"/></font>`), want: counted},
		{name: "answers that a conditional format makes white on white", make: look(when, `<font><color theme="0"/></font><fill><patternFill><bgColor rgb="FFFFFFFF"/></patternFill></fill>`), want: counted},
		{name: "answers that a conditional format makes white on blue", make: look(when, `<font><color rgb="FFFFFFFF"/></font><fill><patternFill><bgColor rgb="FF12436D"/></patternFill></fill>`), want: same()},
		{name: "answers that a conditional format makes bold", make: look(when, "<font><b/><color rgb=\"FF12436D\"/></font>"), want: same()},
		{name: "icons in place of answers", make: look(`<cfRule type="iconSet" priority="9"><iconSet iconSet="3TrafficLights1" showValue="0"><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet></cfRule>`, ""), want: counted},
		{name: "icons beside answers", make: look(`<cfRule type="iconSet" priority="9"><iconSet iconSet="3TrafficLights1"><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet></cfRule>`, ""), want: same()},
		{name: "bars in place of answers", make: look(`<cfRule type="dataBar" priority="9"><dataBar showValue="0"><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule>`, ""), want: counted},
		{name: "a level marked with a colour", make: func(b *base) []byte {
			yellow := looking("E6", "<t>x</t>", "", `<patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill>`)(b)
			return trybook.Pack(trybook.Edit(trybook.Unpack(b.t, yellow), sheet2, i6, ""), trybook.Packing{})
		}, want: one(r6, models.Blank(), models.LevelsColoured)},
		{name: "a level ticked over its description", make: func(b *base) []byte {
			ticked := looking("E6", "<t>✓ </t>", "", none)(b)
			return trybook.Pack(trybook.Edit(trybook.Unpack(b.t, ticked), sheet2, i6, ""), trybook.Packing{})
		}, want: one(r6, models.Blank(), models.LevelsColoured)},
		{name: "a level of which the description alone is not struck out", make: func(b *base) []byte {
			struck := looking("E6", "<t>x y</t>", "<strike/>", none)(b)
			return trybook.Pack(trybook.Edit(trybook.Unpack(b.t, struck), sheet2, i6, ""), trybook.Packing{})
		}, want: one(r6, models.Blank(), models.LevelsColoured)},
		{name: "a tick over a description, and a level", make: looking("E6", "<t>X</t>", "", none), want: same(models.DescriptorEdited)},
		{name: "a description with a colour, and a level", make: looking("E6", "<t>x</t>", "", `<patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill>`), want: same(models.DescriptorEdited)},
	}
	odsLink := `<table:table-cell office:value-type="string"><text:p><text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://example.org/p">4 – Developing</text:a></text:p></table:table-cell>`
	frame := func(inside string) string {
		return `<table:shapes><draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" draw:name="F">` + inside + `</draw:frame></table:shapes>`
	}
	list = append(list,
		damaged{name: "an answer that is a link in .ods", make: odsOf(odsLink, nil), want: one(r6, models.At(4))},
		damaged{name: "a picture in .ods", make: odsOf("", map[string]string{"table": frame("<draw:image/>")}), want: same(models.PictureNotRead)},
		damaged{name: "a chart in .ods", make: odsOf("", map[string]string{"table": frame("<draw:object/><draw:image/>")}), want: same()},
		damaged{name: "an embedded file in .ods", make: odsOf("", map[string]string{"table": frame("<draw:object-ole/><draw:image/>")}), want: same(models.ObjectNotRead)},
		damaged{name: "a picture in a cell of .ods", make: odsOf(`<table:table-cell office:value-type="string"><draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:image/></draw:frame><text:p>4 – Developing</text:p></table:table-cell>`, nil), want: one(r6, models.At(4), models.PictureNotRead)},
	)
	for i := range list {
		list[i].class = "evidence"
	}
	return list
}
