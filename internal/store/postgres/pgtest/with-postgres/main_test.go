package main

import (
	"errors"
	"os"
	"os/exec"
	"testing"
)

// TestCommandGetsDatabaseAndCodeComesBack runs this test binary as the command.
func TestCommandGetsDatabaseAndCodeComesBack(t *testing.T) {
	if os.Getenv("WITH_POSTGRES_TEST") != "" {
		if os.Getenv(variable) != "postgres://here" {
			os.Exit(8)
		}
		os.Exit(7)
	}
	t.Setenv("WITH_POSTGRES_TEST", "1")
	if code := carryOut([]string{os.Args[0], "-test.run=" + t.Name()}, "postgres://here"); code != 7 {
		t.Errorf("the command exits with 7, and with-postgres with %d", code)
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want int
	}{
		"a command that succeeds":         {nil, 0},
		"a command that fails":            {exec.Command("sh", "-c", "exit 3").Run(), 3},
		"a command that a signal ends":    {exec.Command("sh", "-c", "kill -TERM $$").Run(), 143},
		"a command that cannot be waited": {errors.New("no child"), failure},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := codeOf(c.err); got != c.want {
				t.Errorf("the code is %d, want %d", got, c.want)
			}
		})
	}
	if got := run(nil); got != failure {
		t.Errorf("without a command the code is %d, want %d", got, failure)
	}
	if got := run([]string{"/nonexistent/command"}); got != failure {
		t.Errorf("with a command that does not exist the code is %d, want %d", got, failure)
	}
}
