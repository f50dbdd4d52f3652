package twin_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/twin"
)

var codes = twin.Codes{
	Reason: func(api, code, reason string) (org.Reason, bool) {
		if code == "ConstraintViolationException" && (reason == "OU_DEPTH_LIMIT_EXCEEDED" || reason == "") {
			return org.UnitDepth, true
		}
		if code == "TooManyRequestsException" && (api == "awsorg" || api == "") {
			return org.Throttled, true
		}
		return "", false
	},
	Operation: func(api, operation string) bool {
		known := api == "" || api == "hworg" || strings.EqualFold(api, "awsorg") && operation != "ShowAccount"
		return known && operation != "CreateAcount"
	},
	Failure: func(code string) (org.Failure, bool) {
		f, ok := map[string]org.Failure{"EMAIL_ALREADY_EXISTS": org.FailEmailInUse, "2001": org.FailNameInUse}[code]
		return f, ok
	},
}

func with(t *testing.T, want ...twin.Fault) *twin.Faults {
	t.Helper()
	f := twin.NewFaults(codes)
	for _, w := range want {
		if _, err := f.Add(w); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func TestFaultsThatCouldNeverStrikeAreRefused(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]twin.Fault{
		"nothing":                          {},
		"a count alone":                    {Count: 1},
		"an operation without an error":    {Operation: "CreateAccount"},
		"an error without an operation":    {Error: "Throttled"},
		"an unknown error":                 {Operation: "CreateAccount", Error: "Nonsense"},
		"an unknown reason of a code":      {Operation: "CreateAccount", Error: "ConstraintViolationException", Reason: "NONSENSE"},
		"a reason beside a reason":         {Operation: "CreateAccount", Error: "UnitDepth", Reason: "OU_DEPTH_LIMIT_EXCEEDED"},
		"a reason of a step":               {Step: org.StepToken, Reason: "OU_DEPTH_LIMIT_EXCEEDED"},
		"a code of another API":            {API: "hworg", Operation: "CreateAccount", Error: "TooManyRequestsException"},
		"a step that does not exist":       {Step: "nowhere"},
		"a failure that does not exist":    {Failure: "NONSENSE"},
		"an operation and a step":          {Operation: "CreateAccount", Error: "Throttled", Step: org.StepToken},
		"a step of an API":                 {API: "awsorg", Step: org.StepToken},
		"an operation that nobody has":     {Operation: "CreateAcount", Error: "Throttled"},
		"an operation of another API":      {API: "awsorg", Operation: "ShowAccount", Error: "Throttled"},
		"an API that nobody has":           {API: "awsorgs", Operation: "*", Error: "Throttled"},
		"a negative count":                 {Step: org.StepToken, Count: -1},
		"a negative probability":           {Step: org.StepToken, Probability: -0.1},
		"a probability of more than 1":     {Step: org.StepToken, Probability: 1.1},
		"a probability that is no number":  {Step: org.StepToken, Probability: nan()},
		"a failure's name in another case": {Failure: "emailinuse"},
	} {
		f := twin.NewFaults(codes)
		if _, err := f.Add(bad); org.ReasonOf(err) != org.InputMalformed {
			t.Errorf("%s: %v, want %s", name, err, org.InputMalformed)
		}
		if len(f.List()) != 0 {
			t.Errorf("%s is armed", name)
		}
	}
}

func nan() float64 { zero := 0.0; return zero / zero }

func TestOperationFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		fault   twin.Fault
		api, op string
		want    org.Reason
	}{
		{"a reason by its name", twin.Fault{Operation: "ListRoots", Error: "AccountMissing"}, "hworg", "ListRoots", org.AccountMissing},
		{"a code of the wire", twin.Fault{API: "awsorg", Operation: "ListRoots", Error: "TooManyRequestsException"}, "awsorg", "ListRoots", org.Throttled},
		{"a code for any API", twin.Fault{API: "*", Operation: "ListRoots", Error: "TooManyRequestsException"}, "awsorg", "ListRoots", org.Throttled},
		{"any operation", twin.Fault{Operation: "*", Error: "Throttled"}, "awsorg", "ListRoots", org.Throttled},
		{"names without case", twin.Fault{API: "AWSOrg", Operation: "listroots", Error: "Throttled"}, "awsorg", "ListRoots", org.Throttled},
		{"another operation", twin.Fault{Operation: "ListRoots", Error: "Throttled"}, "awsorg", "ListAccounts", ""},
		{"another API", twin.Fault{API: "hworg", Operation: "ListRoots", Error: "Throttled"}, "awsorg", "ListRoots", ""},
	} {
		f := with(t, c.fault)
		err := f.Operation(c.api, c.op)
		if got := org.ReasonOf(err); got != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if f.Step(org.StepToken, org.AWS) != nil || f.AnyStep() {
			t.Errorf("%s strikes a step", c.name)
		}
		if left := len(f.List()); (left == 0) != (c.want != "") {
			t.Errorf("%s: %d faults are left", c.name, left)
		}
	}
}

func TestStepFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fault twin.Fault
		step  org.Step
		in    org.Partition
		want  org.Failure
	}{
		{"a failure by its name strikes at its own step", twin.Fault{Failure: "Token"}, org.StepToken, org.Huawei, org.FailToken},
		{"a failure by its code", twin.Fault{Failure: "EMAIL_ALREADY_EXISTS"}, org.StepReserve, org.AWS, org.FailEmailInUse},
		{"a failure by its number", twin.Fault{Failure: "2001"}, org.StepReserve, org.Huawei, org.FailNameInUse},
		{"a failure at a chosen step", twin.Fault{Step: org.StepPlace, Failure: "Internal"}, org.StepPlace, org.AWS, org.FailInternal},
		{"a failure elsewhere", twin.Fault{Failure: "Token"}, org.StepReserve, org.Huawei, ""},
		{"a step with its usual failure on AWS", twin.Fault{Step: org.StepBilling}, org.StepBilling, org.AWSGov, org.FailPaymentMissing},
		{"a step with its usual failure on Huawei Cloud", twin.Fault{Step: org.StepBilling}, org.StepBilling, org.Huawei, org.FailFinanceUnlinked},
		{"a step that the cloud has no failure for", twin.Fault{Step: org.StepToken}, org.StepToken, org.AWS, org.FailInternal},
	} {
		f := with(t, c.fault)
		if !f.AnyStep() {
			t.Errorf("%s: no step fault is armed", c.name)
		}
		err := f.Step(c.step, c.in)
		var got org.Failure
		if e, ok := errors.AsType[*org.CreationError](err); ok {
			got = e.Failure
		} else if err != nil {
			t.Errorf("%s: %T", c.name, err)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if f.AnyStep() != (c.want == "") {
			t.Errorf("%s: armed afterwards is %v", c.name, f.AnyStep())
		}
	}
}

func TestEveryStepHasItsUsualFailureInEveryPartition(t *testing.T) {
	t.Parallel()
	seen := map[org.Step]bool{}
	for why, step := range org.FailureSteps {
		seen[step] = true
		for _, p := range org.Partitions {
			f := with(t, twin.Fault{Step: step}, twin.Fault{Failure: string(why)})
			usual, _ := errors.AsType[*org.CreationError](f.Step(step, p))
			if usual == nil || usual.Failure != org.FailInternal && org.FailureSteps[usual.Failure] != step {
				t.Errorf("%s in %s: the usual failure is %v", step, p, usual)
			}
			if named, _ := errors.AsType[*org.CreationError](f.Step(step, p)); named == nil || named.Failure != why {
				t.Errorf("%s at %s: %v", why, step, named)
			}
		}
	}
	if len(seen) < 8 {
		t.Fatalf("only %d steps have failures", len(seen))
	}
}

func TestAFaultStrikesAsOftenAsItsCountSays(t *testing.T) {
	t.Parallel()
	for count, want := range map[int]int{0: 1, 1: 1, 7: 7} {
		f := with(t, twin.Fault{Operation: "*", Error: "Throttled", Count: count})
		got := 0
		for range 20 {
			if f.Operation("a", "b") != nil {
				got++
			}
		}
		if got != want || len(f.List()) != 0 {
			t.Errorf("count %d: it struck %d times, want %d; %d left", count, got, want, len(f.List()))
		}
	}
}

