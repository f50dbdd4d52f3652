package policy

import (
	"slices"
	"strings"
)

// Validate returns nil for a document that keeps the dialect's laws, and else an *Error for the first broken one.
func Validate(d *Dialect, doc *Document) error {
	if err := d.check(doc); err != nil {
		return err
	}
	return nil
}

func (d *Dialect) check(doc *Document) *Error {
	size := doc.characters
	if d.packed {
		size = doc.packed
	}
	if size > d.size {
		return broken(TooLarge, Position{Line: 1, Column: 1}, "the document has %d characters; a %s has at most %d", size, d.name, d.size)
	}
	if doc.hasID && !d.cloud.ids {
		return broken(ElementNotSupported, doc.idAt, "a %s has no element Id", d.name)
	}
	if !slices.Contains(d.versions, doc.Version) && (doc.Version != "" || !d.optional) {
		return broken(InvalidVersion, doc.versionAt, "the Version of a %s is %s", d.name, strings.Join(d.versions, " or "))
	}
	sids := map[string]bool{}
	for i := range doc.Statements {
		s := &doc.Statements[i]
		if err := d.checkSid(s, sids); err != nil {
			return err
		}
		if err := d.checkStatement(s); err != nil {
			return err
		}
	}
	return nil
}

func (d *Dialect) checkSid(s *Statement, seen map[string]bool) *Error {
	if !d.plainSids || s.Sid == "" {
		return nil
	}
	if strings.ContainsFunc(s.Sid, func(r rune) bool { return !alphanumeric(r) }) {
		return broken(InvalidSid, s.where(ElementSid), "the Sid %q holds more than letters and digits", s.Sid)
	}
	if seen[s.Sid] {
		return broken(DuplicateSid, s.where(ElementSid), "the Sid %q appears twice", s.Sid)
	}
	seen[s.Sid] = true
	return nil
}

func (d *Dialect) checkStatement(s *Statement) *Error {
	r := d.rules(s.Effect)
	if r.legal == 0 {
		return broken(EffectNotSupported, s.where(ElementEffect), "a %s cannot %s", d.name, strings.ToLower(s.Effect.String()))
	}
	if extra := s.elements &^ (r.legal | ElementSid | ElementEffect); extra != 0 {
		return broken(ElementNotSupported, s.where(extra), "a statement of a %s with Effect %s has no %s", d.name, s.Effect, extra)
	}
	for _, e := range r.needs {
		if !s.Has(e) {
			return broken(MissingElement, s.Span.Start, "the statement has no %s", e)
		}
	}
	for _, check := range [...]func(*rules, *Statement) *Error{d.checkPrincipals, d.checkActions, d.checkResources, d.checkConditions} {
		if err := check(r, s); err != nil {
			return err
		}
	}
	return nil
}
