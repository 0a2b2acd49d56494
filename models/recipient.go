package models

// Recipient is an organisation that gets a workbook.
type Recipient struct {
	// ID is the organisation's code, as text: a leading zero stays.
	ID   string `json:"id" validate:"required,max=80"`
	Name string `json:"name" validate:"required,max=200"`
	// Email may hold several addresses, separated by semicolons; empty where the workbook goes another way.
	Email   string `json:"email,omitempty" validate:"omitempty,addresses"`
	Contact string `json:"contact,omitempty" validate:"max=200"`
	// PreviousID is the id that the organisation had in the earlier round, where it was another.
	PreviousID string `json:"previous_id,omitempty" validate:"max=80"`
	// Language is the BCP 47 tag of the language in which it is written to; "" stands for the round's.
	Language string `json:"language,omitempty" validate:"omitempty,bcp47_language_tag"`
	// Groups holds the further columns of the list, by heading: region, type, size.
	Groups map[string]string `json:"groups,omitempty"`
}

// Respondent is who completed a workbook, as filled in on its Start sheet.
type Respondent struct {
	Name     Sourced[string] `json:"name"`
	Role     Sourced[string] `json:"role"`
	Date     Sourced[string] `json:"date"`
	SignedBy Sourced[string] `json:"signed_by"`
	// Checked is what stands under "Old answers checked", in workbooks with answers carried over.
	Checked Sourced[string] `json:"checked,omitzero"`
}
