// Command hwgen writes what oapi-codegen does not: for one Huawei Cloud contract the table of its operations, what mounts them, the type
// that answers every operation with "not served yet", and what the server demands of each request. The package declares its type API.
//
//	hwgen -package hworg -unserved Organizations.1000 contract.yaml
//
// It writes operations_gen.go, serve_gen.go, unimplemented_gen.go and requests_gen.json into the working folder. The same contract gives the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	pkg := flag.String("package", "", "name of the Go package")
	unserved := flag.String("unserved", "", "error code of an operation that is not served")
	dir := flag.String("o", ".", "folder to write to")
	flag.Parse()
	if *pkg == "" || *unserved == "" || flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*pkg, *unserved, flag.Arg(0), *dir); err != nil {
		fmt.Fprintln(os.Stderr, "hwgen:", err)
		os.Exit(1)
	}
}

func run(pkg, unserved, contract, dir string) error {
	ops, err := read(contract)
	if err != nil {
		return fmt.Errorf("read %s: %w", contract, err)
	}
	files, err := emit(pkg, unserved, ops)
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
