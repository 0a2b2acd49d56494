package office_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rubric-project/rubric/office"
	"github.com/rubric-project/rubric/round"
)

// A proposal shows what was understood of a list, its first rows, and every problem with its kind and row; nothing is made.
func TestProposeList(t *testing.T) {
	var b strings.Builder
	b.WriteString("Schools of the county\nCDS Code,LEA Name,E-mail address,County\n")
	for i := range 30 {
		fmt.Fprintf(&b, "%03d,School %d,s%d@example.org,Kern\n", i, i, i)
	}
	b.WriteString("007,School again,,Kern\n031,,nobody,#N/A\n")
	file := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	o := &office.Office{}
	p, err := o.ProposeList(context.Background(), office.ListOptions{File: file})
	if err != nil {
		t.Fatal(err)
	}
	if p.Mapping() != `id="CDS Code",name="LEA Name",email="E-mail address"` || p.HeaderRow != 2 || fmt.Sprint(p.Groups) != "[County]" || fmt.Sprint(p.Proposed) != "[id name email]" {
		t.Errorf("%s, row %d, groups %v, proposed %v", p.Mapping(), p.HeaderRow, p.Groups, p.Proposed)
	}
	if fmt.Sprint(p.Headings) != "[CDS Code LEA Name E-mail address County]" || len(p.First) != 20 || fmt.Sprint(p.First[19]) != "[019 School 19 s19@example.org Kern]" || p.Count != 32 {
		t.Errorf("%v, %d rows, %d recipients", p.Headings, len(p.First), p.Count)
	}
	var got []string
	for _, x := range p.Problems {
		got = append(got, fmt.Sprintf("%s in row %d", x.Kind, x.Row))
	}
	if want := "id in row 33, text in row 34, email in row 34, error-value in row 34"; strings.Join(got, ", ") != want || p.Open() {
		t.Errorf("%v\n%v", got, p.Problems)
	}
	q, err := o.ProposeList(context.Background(), office.ListOptions{File: file, Map: "id=County"})
	if err != nil || len(q.Problems) < 30 || q.Problems[0].Kind != round.ProblemID {
		t.Errorf("%v, %v", err, q.Problems)
	}
	if _, err := o.ProposeList(context.Background(), office.ListOptions{File: file, Map: "it=County"}); err == nil || !office.IsMisuse(err) {
		t.Errorf("%v", err)
	}
}
