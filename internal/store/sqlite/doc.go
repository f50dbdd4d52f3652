// Package sqlite opens a store on SQLite: a file that survives the process, or memory that does not.
//
// A file has one writer and several readers. Writers that come at the same time share one commit:
//
//	Update ──┐                 ┌── savepoint, closure, release ──┐
//	Update ──┼── their turn ── ┼── savepoint, closure, rollback ─┼── one COMMIT, one fsync ── all return
//	Update ──┘                 └── savepoint, closure, release ──┘
//
// Each closure runs on the goroutine that brought it. A closure that fails or panics takes back its own savepoint and nothing else.
package sqlite
