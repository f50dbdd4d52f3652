package sqlite

import "errors"

// ErrInUse says that a database file is open elsewhere. Two processes on one file would not see each other's locks on an organization.
var ErrInUse = errors.New("the database is in use by another process")
