package controlplane

import (
	"errors"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/policy"
	"github.com/polity-cloud/polity/internal/policy/inherit"
)

// dialects are the grammars of the types that are evaluated; those of inherited types are package inherit's, under the same names.
var dialects = map[org.Grammar]*policy.Dialect{
	org.ServiceControlGrammar: policy.SCP, org.ResourceControlGrammar: policy.RCP, org.HuaweiServiceControlGrammar: policy.HuaweiSCP,
}

// dialect returns the grammar in which policies are written now.
func (p *Plane) dialect(g org.Grammar) *policy.Dialect {
	if g == org.HuaweiServiceControlGrammar && p.Edition2024 {
		return policy.HuaweiSCP2024
	}
	return dialects[g]
}

// checkDocument fails with PolicyTooLarge for a document that is longer than its grammar allows, and with PolicyMalformed for one that says what it
// may not.
func (p *Plane) checkDocument(g org.Grammar, content string) error {
	var err error
	if d := p.dialect(g); d != nil {
		err = checkStatements(d, content)
	} else {
		_, err = inherit.Parse(inherit.Type(g), content)
	}
	if err == nil {
		return nil
	}
	reason := org.PolicyMalformed
	if e, ok := errors.AsType[*policy.Error](err); ok && e.Kind() == policy.Oversize {
		reason = org.PolicyTooLarge
	}
	if e, ok := errors.AsType[*inherit.DocumentError](err); ok && e.Fault == inherit.TooLarge {
		reason = org.PolicyTooLarge
	}
	return org.Errorf(reason, "%s", err)
}

func checkStatements(d *policy.Dialect, content string) error {
	parsed, err := policy.Parse(content)
	if err != nil {
		return err
	}
	return policy.Validate(d, parsed)
}
