package pdf

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // logos may be JPEG files
	"image/png"

	"github.com/rubric-project/rubric/pdf/internal/tagpdf"
)

// maxLogo is the most pixels a logo has on its longer side: 300 to the inch at its largest size on paper.
const maxLogo = 600

// readLogo turns a picture file into one that every PDF reader shows and that stays small: 8-bit RGB on
// white, without transparency, at most maxLogo pixels wide and high.
func readLogo(file []byte) (*tagpdf.Image, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil, errors.New("the logo cannot be read: it must be a PNG or JPEG picture")
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width*config.Height > 50_000_000 {
		return nil, errors.New("the logo is too large: at most 50 million pixels can be read")
	}
	src, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, errors.New("the logo cannot be read: the picture file is damaged")
	}
	b := src.Bounds()
	flat := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), src, b.Min, draw.Over)
	small := shrink(flat)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small); err != nil {
		return nil, err
	}
	return &tagpdf.Image{Data: out.Bytes(), Type: "png", Width: small.Rect.Dx(), Height: small.Rect.Dy()}, nil
}

// shrink makes a picture at most maxLogo wide and high; each pixel is the mean of those it stands for.
func shrink(src *image.NRGBA) *image.NRGBA {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	longer := max(w, h)
	if longer <= maxLogo {
		return src
	}
	nw, nh := max(w*maxLogo/longer, 1), max(h*maxLogo/longer, 1)
	out := image.NewNRGBA(image.Rect(0, 0, nw, nh))
	for y := range nh {
		for x := range nw {
			var sum [3]int
			n := 0
			for sy := y * h / nh; sy < max((y+1)*h/nh, y*h/nh+1); sy++ {
				for sx := x * w / nw; sx < max((x+1)*w/nw, x*w/nw+1); sx++ {
					c := src.NRGBAAt(sx, sy)
					sum[0] += int(c.R)
					sum[1] += int(c.G)
					sum[2] += int(c.B)
					n++
				}
			}
			out.SetNRGBA(x, y, color.NRGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 255})
		}
	}
	return out
}
