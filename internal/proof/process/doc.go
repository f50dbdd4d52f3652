// Package process runs the real binary for the proofs: builds it, starts it on a free port of this machine, and ends it gently or with
// kill -9.
package process
