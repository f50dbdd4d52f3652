package main

import (
	"os"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

func TestEveryQuotaIsToldOf(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"dev", "serve"} {
		_, help, _ := ran(t, command, "--help")
		text := strings.Join(strings.Fields(help), " ") // lines are broken anywhere
		for _, rule := range org.QuotaRules {
			if !strings.Contains(text, rule.Name+" ("+rule.Says+")") {
				t.Errorf("the help of %s does not tell of %s", command, rule.Name)
			}
			if !strings.Contains(string(readme), "`"+rule.Name+"`") {
				t.Errorf("the readme does not tell of %s", rule.Name)
			}
		}
	}
}
