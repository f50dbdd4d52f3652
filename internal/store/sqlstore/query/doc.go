// Package query holds the queries of sqlstore as Go functions. sqlc writes it from ../queries; claim.go alone is written by hand.
package query
