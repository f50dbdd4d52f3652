// Package postgres opens a store on PostgreSQL, which many processes may share.
package postgres
