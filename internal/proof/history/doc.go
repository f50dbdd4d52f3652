// Package history proves that the changes of one organization follow each other as if one caller made them all.
//
// Sixteen callers make random changes of one organization at once, and read it between them: units, accounts, policies, attachments, tags, and
// accounts vended by the real engine. What each asked, what was answered, and when, is a history. Porcupine looks for an order of its deeds that keeps
// to their times, in which a model of the tree that knows nothing of the house gives every answer that was given:
//
//	caller 1  |-- create unit a: made --|       |-- list units: b, a --|
//	caller 2        |-- rename b's sibling a to b: taken --|
//	caller 3  |----- create unit b: made -----|
//	order            a      b          taken        list
//
// The order must also be that of the organization's versions, as its events tell them: every version is one caller's deed, or the end of one creation,
// and whoever read a version saw all changes up to it and none after. So the feed of events is proven to be an order that explains everything; and the
// search is short. When no order is found, or when the search does not end in its time, the test fails. After each round the rows themselves are held against
// the laws of the tree.
//
// That two organizations exchange accounts at the same time without a deadlock is proven by exchange_test.go in package controlplane.
//
// Eight rounds are played on each engine, or POLITY_HISTORY_ROUNDS.
package history
