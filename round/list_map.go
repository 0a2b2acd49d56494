package round

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rubric-project/rubric/internal/text"
)

// partOfMap is where a part of a mapping begins. A heading may have a comma in it.
var partOfMap = regexp.MustCompile(`(?:^|,)\s*([A-Za-z][A-Za-z ]*?)\s*=`)

// ParseColumns reads a mapping as a person gives it: id="CDS Code",name="LEA Name", with headings or columns' letters, the
// word none for a column that there is not, and row=3 for the row with the headings. The error says what is wrong.
func ParseColumns(mapping string) (map[string]string, error) {
	parts := partOfMap.FindAllStringSubmatchIndex(mapping, -1)
	if strings.TrimSpace(mapping) == "" {
		return nil, nil
	}
	if len(parts) == 0 || strings.TrimSpace(mapping[:parts[0][0]]) != "" {
		return nil, fmt.Errorf(`%q is not of the form name=column; write such as id="CDS Code",name="LEA Name"`, mapping)
	}
	out := map[string]string{}
	for i, at := range parts {
		end := len(mapping)
		if i+1 < len(parts) {
			end = parts[i+1][0]
		}
		key, value := strings.ToLower(mapping[at[2]:at[3]]), strings.Trim(strings.TrimSpace(mapping[at[1]:end]), `"'`)
		if key == "row" {
			if n, err := strconv.Atoi(value); err != nil || n < 1 {
				return nil, fmt.Errorf("row=%s: give the number of the row with the headings", value)
			}
		} else if !slices.Contains(columnNames, key) {
			return nil, fmt.Errorf("%q is no column that can be named; %s", key, text.DidYouMean(key, append(slices.Clone(columnNames), "row")))
		}
		if _, twice := out[key]; twice {
			return nil, fmt.Errorf("%s is named twice", key)
		}
		if out[key] = value; value == "" {
			return nil, fmt.Errorf("%s= names no heading; write %s=%s if there is no such column", key, key, None)
		}
		if value == None && (key == "id" || key == "name") {
			return nil, fmt.Errorf("every list needs a column for the %s", key)
		}
	}
	return out, nil
}
