package lists

import (
	"errors"

	"github.com/rubric-project/rubric/round"
)

// Windows1252 is the encoding of older Windows programs, for office.ListOptions.
const Windows1252 = round.Windows1252

// InOlderEncoding says that a list could not be read because it seems to be in Windows1252: a person looks at the line that the
// error shows, and says so with office.ListOptions.
func InOlderEncoding(err error) bool {
	var problems round.Problems
	return errors.As(err, &problems) && len(problems) == 1 && problems[0].Kind == round.ProblemEncoding
}
