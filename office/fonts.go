package office

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/rubric-project/rubric/internal/disk"
	"github.com/rubric-project/rubric/internal/fault"
	"github.com/rubric-project/rubric/pdf"
)

// faceThatWorks is said where a font cannot be used.
const faceThatWorks = "TrueType faces that work: DejaVu Sans (Arabic, Hebrew), Garuda (Thai), WenQuanYi Zen Hei (Chinese), IPAGothic (Japanese), NanumGothic (Korean), and Noto Sans in its .ttf form"

// fontFile takes an entry of fonts: in round.yaml apart: the file, and after # the face of a collection.
func fontFile(entry string) (file, face string) {
	file, face, _ = strings.Cut(entry, "#")
	return file, face
}

// fonts reads the fonts that the round brings for scripts which the reports' typeface does not have.
func (f *Folder) fonts() (fonts []pdf.Font, err error) {
	for _, entry := range f.Config.Fonts {
		file, face := fontFile(entry)
		if !filepath.IsLocal(file) {
			return nil, badf("round.yaml: fonts: %q leads out of the round folder; put the file there and name it alone", entry)
		}
		data, err := disk.ReadFile(filepath.Join(f.Dir, file))
		if err != nil {
			return nil, badf("round.yaml: fonts: %q cannot be read; put the font file of that name into the round folder", entry)
		}
		font := pdf.Font{Data: data, Face: face}
		if err := font.Check(); err != nil {
			return nil, fontRefused(entry, err)
		}
		fonts = append(fonts, font)
	}
	return fonts, nil
}

// fontRefused says why a font cannot be used, and what can.
func fontRefused(entry string, err error) error {
	file, face := fontFile(entry)
	faces := pdf.FontFaces(err)
	switch {
	case len(faces) > 0 && face == "":
		return badf("round.yaml: fonts: %q is a collection; say which face, such as %q; it has %s", entry, file+"#"+faces[0], strings.Join(faces, ", "))
	case len(faces) > 0:
		return badf("round.yaml: fonts: %q: the file has no face %s; it has %s", entry, face, strings.Join(faces, ", "))
	case errors.Is(err, pdf.ErrFontOutlines):
		return badf("round.yaml: fonts: %q cannot be used, since its outlines are PostScript's (CFF) and TrueType's are needed. %s", entry, faceThatWorks)
	}
	return badf("round.yaml: fonts: %q is no font, or a damaged one. %s", entry, faceThatWorks)
}

// copyFonts adds font files to those of a new folder, and gives the entries of round.yaml for them.
func (b *beginning) copyFonts(entries []string) (named []string, err error) {
	for _, entry := range entries {
		file, face := fontFile(entry)
		data, err := disk.ReadFile(file)
		if err != nil {
			return nil, unreadable(file, err)
		}
		name := filepath.Base(file)
		if face != "" {
			name += "#" + face
		}
		font := pdf.Font{Data: data, Face: face}
		if err := font.Check(); err != nil {
			return nil, fontRefused(name, err)
		}
		b.add(filepath.Base(file), data)
		named = append(named, name)
	}
	return named, nil
}

// takeFonts adds the fonts of the round that this one follows.
func (b *beginning) takeFonts(from *Folder) error {
	for _, entry := range from.Config.Fonts {
		file, _ := fontFile(entry)
		if !filepath.IsLocal(file) {
			continue
		}
		data, err := disk.ReadFile(filepath.Join(from.Dir, file))
		if err != nil {
			return &fault.Error{Message: "the earlier round's font " + file + " cannot be read", Remedy: "put it back, or remove it under fonts: in its round.yaml", Err: err}
		}
		b.add(file, data)
	}
	return nil
}

func (b *beginning) add(name string, data []byte) {
	if b.files == nil {
		b.files = map[string][]byte{}
	}
	b.files[name] = data
}
