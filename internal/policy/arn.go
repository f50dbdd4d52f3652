package policy

import "strings"

const arnParts = 6

// An arnPattern is compared with a name part by part, so that a wildcard never runs past a colon; only the last part may hold colons
// (IAM User Guide, "Amazon Resource Name (ARN) condition operators"). A bare "*" matches every ARN. A pattern with fewer parts matches
// nothing.
type arnPattern struct {
	parts []pattern
	any   bool
}

func newARNPattern(text string, variables bool) arnPattern {
	// The text is parted after its variables are found, because keys and defaults hold colons of their own.
	tokens := syntax{wildcards: true, variables: variables}.tokens(text)
	if len(tokens) == 1 && tokens[0].kind == run {
		return arnPattern{any: true}
	}
	parts := [][]token{nil}
	for _, t := range tokens {
		for t.kind == literal && len(parts) < arnParts {
			head, tail, ok := strings.Cut(t.text, ":")
			if !ok {
				break
			}
			if head != "" {
				last := len(parts) - 1
				parts[last] = append(parts[last], token{text: head})
			}
			parts = append(parts, nil)
			t.text = tail
		}
		if t.kind != literal || t.text != "" {
			last := len(parts) - 1
			parts[last] = append(parts[last], t)
		}
	}
	var a arnPattern
	if len(parts) == arnParts {
		for _, p := range parts {
			a.parts = append(a.parts, fromTokens(p, false))
		}
	}
	return a
}

func (a *arnPattern) match(name string, c Context) bool {
	if a.any {
		return strings.HasPrefix(name, "arn:") && strings.Count(name, ":") >= arnParts-1
	}
	for i := range a.parts {
		part := name
		if i < len(a.parts)-1 {
			var ok bool
			if part, name, ok = strings.Cut(name, ":"); !ok {
				return false
			}
		}
		if !a.parts[i].match(part, c) {
			return false
		}
	}
	return len(a.parts) > 0
}
