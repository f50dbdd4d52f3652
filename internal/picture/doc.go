// Package picture keeps the house as it is drawn: its test reads which package imports which out of the sources and holds that against a table
// of what each may import. Everything flows down. Tests may import more, since they build what stands above them.
package picture
