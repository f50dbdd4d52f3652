package awsorg

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsjson"
)

// unlawful are the Reasons of the contract that no law here can break; docs/divergences.md says why.
var unlawful = []org.Reason{org.AccountLimit, org.HandshakeLimit, org.OtherRoot, org.SourceEnding, org.TargetEnding, org.CallerUnidentified, org.OrganizationMalformed}

// byConstraint are the reasons with which the request's own constraints end, before any law is asked.
func byConstraint() []string {
	out := []string{
		awsjson.InputRequired, awsjson.InvalidEnum, awsjson.InvalidListMember, awsjson.InvalidPattern, awsjson.MaxLength, awsjson.MinLength, awsjson.MaxValue,
		awsjson.MinValue,
	}
	for _, r := range []*awsjson.StringRule{&rulePolicyType, &rulePolicyID, &rulePolicyTargetID} {
		out = append(out, r.Reason)
	}
	return out
}

func TestEveryReasonOfTheContractHasItsLaw(t *testing.T) {
	t.Parallel()
	broken := lawsBroken(t, "../../org", "../../controlplane")
	constraints := byConstraint()
	seen := 0
	for _, code := range []string{constraint, invalidInput, handshakeConstraint} {
		for _, reason := range exceptions[code].Reasons {
			seen++
			var laws, idle []org.Reason
			for r, row := range faults {
				switch {
				case row.reason != reason:
				case broken[r]: // two exceptions may have the reason; one of them tells it
					laws = append(laws, r)
				case row.code == code:
					idle = append(idle, r)
				}
			}
			never := len(idle) > 0 && !slices.ContainsFunc(idle, func(r org.Reason) bool { return !slices.Contains(unlawful, r) })
			if len(laws) == 0 && !never && !(code == invalidInput && slices.Contains(constraints, reason)) {
				t.Errorf("%s %s: no law says so", code, reason)
			}
		}
	}
	if want := 45 + 40 + 14; seen != want {
		t.Errorf("the contract has %d reasons, want %d", seen, want)
	}
	for _, r := range unlawful {
		if _, ok := faults[r]; !ok || broken[r] {
			t.Errorf("%s: a row %v, a law %v", r, ok, broken[r])
		}
	}
}

// lawsBroken reads out of packages which Reasons their laws tell: those that are handed to a function, Errorf above all, or
// kept for one, or stand in a row of a rulebook.
func lawsBroken(t *testing.T, folders ...string) map[org.Reason]bool {
	t.Helper()
	named := map[string]org.Reason{}
	for _, r := range org.Reasons() {
		named[string(r)] = r
	}
	out := map[org.Reason]bool{}
	tell := func(e ast.Expr) {
		name := ""
		switch e := e.(type) {
		case *ast.Ident:
			name = e.Name
		case *ast.SelectorExpr:
			name = e.Sel.Name
		}
		if r, ok := named[name]; ok {
			out[r] = true
		}
	}
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					for _, arg := range n.Args {
						tell(arg)
					}
				case *ast.AssignStmt:
					for _, value := range n.Rhs {
						tell(value)
					}
				case *ast.KeyValueExpr: // a row of a rulebook, or of a table that translates into Reasons; the table of kinds has them as its keys
					tell(n.Value)
				}
				return true
			})
		}
	}
	if len(out) < 100 {
		t.Fatalf("only %d laws are found in %v", len(out), folders)
	}
	return out
}

func TestNoReasonIsToldOfAnOperationThatDoesNotListIt(t *testing.T) {
	t.Parallel()
	deeds := map[org.Deed][]string{
		org.Leaving: {"LeaveOrganization", "RemoveAccountFromOrganization"}, org.Founding: {"CreateOrganization"},
		org.Creating: {"CreateAccount", "CreateGovCloudAccount"}, org.Inviting: {"InviteAccountToOrganization"}, org.Joining: {"AcceptHandshake"},
		org.TakingBill: {"InviteOrganizationToTransferResponsibility"}, org.HandingBill: {"InviteOrganizationToTransferResponsibility", "AcceptHandshake"},
	}
	for _, p := range []org.Partition{org.AWS, org.AWSChina, org.AWSGov} {
		rows := org.RulesOf(p).Hinderings
		if len(rows) == 0 {
			t.Errorf("%s has no rows", p)
		}
		for _, row := range rows {
			for _, operation := range deeds[row.Deed] {
				if !slices.Contains(contract[operation].Errors, faults[row.Reason].code) {
					t.Errorf("%s does not list %s, which %s is told as", operation, faults[row.Reason].code, row.Reason)
				}
			}
			if len(deeds[row.Deed]) == 0 {
				t.Errorf("%s: nobody asks for the deed of this row", row.Reason)
			}
		}
	}
}
