// Package tagpdf writes tagged PDF documents (ISO 32000-1, 14.8), aiming at PDF/UA-1 (ISO 14289-1).
//
// A Doc is drawn page by page in points from the top left corner. What is drawn between Begin and End belongs
// to that element of the document's structure; lines and areas outside a figure, and everything between
// BeginArtifact and EndArtifact, are artifacts. Write has gofpdf put pages, fonts, image and
// outline together and writes its objects anew, compressed, with the pages' contents, the structure, the
// metadata and the fonts' Unicode maps.
//
// A Doc serves one goroutine. The same calls give the same bytes.
package tagpdf

import (
	"image"
	"time"

	"github.com/rubric-project/rubric/pdf/internal/face"
)

// Kind is a standard structure type (ISO 32000-1, 14.8.4).
type Kind string

// The structure types that reports use.
const (
	Document Kind = "Document"
	Part     Kind = "Part"
	H1       Kind = "H1"
	H2       Kind = "H2"
	H3       Kind = "H3"
	P        Kind = "P"
	List     Kind = "L"
	Item     Kind = "LI"
	Label    Kind = "Lbl"
	Body     Kind = "LBody"
	Table    Kind = "Table"
	Row      Kind = "TR"
	Head     Kind = "TH"
	Cell     Kind = "TD"
	Caption  Kind = "Caption"
	Figure   Kind = "Figure"
	Span     Kind = "Span"
)

// Info is what a document says about itself.
type Info struct {
	Title, Author, Subject string
	// Language is the BCP 47 tag of the document's own words.
	Language string
	// Date stands for the time of making, so that the same document has the same bytes.
	Date time.Time
	// Width and Height are of all pages, in points.
	Width, Height float64
}

// Color is red, green and blue from 0 to 1.
type Color [3]float32

// Doc is a document being drawn.
type Doc struct {
	info Info
	*scratch
	pages []*page
	at    int // the page drawn on
	marks []Bookmark
	logo  *Image
	used  [2][]bool // faces used, by weight
	// foreign are the faces used of those that the round brings.
	foreign []foreignFace

	pictures []*image.Paletted

	artifact int // depth of BeginArtifact
	ghosts   int // elements begun inside it
}

// Bookmark is an entry of the outline.
type Bookmark struct {
	Title string
	Level int // 0 is the top
	Page  int
	Y     float64
}

// Image is a picture ready to be embedded: its bytes, "png" or "jpg", and its size in pixels.
type Image struct {
	Data          []byte
	Type          string
	Width, Height int
}

// New starts a document without pages. The logo may be nil.
func New(info Info, logo *Image) *Doc {
	return &Doc{info: info, logo: logo, at: -1, scratch: newScratch()}
}

// AddPage appends a page and draws on it from now on.
func (d *Doc) AddPage() {
	d.leave()
	d.pages = append(d.pages, d.page(len(d.pages)))
	d.at = len(d.pages) - 1
}

// Go draws on the given page from now on, counted from 0.
func (d *Doc) Go(page int) {
	d.leave()
	d.at = page
}

// Pages is how many pages there are.
func (d *Doc) Pages() int { return len(d.pages) }

// Page is the number of the page drawn on, from 0.
func (d *Doc) Page() int { return d.at }

// Bookmark adds an entry to the outline that leads to height y of the current page.
func (d *Doc) Bookmark(title string, level int, y float64) {
	d.marks = append(d.marks, Bookmark{title, level, d.at, y})
}

// font notes the use of a face and returns its resource number.
func (d *Doc) font(w face.Weight, i uint8) {
	for int(i) >= len(d.used[w]) {
		d.used[w] = append(d.used[w], false)
	}
	d.used[w][i] = true
}
