// Package twin holds what a test may bend in a running server: the time (Clock), and what goes wrong (Faults). Both do nothing until somebody
// asks for it, and neither knows who listens.
package twin
