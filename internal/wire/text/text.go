// Package text tells whether a JSON body is text from end to end. What is not, decoders replace by U+FFFD in silence: a name in GBK, or cut in the middle of
// a character, would be kept as something that nobody wrote.
package text

import (
	"bytes"
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

var (
	errEncoding  = errors.New("the text is not UTF-8")
	errSurrogate = errors.New(`a \u escape is half a character`)
)

// Check returns what makes a JSON body no text: bytes that are not UTF-8, or the escape of one half of a surrogate pair. Whether it is JSON at all is the
// decoder's to say.
func Check(body []byte) error {
	if !utf8.Valid(body) {
		return errEncoding
	}
	for {
		i := bytes.IndexByte(body, '\\')
		if i < 0 {
			return nil
		}
		body = body[i:]
		r, ok := escape(body)
		if !ok { // a short escape, such as \n or \\
			body = body[min(2, len(body)):]
			continue
		}
		body = body[escapeLength:]
		if !utf16.IsSurrogate(r) {
			continue
		}
		low, _ := escape(body)
		if utf16.DecodeRune(r, low) == utf8.RuneError {
			return errSurrogate
		}
		body = body[escapeLength:]
	}
}

const escapeLength = len(`\u0000`)

// escape reads the \u escape that a text begins with.
func escape(b []byte) (rune, bool) {
	if len(b) < escapeLength || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:escapeLength]), 16, 16)
	return rune(n), err == nil
}
