// Package durable runs sagas step by step on leases, so that a crash loses nothing. It knows no noun of its callers and
// no database: the rows are kept by a Journal, the steps come from Workflows.
//
// A saga is a row. It runs forward over the steps of its workflow, and when a step fails for good it turns and undoes, in
// reverse order, what stands:
//
//	             step done                      last step done
//	running/do ------------> running/do ... ------------------> succeeded
//	    |
//	    | fatal, or out of attempts or time
//	    v            step undone                  all undone
//	running/undo ----------------> running/undo ... ----------> failed
//
// A step either writes rows, in the transaction that also saves the saga, and so takes effect exactly once; or it calls
// the world, outside any transaction and under a stable key, at least once. An undo is never given up.
//
// Who claims a saga holds it until the lease ends and is known by its token. Claiming bumps the token, so the saga of a
// dead worker comes due by itself, and a worker that was only slow finds on its next save that it was replaced.
// There is no leader.
//
// Steps are known by their position: while sagas of a workflow are under way, steps may be added at its end only.
package durable
