// Package strictyaml reads YAML files that people write by hand into Go structs, and says everything that is
// wrong with them at once: each mistake with file, line and column, what is wrong, and what to do about it.
//
// Use Parse and Document.Into, add with Document.Add what rules between values have to say, at the place of the value,
// and end with Document.Err.
//
// The struct says what is expected, by its tags:
//   - yaml:"name" is a key that must be there, yaml:"name,omitempty" one that may be left out;
//   - validate:"…" holds the rules of a value, in the notation of go-playground/validator, plus the rules
//     slug, ident and addresses that this package adds.
//
// What is refused on purpose: unknown and doubled keys, anchors and aliases, tags such as !!float, more than
// one document in a file, and files over MaxBytes. A text is always taken as it is written: 1.10 without
// quotation marks is the text 1.10, no is the text no, and 0123 keeps its zero.
package strictyaml
