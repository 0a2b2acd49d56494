package pages

// Colours of the tabs: results, detail, data, and what explains them.
const (
	TabResults = "1D5692"
	TabDetail  = "7AAAD6"
	TabData    = "A8B3BF"
	TabAbout   = "C8641B"
)
