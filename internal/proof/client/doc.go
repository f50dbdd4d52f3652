// Package client signs requests and sends them, for the proofs that drive a running server. It is written apart from the packages that verify
// signatures, and it never repeats a request by itself: whoever counts what became of a request must know how often it was sent.
package client
