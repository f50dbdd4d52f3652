// Package kill proves that a server which is killed loses nothing and doubles nothing.
//
// The real binary serves callers who ask for accounts at both clouds, over HTTP and signed, while it is killed with kill -9 at random
// moments and started again: one process on SQLite; three replicas on one PostgreSQL database, one at a time and all together. When all is
// quiet again, every request that was accepted has come to its one end, and every one that was not has either happened wholly or not at all.
// That is asked of the APIs, and then of the tables themselves, law by law.
//
// What kill -9 does not take away is the operating system's cache, so that the disk keeps its word is not proven here.
//
// Three rounds are played, or POLITY_KILL_ROUNDS.
package kill
