package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// mostProofs is how many tests the page names for one operation; sweeps name them all.
const mostProofs = 4

// proofsOf returns, for each word that tests in the folders use as a method or in a string, the tests that do.
func proofsOf(root string, folders []string) (map[string][]string, error) {
	out := map[string][]string{}
	for _, folder := range folders {
		dir := filepath.Join(root, folder)
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			continue
		}
		err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			return addProofs(out, path)
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func addProofs(out map[string][]string, path string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || !strings.HasPrefix(f.Name.Name, "Test") || f.Body == nil {
			continue
		}
		for word := range wordsOf(f.Body) {
			if tests := out[word]; len(tests) < mostProofs && !slices.Contains(tests, f.Name.Name) {
				out[word] = append(tests, f.Name.Name)
			}
		}
	}
	return nil
}

// wordsOf collects the methods that a body calls and the words of its strings.
func wordsOf(body ast.Node) map[string]bool {
	out := map[string]bool{}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			out[n.Sel.Name] = true
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
				for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
					out[w] = true
				}
			}
		}
		return true
	})
	return out
}
