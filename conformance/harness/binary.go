package harness

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// scratch is a folder that Main removes when the tests have ended.
var scratch = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "polity-conformance") })

// binary is the path of polity, built at most once by a test process.
var binary = sync.OnceValues(func() (string, error) {
	if given := os.Getenv("POLITY_BINARY"); given != "" {
		return filepath.Abs(given)
	}
	root, err := Root()
	if err != nil {
		return "", err
	}
	dir, err := scratch()
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "polity")
	build := exec.Command("go", "build", "-o", out, "./cmd/polity")
	build.Dir = root
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build polity: %w\n%s", err, said)
	}
	return out, nil
})

// Root is the folder of the module under test. It is found from the working folder upwards, so that the contracts can be read by tests in any
// package.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module github.com/polity-cloud/polity\n") {
			return dir, nil
		}
		above := filepath.Dir(dir)
		if above == dir {
			return "", errors.New("no folder above holds the module github.com/polity-cloud/polity")
		}
		dir = above
	}
}
