package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheCommittedFilesAreWhatTheContractsGive(t *testing.T) {
	t.Parallel()
	for pkg, unserved := range map[string]string{"hworg": "Organizations.1000", "hwrgc": "RGC.400"} {
		t.Run(pkg, func(t *testing.T) {
			t.Parallel()
			committed, out := filepath.Join("..", "..", "api", pkg), t.TempDir()
			if err := run(pkg, unserved, filepath.Join(committed, "contract.yaml"), out); err != nil {
				t.Fatal(err)
			}
			files, err := filepath.Glob(filepath.Join(out, "*_gen.*"))
			if err != nil || len(files) != 4 {
				t.Fatalf("got %v, %v", files, err)
			}
			for _, file := range files {
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				got, err := os.ReadFile(filepath.Join(committed, filepath.Base(file)))
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s is not up to date, %v", filepath.Base(file), err)
				}
			}
		})
	}
}

const head = `
openapi: "3.0.3"
info: {title: t, version: v1}
paths:
  /v1/books:
    post:
`

func TestContractsThatItCannotServeAreRefused(t *testing.T) {
	t.Parallel()
	const responses = "\n      responses: {\"200\": {description: success}}"
	for name, test := range map[string]struct{ operation, problem string }{
		"no name":          {"      x-callers: [management]" + responses, "no operationId"},
		"no callers":       {"      operationId: AddBook" + responses, "no x-callers"},
		"no success":       {"      operationId: AddBook\n      x-callers: [management]\n      responses: {default: {description: d}}", "no success"},
		"two successes":    {"      operationId: AddBook\n      x-callers: [management]\n      responses: {\"200\": {description: d}, \"201\": {description: d}}", "more than one success"},
		"an optional body": {"      operationId: AddBook\n      x-callers: [management]\n      requestBody: {content: {application/json: {schema: {type: object}}}}" + responses, "a body must be required"},
		"no YAML":          {"\t", "contract.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file := filepath.Join(dir, "contract.yaml")
			if err := os.WriteFile(file, []byte(head+test.operation), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := run("p", "P.1", file, dir); err == nil || !strings.Contains(err.Error(), test.problem) {
				t.Fatalf("got %v, want %q", err, test.problem)
			}
		})
	}
}
