package inherit

import "slices"

// Load reads a document that was checked when it was written, by the vocabulary of that time. What the present one does not know is left out, and words stand
// as they are written. It never fails: a text that cannot be read at all says nothing, and makes each effective policy that it is part of invalid.
func Load(t Type, document string) *Policy {
	if p, err := Parse(t, document); err == nil {
		return p
	}
	p := &Policy{typ: t}
	v := vocabularyOf(t)
	json, f := read(document, false)
	if v == nil || f != nil {
		return p
	}
	at := slices.IndexFunc(json.members, func(m member) bool { return m.key == v.top.name })
	if at < 0 {
		return p
	}
	if top, f := compileNode(v.top, json.members[at], v.top.name, []string{v.top.name}, true); f == nil {
		p.top = top
	}
	return p
}
