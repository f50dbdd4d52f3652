package org_test

import (
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
)

// The sentences are those of CreateAccount's Email (AWS Organizations API Reference).
func TestEmailAddresses(t *testing.T) {
	t.Parallel()
	good := map[string]string{
		"plain":                             "build@corp.example",
		"six characters":                    "a@b.co",
		"64 characters":                     strings.Repeat("a", 52) + "@corp.exampl",
		"plus-addressing":                   "aws+build@corp.example",
		"a dot inside and at the end":       "first.last.@corp.example",
		"marks that no sentence refuses":    "!#$*+/=?^_`{}~-@corp.example",
		"a hyphen inside the domain":        "a@my-corp.example",
		"digits in the domain":              "a@10.0.0.1",
		"capitals":                          "Build@Corp.Example",
		"several dots in the domain":        "a@b.c.d.e",
		"a hyphen at the start of the name": "-a@corp.example",
	}
	for name, address := range good {
		if err := org.CheckEmail(address); err != nil {
			t.Errorf("%s: %q: %v", name, address, err)
		}
	}
	bad := map[string]string{
		"five characters":               "a@b.c",
		"65 characters":                 strings.Repeat("a", 53) + "@corp.exampl",
		"empty":                         "",
		"no @":                          "corp.example",
		"two @":                         "a@b@corp.example",
		"an @ at the end":               "a@corp.example@",
		"not ASCII before the @":        "jürgen@corp.example",
		"not ASCII behind the @":        "a@börse.example",
		"a letter that folds to ASCII":  "a@corp.\u212Aexample",
		"a control character":           "a\x01b@corp.example",
		"the delete character":          "a\x7fb@corp.example",
		"nothing before the @":          "@corp.example",
		"nothing behind the @":          "someone@",
		"a dot first":                   ".a@corp.example",
		"a domain without a dot":        "someone@corp",
		"a domain that begins with a -": "a@-corp.example",
		"a domain that ends with a -":   "a@corp.example-",
		"a domain that begins with .":   "a@.corp.example",
		"a domain that ends with .":     "a@corp.example.",
		"an underscore in the domain":   "a@my_corp.example",
		"a space in the domain":         "a@my corp.example",
	}
	for _, c := range "\"'()<>[]:;,\\|%& \t\r\n\v\f" {
		bad["in the name: "+string(c)] = "a" + string(c) + "b@corp.example"
	}
	for name, address := range bad {
		if err := org.CheckEmail(address); org.ReasonOf(err) != org.InvalidEmail {
			t.Errorf("%s: %q: %v", name, address, err)
		}
	}
}
