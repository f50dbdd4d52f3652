package policy

import (
	"strconv"
	"strings"
	"time"
)

// instant reads a date in one of the W3C profiles of ISO 8601 (https://www.w3.org/TR/NOTE-datetime), or seconds since 1970. Four digits are a year.
func instant(s string) (time.Time, bool) {
	if len(s) > 4 && strings.Trim(s, "0123456789") == "" {
		n, err := strconv.ParseInt(s, 10, 64)
		return time.Unix(n, 0), err == nil
	}
	d := dateReader{text: s, ok: true}
	year, month, day := d.field(0, 4, 0, 9999), 1, 1
	if d.text != "" {
		month = d.field('-', 2, 1, 12)
	}
	if d.text != "" {
		day = d.field('-', 2, 1, 31)
	}
	var hour, minute, second, nanos, offset int
	if d.text != "" {
		hour, minute = d.field('T', 2, 0, 23), d.field(':', 2, 0, 59)
		if strings.HasPrefix(d.text, ":") {
			second = d.field(':', 2, 0, 59)
			nanos = d.fraction()
		}
		offset = d.zone()
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, nanos, time.UTC)
	if !d.ok || d.text != "" || t.Day() != day {
		return time.Time{}, false
	}
	return t.Add(-time.Duration(offset) * time.Minute), true
}

type dateReader struct {
	text string
	ok   bool
}

// field reads a mark, when one is wanted, and a number of so many digits within bounds.
func (d *dateReader) field(mark byte, digits, low, high int) int {
	if mark != 0 {
		if d.text == "" || d.text[0] != mark {
			d.ok = false
			return 0
		}
		d.text = d.text[1:]
	}
	n := 0
	for range digits {
		if d.text == "" || !isDigit(d.text[0]) {
			d.ok = false
			return 0
		}
		n = n*10 + int(d.text[0]-'0')
		d.text = d.text[1:]
	}
	d.ok = d.ok && low <= n && n <= high
	return n
}

func (d *dateReader) fraction() int {
	if d.text == "" || d.text[0] != '.' {
		return 0
	}
	d.text = d.text[1:]
	n, unit, some := 0, int(time.Second), false
	for d.text != "" && isDigit(d.text[0]) {
		unit /= 10
		n += unit * int(d.text[0]-'0')
		d.text, some = d.text[1:], true
	}
	d.ok = d.ok && some
	return n
}

// zone returns the minutes by which the zone is ahead of UTC.
func (d *dateReader) zone() int {
	if d.text == "Z" {
		d.text = ""
		return 0
	}
	sign := 1
	mark := byte('+')
	if strings.HasPrefix(d.text, "-") {
		sign, mark = -1, '-'
	}
	return sign * (d.field(mark, 2, 0, 23)*60 + d.field(':', 2, 0, 59))
}
