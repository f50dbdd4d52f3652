package inherit

import (
	"encoding/json"
	"strings"
)

// accountVariable stands for the account that inherits.
const accountVariable = "$account"

// A renderer writes JSON and cuts it where the account's id belongs, so that accounts which inherit the same share the work.
type renderer struct {
	pieces []string
	open   strings.Builder
}

func render(top *branch) []string {
	r := &renderer{}
	r.open.WriteByte('{')
	if top.visible {
		r.member(top)
	}
	r.open.WriteByte('}')
	return append(r.pieces, r.open.String())
}

func (r *renderer) member(b *branch) {
	r.string(b.key)
	r.open.WriteByte(':')
	switch leaf := b.element.leaf; {
	case leaf == nil:
		r.group(b)
	case leaf.list:
		r.list(b)
	default:
		r.setting(leaf, b.items[0])
	}
}

func (r *renderer) group(b *branch) {
	r.open.WriteByte('{')
	first := true
	for _, kid := range b.kids {
		if !kid.visible {
			continue
		}
		if !first {
			r.open.WriteByte(',')
		}
		first = false
		r.member(kid)
	}
	r.open.WriteByte('}')
}

func (r *renderer) list(b *branch) {
	r.open.WriteByte('[')
	for i, item := range b.items {
		if i > 0 {
			r.open.WriteByte(',')
		}
		r.setting(b.element.leaf, item)
	}
	r.open.WriteByte(']')
}

func (r *renderer) setting(l *leaf, s string) {
	if !l.account {
		r.string(s)
		return
	}
	parts := strings.Split(s, accountVariable)
	r.open.WriteByte('"')
	for i, part := range parts {
		if i > 0 {
			r.pieces = append(r.pieces, r.open.String())
			r.open.Reset()
		}
		r.open.WriteString(inside(part))
	}
	r.open.WriteByte('"')
}

// inside is what stands between the quotation marks of a JSON string.
func inside(s string) string {
	quoted := quote(s)
	return quoted[1 : len(quoted)-1]
}

func (r *renderer) string(s string) { r.open.WriteString(quote(s)) }

// quote writes a JSON string. Unlike json.Marshal it leaves <, > and & as they are.
func quote(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return strings.TrimSuffix(b.String(), "\n")
}
