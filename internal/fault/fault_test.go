package fault_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/rubric-project/rubric/internal/fault"
)

func Example() {
	err := &fault.Error{Usage: true, Message: "there is no folder spring", Remedy: "check the path", Do: fault.ActionName("open-round").On("spring")}
	fmt.Println(err)
	fmt.Println(fault.IsUsage(err), fault.ActionOf(err).Name, fault.ActionOf(err).On)
	// Output:
	// there is no folder spring; check the path
	// true open-round [spring]
}

// What an error is shows through whatever wraps it, one error or several.
func TestErrorsInOthers(t *testing.T) {
	usage := fault.Usage("it is wrong", "mend it")
	failed := &fault.Error{Message: "it cannot be read", Err: fs.ErrNotExist, Do: fault.ActionName("validate").On()}
	for _, c := range []struct {
		err    error
		text   string
		usage  bool
		action fault.ActionName
	}{
		{nil, "<nil>", false, ""},
		{errors.New("x"), "x", false, ""},
		{usage, "it is wrong; mend it", true, ""},
		{failed, "it cannot be read", false, "validate"},
		{fmt.Errorf("a: %w", usage), "a: it is wrong; mend it", true, ""},
		{&fault.Error{Message: "outer", Err: usage}, "outer", true, ""},
		{&fault.Error{Message: "outer", Usage: true, Err: failed}, "outer", true, "validate"},
		{errors.Join(errors.New("x"), failed, usage), "x\nit cannot be read\nit is wrong; mend it", true, "validate"},
	} {
		if got := fmt.Sprint(c.err); got != c.text || fault.IsUsage(c.err) != c.usage || fault.ActionOf(c.err).Name != c.action {
			t.Errorf("%q, %v, %q; want %q, %v, %q", got, fault.IsUsage(c.err), fault.ActionOf(c.err).Name, c.text, c.usage, c.action)
		}
	}
	if !errors.Is(failed, fs.ErrNotExist) {
		t.Error("the cause is lost")
	}
}
