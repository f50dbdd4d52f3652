package policy

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// scanner walks over a text of JSON. Its position is brought up only when asked for, so that the whole walk stays linear.
type scanner struct {
	text string
	off  int
	at   Position // of the offset seen
	seen int
}

func (s *scanner) here() Position {
	for s.seen < s.off {
		if s.text[s.seen] == '\n' {
			s.at = Position{Line: s.at.Line + 1}
		}
		if utf8.RuneStart(s.text[s.seen]) {
			s.at.Column++
		}
		s.seen++
	}
	return s.at
}

// peek returns the next byte, or zero at the end. A zero byte is legal nowhere outside a string, and refused inside.
func (s *scanner) peek() byte {
	if s.off < len(s.text) {
		return s.text[s.off]
	}
	return 0
}

func (s *scanner) take(c byte) bool {
	if s.off < len(s.text) && s.text[s.off] == c {
		s.off++
		return true
	}
	return false
}

func (s *scanner) space() {
	for s.off < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.off]) >= 0 {
		s.off++
	}
}

func (s *scanner) word() (shape, string, *Error) {
	for _, w := range [...]struct {
		shape shape
		text  string
	}{{jsonBool, "true"}, {jsonBool, "false"}, {jsonNull, "null"}} {
		if strings.HasPrefix(s.text[s.off:], w.text) {
			s.off += len(w.text)
			return w.shape, w.text, nil
		}
	}
	return jsonNull, "", broken(NotJSON, s.here(), "a value is wanted here")
}

func (s *scanner) number() (string, *Error) {
	start := s.off
	s.take('-')
	if !s.take('0') && !s.digits() {
		return "", broken(NotJSON, s.here(), "a digit is wanted here")
	}
	if s.take('.') && !s.digits() {
		return "", broken(NotJSON, s.here(), "a digit is wanted behind the point")
	}
	if s.take('e') || s.take('E') {
		if !s.take('+') {
			s.take('-')
		}
		if !s.digits() {
			return "", broken(NotJSON, s.here(), "a digit is wanted in the exponent")
		}
	}
	return s.text[start:s.off], nil
}

func (s *scanner) digits() bool {
	start := s.off
	for isDigit(s.peek()) {
		s.off++
	}
	return s.off > start
}

func (s *scanner) quoted() (string, *Error) {
	s.off++
	start := s.off
	for s.off < len(s.text) && s.text[s.off] != '"' && s.text[s.off] != '\\' && s.text[s.off] >= ' ' {
		s.off++
	}
	if s.take('"') {
		return s.text[start : s.off-1], nil
	}
	b := []byte(s.text[start:s.off])
	for s.off < len(s.text) {
		switch c := s.text[s.off]; {
		case c == '"':
			s.off++
			return string(b), nil
		case c < ' ':
			return "", broken(NotJSON, s.here(), "a control character stands in a text")
		case c == '\\':
			var err *Error
			if b, err = s.escape(b); err != nil {
				return "", err
			}
		default:
			b = append(b, c)
			s.off++
		}
	}
	return "", broken(NotJSON, s.here(), "a text does not end")
}

func (s *scanner) escape(b []byte) ([]byte, *Error) {
	at := s.here()
	s.off++
	c := s.peek()
	if s.off < len(s.text) {
		s.off++
	}
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		return append(b, "\"\\/\b\f\n\r\t"[i]), nil
	}
	if c == 'u' {
		if r, ok := s.codepoint(); ok {
			return utf8.AppendRune(b, r), nil
		}
	}
	return nil, broken(NotJSON, at, "a text holds an escape that means nothing")
}

// codepoint reads the digits of an escape, and the second escape of a pair. Halves of a pair are refused: they are no character, and two
// readers of one policy must not see two texts.
func (s *scanner) codepoint() (rune, bool) {
	r, ok := s.hex()
	if !ok || !utf16.IsSurrogate(r) {
		return r, ok
	}
	if !s.take('\\') || !s.take('u') {
		return 0, false
	}
	low, ok := s.hex()
	r = utf16.DecodeRune(r, low)
	return r, ok && r != utf8.RuneError
}

func (s *scanner) hex() (rune, bool) {
	if s.off+4 > len(s.text) {
		return 0, false
	}
	v, err := strconv.ParseUint(s.text[s.off:s.off+4], 16, 16)
	s.off += 4
	return rune(v), err == nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
