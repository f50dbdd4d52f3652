// Package sqlstore keeps the contract of package store in SQL that both engines speak. The engines open transactions and name their
// errors; everything else stands here once.
//
// The queries are in queries, by noun, and become Go in query. They stay within what SQLite and PostgreSQL share: ids and times are made in
// Go, times are microseconds, structured values are JSON in text.
//
// A list goes on behind a place, (time, id). SQLite finds the place in an index only when nothing in it is a bare cast: the affinity that a
// cast gives is not that of the column. So the id is written CAST(…) || ”, whose cast tells sqlc the type and whose operator drops the
// affinity. TestNoQueryScansATable keeps watch.
//
// Rows that belong to another are tied to it: units, tags, creations and the landing zone to their organization, principals to their
// account, keys to their principal. So the owner is inserted first, and what hangs on it goes with it.
package sqlstore

//go:generate sqlc generate
