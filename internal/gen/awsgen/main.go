// Command awsgen writes the Go side of an AWS JSON contract: shapes, decoders, validators, encoders, enums, and the table of operations
// with their errors. It is run by the go:generate line of an API package:
//
//	go run ./internal/gen/awsgen -contract internal/api/awsorg/contract.json -package awsorg -out internal/api/awsorg
//
// The same contract and flags give the same bytes. Files that an earlier run left behind and this one does not write are removed.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "awsgen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("awsgen", flag.ContinueOnError)
	path := flags.String("contract", "contract.json", "the contract `file`")
	out := flags.String("out", ".", "the `folder` to write into")
	pkg := flags.String("package", "", "the `name` of the package; that of the folder if empty")
	reasons := reasonFlag{}
	flags.Var(reasons, "reason", "`shape=REASON`: the violation reason of a shape's pattern or enum; may be repeated")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *pkg == "" {
		folder, err := filepath.Abs(*out)
		if err != nil {
			return err
		}
		*pkg = filepath.Base(folder)
	}
	text, err := os.ReadFile(*path)
	if err != nil {
		return err
	}
	files, err := generate(text, *pkg, reasons)
	if err != nil {
		return fmt.Errorf("%s: %w", *path, err)
	}
	return write(*out, files)
}

// generate returns the files of the package by name.
func generate(text []byte, pkg string, reasons map[string]string) (map[string][]byte, error) {
	c, err := parse(text)
	if err != nil {
		return nil, err
	}
	m, err := newModel(c, pkg, reasons)
	if err != nil {
		return nil, err
	}
	return render(m)
}

// write replaces the generated files in the folder.
func write(folder string, files map[string][]byte) error {
	old, err := filepath.Glob(filepath.Join(folder, "*_gen.go"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if files[filepath.Base(path)] != nil {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.HasPrefix(text, []byte(header)) {
			if err := os.Remove(path); err != nil {
				return err
			}
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

type reasonFlag map[string]string

func (f reasonFlag) String() string { return "" }

func (f reasonFlag) Set(s string) error {
	shape, reason, ok := strings.Cut(s, "=")
	if !ok || shape == "" || reason == "" {
		return fmt.Errorf("%q is not shape=REASON", s)
	}
	f[shape] = reason
	return nil
}
