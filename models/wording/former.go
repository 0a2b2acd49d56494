package wording

// former are the words of dropdowns as earlier versions had them, by language and key: workbooks that are still out
// come back with them.
var former = map[string]map[string]string{
	"en": {"symptom_0": "No longer true"},
	"es": {"symptom_0": "Ya no es cierto"},
}

// Former is the word that an earlier version had for a key, or "" where it had none other.
func (w *Words) Former(key string) string { return former[Language(w.Tag())][key] }
