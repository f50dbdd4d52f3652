package org

import "time"

// The laws of the dates of transfers (AWS Billing User Guide, "Transfer billing management to external accounts"): a transfer starts with the next
// month or the one after and ends with this month or the next, in UTC.

// monthAfter is the first moment of the month that is n months after the one of t.
func monthAfter(t time.Time, n int) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
}

// checkStart keeps the laws of a start whose last moment to be accepted is known.
func checkStart(start, last, now time.Time) error {
	start = start.UTC()
	switch {
	case start.Unix() <= 0:
		return Errorf(StartInvalid, "a transfer starts after the beginning of 1970, from which times are counted")
	case !start.Equal(start.Truncate(day)):
		return Errorf(StartNotAtDay, "a transfer starts at 00:00:00.000 UTC")
	case start.Day() != 1:
		return Errorf(StartNotAtMonth, "a transfer starts on the first day of a month")
	case start.Before(monthAfter(now, 1)) || !now.Before(last):
		return Errorf(StartTooEarly, "a transfer starts next month or the month after, and leaves time to accept it")
	case start.After(monthAfter(now, 2)):
		return Errorf(StartTooLate, "a transfer starts next month or the month after")
	}
	return nil
}

func checkEnd(end, now time.Time) error {
	end = end.UTC()
	switch {
	case !end.Equal(monthAfter(end, 1).Add(-time.Millisecond)):
		return Errorf(EndNotAtMonth, "a transfer ends with the last millisecond of a month, in UTC")
	case end.Before(now):
		return Errorf(EndTooEarly, "a transfer ends with this month or the next")
	case !end.Before(monthAfter(now, 2)):
		return Errorf(EndTooLate, "a transfer ends with this month or the next")
	}
	return nil
}
