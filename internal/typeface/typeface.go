// Package typeface holds the one typeface of everything that is read in rubric's own layout: Source Sans 3 by Adobe (SIL
// Open Font License 1.1, see OFL.txt), in two weights. The reports and the desk set their text in it.
package typeface

import _ "embed"

// Regular and SemiBold are the two weights as TrueType files. They are not to be changed: whoever needs to copies them.
var (
	//go:embed SourceSans3-Regular.ttf
	Regular []byte
	//go:embed SourceSans3-SemiBold.ttf
	SemiBold []byte
)
