package returns

import "fmt"

// ReaderVersion is counted up whenever any file is read otherwise than before: other answers, findings or words. What
// was read by another version is never used. A test over all kept workbooks says when.
const ReaderVersion = 14

// DependsOn lists what reading a file depends on besides its bytes, its name and the template, so that what was read
// can be kept: the reader's version and every option but the limit of time, for what that ended is not to be kept. The
// password is among them as it is.
func (o ReadOptions) DependsOn() []string {
	l := o.Limits.OrDefault()
	return append([]string{fmt.Sprint("reader ", ReaderVersion), fmt.Sprint("limits ", l.Packed, l.Unpacked, l.Parts, l.Cells, l.Text), o.Password}, o.Languages...)
}
