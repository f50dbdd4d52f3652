// Package durabletest helps to test workflows: a journal in memory, and exercises that break a workflow at every step and
// run it twice at every step.
package durabletest
