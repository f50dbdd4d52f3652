// Package pgtest gives tests a PostgreSQL of their own: a throwaway cluster for each test process, a fresh database for each test.
//
// The cluster is made from installed binaries, found in PATH or in /usr/lib/postgresql. It ends with the test process, however that ends.
// Where POLITY_TEST_POSTGRES holds a URL, databases are made there instead. Where there is neither, tests are skipped, or fail with
// POLITY_TEST_REQUIRE_POSTGRES=1.
package pgtest
