package dataset

import (
	"context"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"github.com/rubric-project/rubric/models"
)

const (
	// rowsInGroup is how many rows stand in one group: DuckDB gives a group to a thread, and has groups of this size itself.
	rowsInGroup = 122_880
	// rowsAtOnce is how many rows are handed to the library in one call.
	rowsAtOnce = 1024
)

// WriteParquet writes a table as an Apache Parquet file, compressed with Zstandard. Texts are strings, integers have 64 bits,
// times are moments in UTC; the columns of the key are required, every other may hold nothing. A table whose key begins with
// the recipient is sorted by its key, texts by their bytes, and the file says so; any other has the order of its CSV file.
// What is not UTF-8, such as the name of a file may be, becomes U+FFFD.
func WriteParquet(ctx context.Context, w io.Writer, in *models.Results, t Table) error {
	options := []parquet.WriterOption{
		t.parquetSchema(), parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(rowsInGroup),
		parquet.CreatedBy("rubric", "1.0.0", "parquet-go"), // not the program's version: the same round, the same bytes
	}
	from, key := listed(in), t.keyPlaces()
	if t.byRecipient() {
		slices.SortStableFunc(from.order, func(a, b int) int { return strings.Compare(in.Members[a].Recipient.ID, in.Members[b].Recipient.ID) })
		var by []parquet.SortingColumn
		for _, name := range t.Key {
			by = append(by, parquet.Ascending(name))
		}
		options = append(options, parquet.SortingWriterConfig(parquet.SortingColumns(by...)))
	}
	out := parquet.NewGenericWriter[any](w, options...)
	p := parquetRows{out: out, inKey: make([]bool, len(t.Columns))}
	for _, at := range key {
		p.inKey[at] = true
	}
	write := func(row []any) error { return p.add(ctx, row) }
	var err error
	if t.byRecipient() {
		err = eachSorted(&t, from, key, write)
	} else {
		err = t.rows(from, write)
	}
	if err == nil {
		err = p.flush()
	}
	if err != nil {
		return err
	}
	return out.Close()
}

// byRecipient says whether the rows of one recipient stand together.
func (t *Table) byRecipient() bool { return t.Key[0] == "recipient" }

// keyPlaces are the places of the key's columns.
func (t *Table) keyPlaces() []int {
	places := make([]int, len(t.Key))
	for i, name := range t.Key {
		places[i] = slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	}
	return places
}

// eachSorted hands on the rows of a table of which each recipient's rows come together, those of one recipient sorted by
// the key.
func eachSorted(t *Table, from source, key []int, write func([]any) error) error {
	var rows [][]any
	flush := func() error {
		slices.SortStableFunc(rows, func(a, b []any) int {
			for _, at := range key {
				x, _ := a[at].(string)
				y, _ := b[at].(string)
				if c := strings.Compare(x, y); c != 0 {
					return c
				}
			}
			return 0
		})
		for _, row := range rows {
			if err := write(row); err != nil {
				return err
			}
		}
		rows = rows[:0]
		return nil
	}
	err := t.rows(from, func(row []any) error {
		if len(rows) > 0 && rows[0][key[0]] != row[key[0]] {
			if err := flush(); err != nil {
				return err
			}
		}
		rows = append(rows, slices.Clone(row))
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// parquetSchema is the table's columns in their order.
func (t *Table) parquetSchema() *parquet.Schema {
	var fields []parquet.Field
	for _, c := range t.Columns {
		var node parquet.Node
		switch c.Kind {
		case Integer:
			node = parquet.Int(64)
		case Real:
			node = parquet.Leaf(parquet.DoubleType)
		case Time:
			node = parquet.Timestamp(parquet.Microsecond)
		default:
			node = parquet.String()
		}
		if !c.Long && c.Kind != Real {
			node = parquet.Encoded(node, &parquet.RLEDictionary)
		}
		if !slices.Contains(t.Key, c.Name) {
			node = parquet.Optional(node)
		}
		fields = append(fields, parquetField{node, c.Name})
	}
	return parquet.NewSchema(t.Name, inOrder{fields: fields})
}

// inOrder is a group whose fields keep their order: a parquet.Group has them by name.
type inOrder struct {
	parquet.Group
	fields []parquet.Field
}

func (g inOrder) Fields() []parquet.Field { return g.fields }

// parquetField is a column. Rows are written as values, so that nobody asks a field for its part of a Go value.
type parquetField struct {
	parquet.Node
	name string
}

func (f parquetField) Name() string                      { return f.name }
func (f parquetField) Value(reflect.Value) reflect.Value { return reflect.Value{} }

// parquetRows gathers rows and writes many at a time.
type parquetRows struct {
	out    *parquet.GenericWriter[any]
	inKey  []bool
	values []parquet.Value
	rows   []parquet.Row
}

func (p *parquetRows) add(ctx context.Context, row []any) error {
	if p.values == nil {
		p.values = make([]parquet.Value, 0, rowsAtOnce*len(row))
	}
	start := len(p.values)
	for i, value := range row {
		defined := 1
		if value == nil || p.inKey[i] { // a required column has no level of being there
			defined = 0
		}
		p.values = append(p.values, parquetValue(value).Level(0, defined, i))
	}
	if p.rows = append(p.rows, p.values[start:]); len(p.rows) < rowsAtOnce {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return p.flush()
}

func (p *parquetRows) flush() error {
	_, err := p.out.WriteRows(p.rows)
	p.rows, p.values = p.rows[:0], p.values[:0]
	return err
}

func parquetValue(value any) parquet.Value {
	switch x := value.(type) {
	case string:
		return parquet.ValueOf(strings.ToValidUTF8(x, string(utf8.RuneError)))
	case int:
		return parquet.Int64Value(int64(x))
	case float64:
		return parquet.DoubleValue(x)
	case time.Time:
		return parquet.Int64Value(x.UnixMicro())
	}
	return parquet.NullValue()
}
