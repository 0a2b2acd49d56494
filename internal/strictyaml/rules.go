package strictyaml

import (
	"cmp"
	"errors"
	"fmt"
	"net/mail"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"

	"github.com/rubric-project/rubric/internal/text"
)

// Broken is a rule of a struct's tags that a value does not keep.
type Broken struct {
	// Path is where the value stands, in yaml or json names: criteria[3].topic.
	Path string
	// Name is the last part of the path: topic.
	Name string
	// Message and Remedy are in plain words.
	Message, Remedy string
}

var rules = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		for _, tag := range []string{"yaml", "json"} {
			if name, _, _ := strings.Cut(f.Tag.Get(tag), ","); name != "" && name != "-" {
				return name
			}
		}
		return f.Name
	})
	slug := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	ident := regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	custom := map[string]func(string) bool{
		"slug": slug.MatchString, "ident": ident.MatchString, "addresses": areAddresses,
	}
	for name, ok := range custom {
		if err := v.RegisterValidation(name, func(fl validator.FieldLevel) bool { return ok(fl.Field().String()) }); err != nil {
			panic(err)
		}
	}
	return v
})

// areAddresses says whether s is one or more plain email addresses, separated by semicolons or commas.
func areAddresses(s string) bool {
	list := strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == ',' })
	for _, x := range list {
		x = strings.TrimSpace(x)
		a, err := mail.ParseAddress(x)
		if err != nil || a.Address != x {
			return false
		}
	}
	return len(list) > 0
}

// Check holds value, a struct or a pointer to one, against the rules of its validate tags, and returns what
// it breaks, by path. Rules between values are not among them.
func Check(value any) []Broken {
	err := rules().Struct(value)
	var fields validator.ValidationErrors
	if !errors.As(err, &fields) {
		return nil
	}
	var out []Broken
	for _, e := range fields {
		_, path, _ := strings.Cut(e.Namespace(), ".")
		b := Broken{Path: path, Name: e.Field()}
		name := e.Field()
		if list, _, inside := strings.Cut(name, "["); inside {
			name = "an entry of " + list
		}
		b.Message, b.Remedy = inWords(name, e.Tag(), e.Param(), e.Kind(), e.Value())
		out = append(out, b)
	}
	slices.SortStableFunc(out, func(a, b Broken) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

// inWords says what a broken rule means, and what is expected instead.
func inWords(name, tag, param string, kind reflect.Kind, value any) (message, remedy string) {
	is := fmt.Sprintf("%s is %q", name, fmt.Sprint(value))
	switch tag {
	case "required":
		return name + " is empty", "fill it in"
	case "required_with":
		return name + " is missing or empty", "it must be given together with " + strings.ToLower(param)
	case "slug":
		return is, "use lower-case letters, digits and single hyphens between them, such as our-model-2"
	case "ident":
		return is, "use letters, digits, points, underscores and hyphens, beginning with a letter or a digit"
	case "addresses":
		return is, "write one or more email addresses, separated by semicolons"
	case "email":
		return is + ", not an email address", "write one like name@example.org"
	case "hexcolor":
		return is, "write a colour as # and six digits or letters a to f, such as #1f4e79"
	case "bcp47_language_tag":
		return is + ", not a language tag", "write one such as en-GB, cy or es-US"
	case "oneof":
		options := strings.Fields(param)
		if c := text.Nearest(fmt.Sprint(value), options); c != "" {
			return is, `did you mean "` + c + `"?`
		}
		return is, "it must be one of: " + strings.Join(options, ", ")
	case "hostname_rfc1123|ip":
		return is + ", not the name of a server", "write its name, such as smtp.example.org, or its IP address"
	case "datetime":
		return is + ", not a time of the day", "write it as hours and minutes, such as 14:30"
	case "timezone":
		return is + ", not a time zone", "write one as the tz database names it, such as Europe/London"
	case "unique":
		return name + " holds an entry twice", "remove one of the two"
	case "min", "max", "len":
		return amount(name, tag, param, kind, value)
	}
	return is, "it breaks the rule " + strings.TrimSuffix(tag+" "+param, " ")
}

// amount words the rules min, max and len, which mean a size or a count by the kind of the value.
func amount(name, tag, param string, kind reflect.Kind, value any) (message, remedy string) {
	bound := map[string]string{"min": "at least", "max": "at most", "len": "exactly"}[tag]
	v := reflect.ValueOf(value)
	switch kind {
	case reflect.String:
		return fmt.Sprintf("%s has %d characters", name, len([]rune(v.String()))), fmt.Sprintf("it must have %s %s", bound, param)
	case reflect.Slice, reflect.Map, reflect.Array:
		return fmt.Sprintf("%s has %s", name, count(v.Len())), fmt.Sprintf("there must be %s %s", bound, param)
	}
	return fmt.Sprintf("%s is %v", name, value), fmt.Sprintf("it must be %s %s", bound, param)
}

func count(n int) string {
	if n == 0 {
		return "no entries"
	}
	return text.Count(n, "entry", "entries")
}
