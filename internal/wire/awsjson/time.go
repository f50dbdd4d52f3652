package awsjson

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/go-faster/jx"
)

// The years 0 to 9999 as epoch seconds; what lies outside has no calendar form in any client.
const firstSecond, lastSecond = -62167219200, 253402300799

var errTime = errors.New("timestamp out of range")

// Time decodes a timestamp: a JSON number of epoch seconds, with or without a fraction, kept to the nanosecond.
func Time(d *jx.Decoder, s *Seen, bit int, v *time.Time) error {
	*v = time.Time{}
	ok, err := s.member(d, bit, jx.Number)
	if !ok {
		return err
	}
	n, err := d.Num()
	if err != nil {
		return err
	}
	*v, err = parseTime(string(n))
	return err
}

// parseTime avoids float64 for the usual notation, because 1481656459.257 is not one.
func parseTime(n string) (time.Time, error) {
	if strings.ContainsAny(n, "eE") {
		f, err := strconv.ParseFloat(n, 64)
		if err != nil || f < firstSecond || f > lastSecond {
			return time.Time{}, errTime
		}
		return time.UnixMicro(int64(f * 1e6)).UTC(), nil
	}
	whole, fraction, _ := strings.Cut(n, ".")
	sec, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || sec < firstSecond || sec > lastSecond {
		return time.Time{}, errTime
	}
	fraction = (fraction + "000000000")[:9]
	nsec, err := strconv.ParseInt(fraction, 10, 64)
	if err != nil {
		return time.Time{}, errTime
	}
	if strings.HasPrefix(n, "-") {
		nsec = -nsec
	}
	return time.Unix(sec, nsec).UTC(), nil
}

// AppendTime appends t as epoch seconds with a fraction down to the millisecond, which is as fine as the SDKs read, and at least one digit of it.
func AppendTime(b []byte, t time.Time) []byte {
	ms := t.UnixMilli()
	if ms < 0 {
		b, ms = append(b, '-'), -ms
	}
	b = strconv.AppendInt(b, ms/1000, 10)
	b = append(b, '.')
	switch ms %= 1000; {
	case ms%100 == 0:
		return strconv.AppendInt(b, ms/100, 10)
	case ms%10 == 0:
		return append(b, byte('0'+ms/100), byte('0'+ms/10%10))
	default:
		return append(b, byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
	}
}

// AppendDate appends t as an ISO 8601 text down to the second, which is how the REST services write times.
func AppendDate(b []byte, t time.Time) []byte {
	return append(t.UTC().AppendFormat(append(b, '"'), time.RFC3339), '"')
}
