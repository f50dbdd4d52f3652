package org

// A Page asks for a part of a list. After is where the previous page ended, as the store named it, or empty for the start; Limit is at
// least one.
type Page struct {
	After string
	Limit int
}
