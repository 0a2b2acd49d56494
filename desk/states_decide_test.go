package desk_test

func init() {
	addStates("/r/{key}/decide", state{name: "empty", reach: atNothingBack("decide")}, state{name: "full", reach: at("decide?matter=answer")},
		state{name: "error", reach: at("decide"), click: ".ask button.main"}, state{name: "name", reach: at("decide?name=change")})
}
