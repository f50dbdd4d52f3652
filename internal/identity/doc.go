// Package identity keeps secrets: it seals what the server must be able to read again, and issues the tokens that temporary credentials
// carry, so that no session has to be stored. It also writes the names (ARN, URN) of those who act. It knows no HTTP and no database.
package identity
