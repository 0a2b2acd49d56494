// Package templates holds the built-in assessment templates, and reads and writes templates as YAML files.
//
// Start with Builtin for a template that comes with rubric, or with Load for a file that a person wrote.
// Both return a models.Template of which everything holds that its tags and its comments promise: refs are
// unique, every topic and theme that is referred to exists, and every criterion can be answered on its
// scale. Load refuses a file otherwise; its error lists all mistakes at once, each with file, line and
// column, what is wrong, and what to do about it.
//
// Encode writes a template as YAML that Load reads back to the same value. Schema is the JSON Schema of the
// file, for editors that complete and check as one types.
package templates
