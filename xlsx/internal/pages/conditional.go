package pages

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Heat colours a range from lowest to highest.
func (p *Page) Heat(ref string, lowest, highest float64) {
	p.Frame.Note(p.Frame.File.SetConditionalFormat(p.Name, ref, []excelize.ConditionalFormatOptions{{
		Type: "3_color_scale", Criteria: "=",
		MinType: "num", MinValue: strconv.FormatFloat(lowest, 'f', -1, 64), MinColor: "#" + HeatLow,
		MidType: "num", MidValue: strconv.FormatFloat((lowest+highest)/2, 'f', -1, 64), MidColor: "#" + HeatMid,
		MaxType: "num", MaxValue: strconv.FormatFloat(highest, 'f', -1, 64), MaxColor: "#" + HeatHigh,
	}}))
}

// Bars shows each share of a range as a bar in its cell, which is full at 1.
func (p *Page) Bars(ref, colour string) {
	p.Frame.Note(p.Frame.File.SetConditionalFormat(p.Name, ref, []excelize.ConditionalFormatOptions{{
		Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "num", MaxValue: "1",
		BarColor: "#" + colour, BarSolid: true,
	}}))
}

// Mark gives the cells of a range for which a formula holds another look.
func (p *Page) Mark(ref, formula string, s excelize.Style) {
	id, err := p.Frame.File.NewConditionalStyle(&s)
	p.Frame.Note(err)
	p.Frame.Note(p.Frame.File.SetConditionalFormat(p.Name, ref, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: formula, Format: &id}}))
}

// ChangeHeat colours changes from a quarter of the scale down to a quarter up.
func (p *Page) ChangeHeat(ref string, span float64) { p.Heat(ref, -span/4, span/4) }
