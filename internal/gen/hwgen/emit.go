package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"go/format"
	"text/template"
)

//go:embed operations.tmpl
var operationsText string

//go:embed serve.tmpl
var serveText string

//go:embed unimplemented.tmpl
var unimplementedText string

// emit returns the generated files by name.
func emit(pkg, unserved string, ops []operation) (map[string][]byte, error) {
	data := map[string]any{"Package": pkg, "Unserved": unserved, "Operations": ops}
	files := map[string][]byte{}
	for name, text := range map[string]string{"operations_gen.go": operationsText, "serve_gen.go": serveText, "unimplemented_gen.go": unimplementedText} {
		var buf bytes.Buffer
		if err := template.Must(template.New(name).Parse(text)).Execute(&buf, data); err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
		src, err := format.Source(buf.Bytes())
		if err != nil {
			return nil, fmt.Errorf("format %s: %w", name, err)
		}
		files[name] = src
	}
	demands, err := demandsOf(ops)
	if err != nil {
		return nil, err
	}
	files["requests_gen.json"] = demands
	return files, nil
}
