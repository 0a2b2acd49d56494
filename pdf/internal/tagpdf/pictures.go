package tagpdf

import (
	"fmt"
	"image"
	"image/color"
	"strconv"
)

// Picture draws a picture of at most 256 colours as a figure. Drawn twice, it is in the file twice.
func (d *Doc) Picture(picture *image.Paletted, x, y, w, h float64, alt string) {
	d.BeginFigure(alt, x, y, w, h)
	p := d.enter(false)
	p.place(d, x, y, w, h)
	p.buf = append(p.buf, "/P"...)
	p.buf = strconv.AppendInt(p.buf, int64(len(d.pictures)), 10)
	p.buf = append(p.buf, " Do Q\n"...)
	d.End()
	d.pictures = append(d.pictures, picture)
}

// place opens a square of one unit at a place on the page, in which an image is drawn.
func (p *page) place(d *Doc, x, y, w, h float64) {
	p.buf = append(p.buf, "q "...)
	p.num(w)
	p.buf = append(p.buf, "0 0 "...)
	p.num(h)
	p.num(x)
	p.num(d.info.Height - y - h)
	p.buf = append(p.buf, "cm "...)
}

// pictureObject is a picture as an image of indexed colours (ISO 32000-1, 8.9.5 and 8.6.6.3).
func pictureObject(p *image.Paletted) object {
	box := p.Bounds()
	body := fmt.Appendf(nil, "<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace[/Indexed/DeviceRGB %d<", box.Dx(), box.Dy(), len(p.Palette)-1)
	for _, c := range p.Palette {
		rgb := color.RGBAModel.Convert(c).(color.RGBA)
		body = fmt.Appendf(body, "%02x%02x%02x", rgb.R, rgb.G, rgb.B)
	}
	body = append(body, ">]"...)
	stream := make([]byte, 0, box.Dx()*box.Dy())
	for y := range box.Dy() {
		stream = append(stream, p.Pix[y*p.Stride:y*p.Stride+box.Dx()]...)
	}
	return object{body, stream}
}
