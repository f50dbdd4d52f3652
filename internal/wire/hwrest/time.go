package hwrest

import "time"

// Time is a time as Organizations writes it: UTC, whole seconds, "2006-01-02T15:04:05Z".
type Time time.Time

// MarshalJSON cuts off what is finer than a second.
func (t Time) MarshalJSON() ([]byte, error) {
	return time.Time(t).UTC().AppendFormat(nil, `"2006-01-02T15:04:05Z"`), nil
}

// UnmarshalJSON reads RFC 3339.
func (t *Time) UnmarshalJSON(text []byte) error { return (*time.Time)(t).UnmarshalJSON(text) }

// MilliTime is a time as RGC writes it: UTC, three digits of milliseconds, "2006-01-02T15:04:05.000Z".
type MilliTime time.Time

// MarshalJSON cuts off what is finer than a millisecond.
func (t MilliTime) MarshalJSON() ([]byte, error) {
	return time.Time(t).UTC().AppendFormat(nil, `"2006-01-02T15:04:05.000Z"`), nil
}

// UnmarshalJSON reads RFC 3339.
func (t *MilliTime) UnmarshalJSON(text []byte) error { return (*time.Time)(t).UnmarshalJSON(text) }
