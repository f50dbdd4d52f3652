package org

import (
	"math"
	"time"
)

// Quotas are limits that an operator may set. Zero means none.
type Quotas struct {
	Accounts  int // in one organization, the management account included
	Creations int // in progress at once in one organization
	Units     int // in one organization, without the root

	Closing    int           // accounts being closed at once in one organization
	Closures   ClosureQuota  // accounts closed within the rulebook's ClosureWindow
	LeaveAfter time.Duration // how long an account stays that its organization created
	JoinAfter  time.Duration // how long an account that joined or left an organization waits before it joins one
	ClosedFor  time.Duration // how long a closed account stays in its organization, and can be restored

	Invitations       int // within the InvitationWindow, without accepted ones; see InvitationsPerWindow
	InboundTransfers  int // of one organization, open offers included
	OutboundTransfers int
	TransferLevels    int // of a chain of transfers
	ChainTransfers    int // over a whole chain
}

// A QuotaRule is a quota as an operator knows it: by its name, in whole numbers.
type QuotaRule struct {
	Name string
	Says string // what it counts
	Set  func(q *Quotas, n int)
}

// QuotaRules are all quotas that can be set.
var QuotaRules = []QuotaRule{
	{"accounts", "in an organization", func(q *Quotas, n int) { q.Accounts = n }},
	{"creations", "of accounts at once", func(q *Quotas, n int) { q.Creations = n }},
	{"units", "in an organization", func(q *Quotas, n int) { q.Units = n }},
	{"closing", "accounts at once", func(q *Quotas, n int) { q.Closing = n }},
	{"closures", "in 30 days", func(q *Quotas, n int) { q.Closures = ClosureQuota{Floor: n, Ceiling: n} }},
	{"stay-days", "before a created account may leave", func(q *Quotas, n int) { q.LeaveAfter = span(n, day) }},
	{"join-minutes", "before an account that joined or left may join", func(q *Quotas, n int) { q.JoinAfter = span(n, time.Minute) }},
	{"closed-days", "that a closed account stays", func(q *Quotas, n int) { q.ClosedFor = span(n, day) }},
	{"invitations", "in a day", func(q *Quotas, n int) { q.Invitations = n }},
	{"inbound-transfers", "that an organization takes over", func(q *Quotas, n int) { q.InboundTransfers = n }},
	{"outbound-transfers", "that an organization hands over", func(q *Quotas, n int) { q.OutboundTransfers = n }},
	{"transfer-levels", "of a chain of transfers", func(q *Quotas, n int) { q.TransferLevels = n }},
	{"chain-transfers", "in a whole chain", func(q *Quotas, n int) { q.ChainTransfers = n }},
}

// span is so many units, or the most that there can be.
func span(n int, unit time.Duration) time.Duration {
	return min(time.Duration(n), math.MaxInt64/unit) * unit
}

// QuotaRuleOf returns the rule of that name, and false when there is none.
func QuotaRuleOf(name string) (QuotaRule, bool) {
	for _, r := range QuotaRules {
		if r.Name == name {
			return r, true
		}
	}
	return QuotaRule{}, false
}
