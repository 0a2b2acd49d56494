package words_test

import (
	"fmt"
	"time"

	"github.com/rubric-project/rubric/words"
)

// The words of a language, with a text of a template's in place of one, and what is put in.
func Example() {
	due := time.Date(2027, 3, 26, 0, 0, 0, 0, time.UTC)
	for _, tag := range []string{"en-GB", "en-US", "es-MX"} {
		w, ok := words.For(tag)
		fmt.Println(w.Tag(), ok, w.Get("organisation"), w.Say("given_of", "given", 3, "total", 97), w.Date(due))
	}

	w := words.English().With(map[string]string{"given_of": "{total} questions, {given} done"})
	fmt.Println(w.Say("given_of", "given", 3, "total", 97))
	fmt.Println(w.Formula("given_of", "given", "COUNTA(D6:D102)", "total", "97"))
	fmt.Println(w.Count("message.days_left", 1), w.Count("message.days_left", 7))

	message, remedy := words.Problem("given_of", "{total} questions")
	fmt.Println(message+";", remedy)
	// Output:
	// en-GB true Organisation 3 of 97 answered 26 March 2027
	// en-US true Organization 3 of 97 answered March 26, 2027
	// es true Organización 3 de 97 con respuesta 26 de marzo de 2027
	// 97 questions, 3 done
	// 97&" questions, "&COUNTA(D6:D102)&" done"
	// 1 day left 7 days left
	// label given_of has no {given}; put {given} where the value belongs, as in "{given} of {total} answered"
}
