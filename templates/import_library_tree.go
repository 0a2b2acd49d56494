package templates

import (
	"bytes"
	"fmt"

	"github.com/rubric-project/rubric/internal/strictyaml"
	"github.com/rubric-project/rubric/internal/text"
	"go.yaml.in/yaml/v4"
)

// yamlTree reads a page as one YAML document without aliases.
func yamlTree(p Page) (*yaml.Node, error) {
	if len(p.Text) > strictyaml.MaxBytes {
		return nil, fmt.Errorf("%s is larger than %d MB; check that it is the file you mean", p.Name, strictyaml.MaxBytes>>20)
	}
	if err := notUTF8(p); err != nil {
		return nil, err
	}
	var root yaml.Node
	loader, err := yaml.NewLoader(bytes.NewReader(p.Text))
	if err == nil {
		err = loader.Load(&root)
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read as YAML: %s", p.Name, text.Head(text.OneLine(err.Error()), 300))
	}
	count := 0
	var walk func(n *yaml.Node, depth int) error
	walk = func(n *yaml.Node, depth int) error {
		if count++; count > mostNodes || depth > mostDepth {
			return fmt.Errorf("%s holds more than a library does: %d values, or %d of them within each other", p.Name, mostNodes, mostDepth)
		}
		if n.Kind == yaml.AliasNode {
			return fmt.Errorf("%s:%d: the file refers to its own parts (*%s); write the text out", p.Name, n.Line, text.Head(n.Value, 40))
		}
		for _, x := range n.Content {
			if err := walk(x, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	if err := walk(&root, 0); err != nil {
		return nil, err
	}
	return &root, nil
}

// nodeLines are the lines of the requirement nodes, in their order.
func nodeLines(root *yaml.Node) (lines []int) {
	n := root
	if n.Kind == yaml.DocumentNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	for _, key := range []string{"objects", "framework", "requirement_nodes"} {
		n = valueOf(n, key)
		if n == nil {
			return nil
		}
	}
	for _, x := range n.Content {
		lines = append(lines, x.Line)
	}
	return lines
}

func valueOf(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
