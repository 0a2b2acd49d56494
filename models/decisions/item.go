package decisions

// Matter says what is to be settled.
type Matter string

// The matters, in the order in which they are listed: what decides over a whole file comes first.
const (
	Whose       Matter = "whose"      // nobody knows, or it is doubtful, whose a file is
	Unverified  Matter = "unverified" // no seal confirms whose a file is
	WhichCounts Matter = "counts"     // which of several returns counts, or whether one counts that looks copied
	Incomplete  Matter = "incomplete" // a return that counts only if a person says so
	PartsDiffer Matter = "parts"      // workbooks of one recipient differ
	NoConsensus Matter = "views"      // views of a recipient are back, and nothing counts
	Ambiguous   Matter = "answer"     // an answer that does not say for certain what is meant
	Picture     Matter = "picture"    // a picture or an embedded file, which is not read
)

// Matters lists them.
func Matters() []Matter {
	return []Matter{Whose, Unverified, WhichCounts, Incomplete, PartsDiffer, NoConsensus, Ambiguous, Picture}
}

// Item is something that a person must settle.
type Item struct {
	// ID tells the item from all others. It depends on the matter, the file's content, the recipient and the ref, and so
	// stays the same until one of them changes.
	ID     string `json:"id"`
	Matter Matter `json:"matter"`
	// Code is that of the finding behind it.
	Code string `json:"code"`
	// File is the path inside returns/, and Digest that of its content.
	File   string `json:"file"`
	Digest string `json:"digest"`
	// Recipient is the id of the one concerned, and Name its name; "" where it is not known.
	Recipient string `json:"recipient,omitempty"`
	Name      string `json:"name,omitempty"`
	// Ref is the criterion or question, Subject what it is about; Sheet and Cell are where the answer stands.
	Ref     string `json:"ref,omitempty"`
	Subject string `json:"subject,omitempty"`
	Sheet   string `json:"sheet,omitempty"`
	Cell    string `json:"cell,omitempty"`
	// Shows says in sentences what the file shows, Without what counts for as long as nobody decides.
	Shows   string `json:"shows"`
	Without string `json:"without"`
	// Choices are what can be decided. Where the matter is whose a file is, any other recipient can be chosen as well.
	Choices []Choice `json:"choices"`
}

// Choice is one way to settle an item.
type Choice struct {
	// Value names the choice among those of its item: a level's number, NotApplicable, Blank, Ask, an id, a file, "counts"
	// or "leave".
	Value string `json:"value"`
	// Label is the choice in words, About what it names: the recipient, whose view it is, or what the file answers; "" where that
	// is the file alone. Descriptor is what a level looks like for the criterion.
	Label      string `json:"label"`
	About      string `json:"about,omitempty"`
	Descriptor string `json:"descriptor,omitempty"`
	// Request is the decision.
	Request Request `json:"request"`
}

// Choose is the decision by which the item is settled with a value: that of one of its choices, or where the matter is
// whose a file is any recipient's id or name. It is false for any other value.
func (it *Item) Choose(value string) (Request, bool) {
	for _, c := range it.Choices {
		if c.Value == value {
			return c.Request, true
		}
	}
	if it.Matter == Whose && value != "" {
		return Request{Kind: Recipient, File: it.File, Recipient: value}, true
	}
	return Request{}, false
}

// Picked says which items of the list are settled, and how: those with these IDs, or all of a matter.
type Picked struct {
	IDs    []string
	Matter Matter
	// Value is that of one of the choices of each item; see Item.Choose.
	Value string
}
