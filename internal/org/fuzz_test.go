package org

import (
	"regexp"
	"testing"
)

// FuzzAccountOfKey holds that no key id makes the reader panic, and that what it reads is an account's number.
func FuzzAccountOfKey(f *testing.F) {
	for _, seed := range []string{"AKIARZPUZDIKA2345678", "ASIAQAAAAAAVA2345678", "AKIA6RVFFB77Q2345678", "AKIA", "", "AKIA\x00\xff89012345678", "LSIAQAAAAAAVNCBMPNSG", "akiarzpuzdika2345678"} {
		f.Add(seed)
	}
	number := regexp.MustCompile(`^[0-9]{12}$`)
	f.Fuzz(func(t *testing.T, id string) {
		a, ok := AccountOfKey(KeyID(id))
		if ok != number.MatchString(string(a)) {
			t.Fatalf("AccountOfKey(%q) = %q, %v", id, a, ok)
		}
	})
}

// FuzzCheckEmail holds that no address makes the law panic, and that what it accepts has one @ and a dot behind it.
func FuzzCheckEmail(f *testing.F) {
	for _, seed := range []string{"a@b.ex", "a+b@c-d.example", ".a@b.ex", "a@b", "a@@b.ex", "a b@c.ex", "ä@b.example", "@.....", "a@-b.ex", "\x00@b.ex"} {
		f.Add(seed)
	}
	shape := regexp.MustCompile(`^[^@\s]+@[A-Za-z0-9.-]+\.[A-Za-z0-9.-]+$`)
	f.Fuzz(func(t *testing.T, address string) {
		if CheckEmail(address) == nil && !shape.MatchString(address) {
			t.Fatalf("%q was accepted", address)
		}
	})
}
