package models

import "slices"

// Catalogue lists all finding codes, for the tests that hold the documents against them.
func Catalogue() []CodeInfo { return slices.Concat(catalogue...) }
