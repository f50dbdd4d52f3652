package policy

import "strings"

type tokenKind uint8

const (
	literal  tokenKind = iota
	one                // ? stands for one character
	run                // * stands for any number of characters
	variable           // the value of a key of the request
)

type token struct {
	kind     tokenKind
	text     string // of a literal its text, of a variable its default
	key      string // of a variable, in lower case
	fallback bool   // the variable has a default
}

// A syntax says which characters of a text are special.
type syntax struct {
	wildcards bool
	variables bool
}

// tokens takes a text apart. Escapes (${*}, ${?}, ${$}) become literals, and so does a "${" that nothing closes.
func (x syntax) tokens(text string) []token {
	var b builder
	for text != "" {
		if x.variables && strings.HasPrefix(text, "${") {
			if inner, rest, ok := cutVariable(text[2:]); ok {
				b.placeholder(inner)
				text = rest
				continue
			}
		}
		switch c := text[0]; {
		case x.wildcards && c == '*':
			b.special(token{kind: run})
		case x.wildcards && c == '?':
			b.special(token{kind: one})
		default:
			b.text = append(b.text, c)
		}
		text = text[1:]
	}
	b.flush()
	return b.tokens
}

// cutVariable finds the brace that closes a variable. One inside a quoted default does not.
func cutVariable(text string) (inner, rest string, ok bool) {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '\'':
			quoted = !quoted
		case text[i] == '}' && !quoted:
			return text[:i], text[i+1:], true
		}
	}
	return "", "", false
}

type builder struct {
	tokens []token
	text   []byte
}

func (b *builder) flush() {
	if len(b.text) > 0 {
		b.tokens = append(b.tokens, token{kind: literal, text: string(b.text)})
		b.text = nil
	}
}

func (b *builder) special(t token) {
	b.flush()
	if n := len(b.tokens); t.kind == run && n > 0 && b.tokens[n-1].kind == run {
		return
	}
	b.tokens = append(b.tokens, t)
}

// placeholder reads what stands between the braces. In a default, two quotes are one (IAM User Guide of Huawei Cloud, "Identity Policy Variables").
func (b *builder) placeholder(inner string) {
	if inner == "*" || inner == "?" || inner == "$" {
		b.text = append(b.text, inner...)
		return
	}
	key, fallback, ok := strings.Cut(inner, ",")
	t := token{kind: variable, key: strings.ToLower(strings.TrimSpace(key)), fallback: ok}
	t.text = strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(fallback), "'"), "'"), "''", "'")
	b.special(t)
}

// resolve returns the text that a variable stands for. A key that is absent or has several values has none, unless the variable has a
// default (IAM User Guide, "Policy variables").
func (t *token) resolve(c Context) (string, bool) {
	if values := lookup(c, t.key); len(values) == 1 {
		return values[0], true
	}
	return t.text, t.fallback
}
