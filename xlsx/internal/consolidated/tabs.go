package consolidated

// Colours of the tabs: results, detail, data, and what explains them.
const (
	tabResults = "1D5692"
	tabDetail  = "7AAAD6"
	tabData    = "A8B3BF"
	tabAbout   = "C8641B"
)
