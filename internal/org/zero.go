package org

import "strings"

// withoutZero refuses a text with the zero character. No cloud says so, but no text has a use for it and PostgreSQL has no room for it.
func withoutZero(broken Reason, what, text string) error {
	if strings.ContainsRune(text, 0) {
		return Errorf(broken, "the zero character (U+0000) is not allowed in %s", what)
	}
	return nil
}
