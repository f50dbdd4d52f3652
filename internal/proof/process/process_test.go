package process

import (
	"io"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

func shell(script string) *exec.Cmd { return exec.Command("sh", "-c", script) }

func TestAProcessIsReadyWhenItSaysSo(t *testing.T) {
	t.Parallel()
	p, err := Run(t.Context(), shell("echo first; echo polity is ready at http://x; exec sleep 60"), t.TempDir(), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if p.URL != "http://x" || len(p.Lines) != 1 || p.Lines[0] != "first" {
		t.Errorf("it said %q, %q", p.URL, p.Lines)
	}
	if now, most, err := p.Resident(); runtime.GOOS == "linux" && (err != nil || now <= 0 || most < now) {
		t.Errorf("it holds %d of %d bytes, %v", now, most, err)
	}
	p.Kill()
	if err := p.Stop(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Errorf("a killed process stops with %v", err)
	}
}

func TestAProcessThatEndsBeforeItIsReadyFails(t *testing.T) {
	t.Parallel()
	_, err := Run(t.Context(), shell("exit 2"), t.TempDir(), io.Discard)
	if err == nil || !strings.Contains(err.Error(), "exit status 2") {
		t.Errorf("the error is %v", err)
	}
}

func TestSettingsOfTheEnvironmentAreLeftOut(t *testing.T) {
	t.Setenv("POLITY_AUTH", "open")
	for _, v := range environment() {
		if strings.HasPrefix(v, "POLITY_") {
			t.Errorf("%s is passed on", v)
		}
	}
}
