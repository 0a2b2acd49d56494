package opened

import (
	"bytes"
	"image"
	_ "image/gif"  // to know its size before a browser opens it
	_ "image/jpeg" // the same
	_ "image/png"  // the same
)

// mostPixels is the size of the largest picture that is shown: a browser unpacks it whole.
const mostPixels = 50 << 20

// Kind is the media type of content that a browser may show: a picture of a kind that holds no program, of a size that
// costs nothing. It is "" for everything else, which is for saving only. The name of a file plays no part.
func Kind(content []byte) string {
	c, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > mostPixels/c.Height {
		return ""
	}
	switch format {
	case "png", "jpeg", "gif":
		return "image/" + format
	}
	return ""
}
