// Package harness runs the polity binary for tests: it builds it, starts servers on each engine, mints accounts, makes real clients of the
// clouds' SDKs for them, and stops everything again.
//
// POLITY_BINARY names a binary to use instead of building one. POLITY_TEST_POSTGRES is the URL of a PostgreSQL in which each server gets a
// database of its own; without it the tests on that engine are skipped, or fail with POLITY_TEST_REQUIRE_POSTGRES=1.
package harness
