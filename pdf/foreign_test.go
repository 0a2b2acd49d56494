package pdf_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/rubric-project/rubric/pdf"
)

// Fonts of Debian's packages that have the scripts, with TrueType outlines.
var foreignFonts = []struct{ file, face string }{
	{"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", ""},
	{"/usr/share/fonts/truetype/tlwg/Garuda.ttf", ""},
	{"/usr/share/fonts/truetype/nanum/NanumGothic.ttf", ""},
	{"/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf", ""},
	{"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "WenQuanYi Zen Hei"},
}

func readFonts(t *testing.T) (out []pdf.Font) {
	t.Helper()
	for _, f := range foreignFonts {
		data, err := os.ReadFile(f.file)
		if err != nil {
			t.Skipf("%v (Debian: fonts-dejavu, fonts-tlwg-garuda-ttf, fonts-nanum, fonts-ipafont-gothic, fonts-wqy-zenhei)", err)
		}
		out = append(out, pdf.Font{Data: data, Face: f.face})
	}
	return out
}

// Names in other scripts are set in the fonts that the round names, are read back by another program as they were written, and
// are no finding; without the fonts they are.
func TestNamesInOtherScripts(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("needs pdftotext")
	}
	fonts := readFonts(t)
	for script, name := range map[string]string{
		"Arabic": "مدرسة الأمل الثانوية", "Arabic with a number": "مدرسة النور 12", "mixed": "School مدرسة Lake", "Hebrew": "בית ספר השלום",
		"Thai": "โรงเรียนบ้านน้ำใส", "Chinese": "希望小學", "Japanese": "ひかり第一小学校", "Korean": "햇살초등학교",
	} {
		t.Run(script, func(t *testing.T) {
			c := castOf(t, builtin(t, "uk-dmm"), "a4", 24, 0.9)
			if _, findings := summary(t, printer(t, c), c.called(0, name)); len(findings) == 0 {
				t.Error("without the fonts there is no finding")
			}
			b, findings := summary(t, printer(t, c, pdf.WithFonts(fonts...)), c.called(0, name))
			if len(findings) > 0 {
				t.Errorf("with the fonts: %v", findings)
			}
			dir := os.Getenv("RUBRIC_FOREIGN")
			if dir == "" {
				dir = t.TempDir()
			}
			file := filepath.Join(dir, strings.ReplaceAll(script, " ", "-")+".pdf")
			if err := os.WriteFile(file, b, 0o600); err != nil {
				t.Fatal(err)
			}
			text, err := exec.Command("pdftotext", "-l", "1", file, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			// Where both directions meet, pdftotext does not know which piece comes first, nor on which side a space lies.
			for _, part := range pieces(name) {
				if got := withoutMarks(string(text)); !strings.Contains(got, part) {
					t.Errorf("pdftotext does not give %q: %q", part, got[:min(len(got), 400)])
				}
			}
			info, err := exec.Command("pdfinfo", file).Output()
			if err != nil || !strings.Contains(string(info), name) {
				t.Errorf("the title has not the name: %v %s", err, info)
			}
			if out, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil {
				t.Errorf("qpdf: %v %s", err, out)
			}
		})
	}
}

// pieces are the parts of a name that run in one direction.
func pieces(name string) (out []string) {
	was := 0
	for _, word := range strings.Fields(name) {
		direction := 1
		if r := []rune(word)[0]; unicode.In(r, unicode.Arabic, unicode.Hebrew) {
			direction = 2
		}
		if direction == was {
			out[len(out)-1] += " " + word
		} else {
			out = append(out, word)
		}
		was = direction
	}
	return out
}

// withoutMarks takes out the marks of direction that pdftotext puts around what runs from right to left.
func withoutMarks(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u202a' && r <= '\u202e' || r == '\u200e' || r == '\u200f' {
			return -1
		}
		return r
	}, s)
}

// Fonts that cannot be used are refused with the reason.
func TestFontsThatCannotBeUsed(t *testing.T) {
	fonts := readFonts(t)
	zenhei := fonts[len(fonts)-1]
	try := func(f pdf.Font) error {
		c := castOf(t, builtin(t, "uk-dmm"), "a4", 24, 0.9)
		_, err := pdf.NewPrinter(c.round, c.template, pdf.WithFonts(f))
		return err
	}
	zenhei.Face = ""
	if faces := pdf.FontFaces(try(zenhei)); len(faces) < 2 {
		t.Errorf("a collection without a name: the faces are %q", faces)
	}
	zenhei.Face = "0"
	if err := try(zenhei); err != nil {
		t.Errorf("the first face of a collection: %v", err)
	}
	for _, data := range [][]byte{nil, []byte("no font"), fonts[0].Data[:len(fonts[0].Data)/2]} {
		if err := try(pdf.Font{Data: data}); !errors.Is(err, pdf.ErrNotFont) {
			t.Errorf("%d bytes that are no font: %v", len(data), err)
		}
	}
	if cff, err := filepath.Glob("/usr/share/fonts/*/*/*.otf"); err == nil && len(cff) > 0 {
		data, err := os.ReadFile(cff[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := try(pdf.Font{Data: data}); !errors.Is(err, pdf.ErrFontOutlines) {
			t.Errorf("%s: %v", cff[0], err)
		}
	}
}
