package inherit

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// deepest is more than any vocabulary needs: a condition of a backup selection lies eleven levels down.
const deepest = 24

type kind string

const (
	object  kind = "an object"
	array   kind = "a list"
	text    kind = "a string"
	numeral kind = "a number"
	boolean kind = "a boolean"
	null    kind = "null"
)

// A value is a piece of JSON that remembers where it stood. The standard decoder into maps would lose that, the order and duplicate keys.
type value struct {
	kind    kind
	at      int // offset of its first byte
	text    string
	items   []value
	members []member
}

type member struct {
	key   string
	at    int
	value value
}

type reader struct {
	source  string
	decoder *json.Decoder
	at      int  // offset of the last token
	whole   bool // half characters are refused
}

// read takes one JSON value that fills the whole text. Unless it is whole, half characters are read as U+FFFD.
func read(source string, whole bool) (value, *flaw) {
	if !utf8.ValidString(source) {
		return value{}, flawAt(0, nil, "the document is not UTF-8")
	}
	r := &reader{source: source, decoder: json.NewDecoder(strings.NewReader(source)), whole: whole}
	r.decoder.UseNumber()
	v, f := r.value(nil, 0)
	if f != nil {
		return value{}, f
	}
	if _, err := r.next(); err != io.EOF {
		return value{}, flawAt(r.at, nil, "nothing may follow the JSON object")
	}
	return v, nil
}

func (r *reader) next() (json.Token, error) {
	r.at = int(r.decoder.InputOffset())
	for r.at < len(r.source) && strings.IndexByte(" \t\r\n,:", r.source[r.at]) >= 0 {
		r.at++
	}
	return r.decoder.Token()
}

func (r *reader) value(path []string, depth int) (value, *flaw) {
	t, err := r.next()
	if err != nil {
		return value{}, r.syntax(path, err)
	}
	v := value{at: r.at}
	switch t := t.(type) {
	case json.Delim:
		if depth == deepest {
			return value{}, flawAt(r.at, path, "the document is nested too deeply")
		}
		if t == '{' {
			return r.object(v, path, depth)
		}
		return r.array(v, path, depth)
	case string:
		v.kind, v.text = text, t
		return v, r.halved(t, path)
	case json.Number:
		v.kind, v.text = numeral, t.String()
	case bool:
		v.kind, v.text = boolean, "false"
		if t {
			v.text = "true"
		}
	default:
		v.kind = null
	}
	return v, nil
}

// halved refuses the last token, a text, when the decoder has put U+FFFD where the document has half of a surrogate pair.
func (r *reader) halved(got string, path []string) *flaw {
	if !r.whole || !strings.Contains(got, "\ufffd") {
		return nil
	}
	written := strings.ToLower(strings.ReplaceAll(r.source[r.at:r.decoder.InputOffset()], `\\`, ""))
	if strings.Count(got, "\ufffd") > strings.Count(written, "\ufffd")+strings.Count(written, `\ufffd`) {
		return flawAt(r.at, path, "a text holds half a character")
	}
	return nil
}

func (r *reader) array(v value, path []string, depth int) (value, *flaw) {
	v.kind = array
	for r.decoder.More() {
		item, f := r.value(path, depth+1)
		if f != nil {
			return value{}, f
		}
		v.items = append(v.items, item)
	}
	return v, r.end(path)
}

func (r *reader) object(v value, path []string, depth int) (value, *flaw) {
	v.kind = object
	seen := map[string]bool{}
	for r.decoder.More() {
		t, err := r.next()
		if err != nil {
			return value{}, r.syntax(path, err)
		}
		m := member{key: t.(string), at: r.at}
		if f := r.halved(m.key, path); f != nil {
			return value{}, f
		}
		if seen[m.key] {
			return value{}, flawAt(m.at, path, "the key %q appears twice", m.key)
		}
		seen[m.key] = true
		var f *flaw
		if m.value, f = r.value(append(slices.Clip(path), m.key), depth+1); f != nil {
			return value{}, f
		}
		v.members = append(v.members, m)
	}
	return v, r.end(path)
}

func (r *reader) end(path []string) *flaw {
	if _, err := r.next(); err != nil {
		return r.syntax(path, err)
	}
	return nil
}

func (r *reader) syntax(path []string, err error) *flaw {
	var bad *json.SyntaxError
	if errors.As(err, &bad) {
		return flawAt(max(r.at, int(bad.Offset)-1), path, "not JSON: %s", bad)
	}
	return flawAt(len(r.source), path, "not JSON: the document ends too early")
}
