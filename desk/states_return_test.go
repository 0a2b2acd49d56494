package desk_test

func init() {
	addStates("/r/{key}/return", state{name: "empty", reach: at("return?file=01233.pdf")}, state{name: "full", reach: at("return?file=01247.xlsx")},
		state{name: "error", reach: at("return?file=no+such+file.xlsx")}, state{name: "superseded", reach: at("return?file=01205+first+try.xlsx")})
}
