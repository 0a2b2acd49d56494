package desk_test

func init() {
	addStates("/r/{key}/history", state{name: "empty", reach: at("history?q=nothing+is+called+this")}, state{name: "full", reach: at("history")},
		state{name: "error", reach: atBroken("history")})
}
