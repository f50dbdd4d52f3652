package awsorg

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"sync"
	"testing"
)

// contractModel is contract.json as far as the tests read it by themselves, not through the generator.
var contractModel = sync.OnceValues(func() (m struct {
	Operations map[string]struct {
		Input, Output string
		Errors        []string
	}
	Shapes map[string]struct {
		Type       string
		Members    map[string]string
		Required   []string
		Of         string
		Enum       []string
		HTTPStatus int
	}
}, err error) {
	text, err := os.ReadFile("contract.json")
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	return m, err
})

func requiredMembers(t *testing.T, shape string) []string {
	t.Helper()
	m, err := contractModel()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(slices.Values(m.Shapes[shape].Required))
}

func TestContractHoldsAllOperationsAndTheirErrors(t *testing.T) {
	t.Parallel()
	m, err := contractModel()
	if err != nil {
		t.Fatal(err)
	}
	if len(contract) != 63 || len(m.Operations) != 63 {
		t.Fatalf("%d operations, %d in the contract; AWS Organizations has 63", len(contract), len(m.Operations))
	}
	for name, want := range m.Operations {
		got := contract[name]
		if got.Input != want.Input || got.Output != want.Output || !slices.Equal(got.Errors, want.Errors) || len(got.Errors) == 0 {
			t.Errorf("%s: %+v", name, got)
		}
		shape := "Empty"
		if want.Input != "" {
			shape = want.Input
		}
		if in := reflect.TypeOf(got.New()).Elem().Name(); in != shape {
			t.Errorf("%s decodes a %s", name, in)
		}
		for _, e := range got.Errors {
			if exceptions[e].Status != m.Shapes[e].HTTPStatus || exceptions[e].Status == 0 {
				t.Errorf("%s: exception %s has status %d", name, e, exceptions[e].Status)
			}
		}
	}
}

func TestOnlyServiceExceptionIsAServersFault(t *testing.T) {
	t.Parallel()
	for name, e := range exceptions {
		if (e.Status == 500) != (name == "ServiceException") || e.Status != 400 && e.Status != 500 {
			t.Errorf("%s is answered with %d", name, e.Status)
		}
	}
	for name, n := range map[string]int{
		"ConstraintViolationException": 45, "InvalidInputException": 40, "HandshakeConstraintViolationException": 14, "AccessDeniedForDependencyException": 1, "ServiceException": 0,
	} {
		if got := len(exceptions[name].Reasons); got != n {
			t.Errorf("%s has %d reasons, want %d", name, got, n)
		}
	}
}