func TestCountsHoldUnderConcurrency(t *testing.T) {
	t.Parallel()
	f := with(t, twin.Fault{Step: org.StepToken, Count: 100}, twin.Fault{Operation: "*", Error: "Throttled", Count: 50})
	var steps, operations atomic.Int32
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for range 50 {
				if f.Step(org.StepToken, org.AWS) != nil {
					steps.Add(1)
				}
				if f.Operation("a", "b") != nil {
					operations.Add(1)
				}
				f.List()
			}
		})
	}
	all.Wait()
	if steps.Load() != 100 || operations.Load() != 50 || len(f.List()) != 0 {
		t.Errorf("struck %d steps and %d operations, want 100 and 50; left %v", steps.Load(), operations.Load(), f.List())
	}
}

func strikes(t *testing.T, want twin.Fault, n int) []bool {
	t.Helper()
	f, out := with(t, want), make([]bool, n)
	for i := range out {
		out[i] = f.Operation("a", "b") != nil
	}
	return out
}

func TestTheSameSeedMakesTheSameSequence(t *testing.T) {
	t.Parallel()
	const n = 1000
	want := twin.Fault{Operation: "*", Error: "Throttled", Probability: 0.3, Seed: 42}
	first, again := strikes(t, want, n), strikes(t, want, n)
	if !slices.Equal(first, again) {
		t.Error("one seed makes two sequences")
	}
	want.Seed = 43
	if slices.Equal(first, strikes(t, want, n)) {
		t.Error("two seeds make one sequence")
	}
	hits := 0
	for _, hit := range first {
		if hit {
			hits++
		}
	}
	if hits < 250 || hits > 350 {
		t.Errorf("%d of %d strike at a probability of 0.3", hits, n)
	}
	want.Probability = 1
	if slices.Contains(strikes(t, want, n), false) {
		t.Error("a certain fault did not strike")
	}
	want.Probability, want.Count = 0.3, 5
	limited := slices.DeleteFunc(strikes(t, want, n), func(hit bool) bool { return !hit })
	if len(limited) != 5 {
		t.Errorf("with a count of 5 it struck %d times", len(limited))
	}
}

func TestFaultsAreListedRemovedAndCleared(t *testing.T) {
	t.Parallel()
	f := with(t, twin.Fault{Operation: "A", Error: "Throttled", Count: 2}, twin.Fault{Failure: "2001"}, twin.Fault{Operation: "*", Error: "UnitMissing"})
	if org.ReasonOf(f.Operation("x", "A")) != org.Throttled {
		t.Error("the older of two faults does not come first")
	}
	want := []twin.Fault{
		{ID: "fault-1", Operation: "A", Error: "Throttled", Count: 1},
		{ID: "fault-2", Step: org.StepReserve, Failure: "2001", Count: 1},
		{ID: "fault-3", Operation: "*", Error: "UnitMissing", Count: 1},
	}
	if d := cmp.Diff(want, f.List()); d != "" {
		t.Error(d)
	}
	if err := f.Remove("fault-1"); err != nil {
		t.Error(err)
	}
	if err := f.Remove("fault-1"); org.ReasonOf(err) != org.ResourceMissing {
		t.Errorf("removed twice: %v", err)
	}
	if org.ReasonOf(f.Operation("x", "A")) != org.UnitMissing {
		t.Error("a removed fault strikes")
	}
	f.Clear()
	if len(f.List()) != 0 || f.AnyStep() || f.Step(org.StepReserve, org.AWS) != nil {
		t.Error("cleared faults are still there")
	}
	if made, err := f.Add(twin.Fault{Failure: "2001"}); err != nil || made.ID != "fault-4" {
		t.Errorf("after clearing: %+v, %v; ids are not used twice", made, err)
	}
}

func TestNoFaultsNeverStrike(t *testing.T) {
	t.Parallel()
	var f *twin.Faults
	if f.Operation("a", "b") != nil || f.Step(org.StepToken, org.AWS) != nil || f.AnyStep() || len(f.List()) != 0 {
		t.Error("a nil *Faults faults")
	}
	f.Clear()
}
