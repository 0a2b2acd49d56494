package text

import (
	"fmt"
	"strings"
)

// FirstFew joins the first of a list, up to most. Where there are more, rest follows: a text such as " …", in which
// %d stands for how many more there are.
func FirstFew(list []string, most int, between, rest string) string {
	if len(list) <= most {
		return strings.Join(list, between)
	}
	if strings.Contains(rest, "%d") {
		rest = fmt.Sprintf(rest, len(list)-most)
	}
	return strings.Join(list[:most], between) + rest
}
