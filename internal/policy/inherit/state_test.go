package inherit

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestAccountsWithoutPoliciesShareTheMerge(t *testing.T) {
	t.Parallel()
	daily := mustParse(t, Backup, document(t, []byte(`"daily"`)))
	unit := Begin(Backup).Extend(Node{ID: "r", Policies: []Attached{{ID: "p", Policy: daily}}}).Extend(Node{ID: "ou"})
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			id := fmt.Sprintf("%012d", i)
			s := unit.Extend(Node{ID: id})
			if s.merged != unit.merged {
				t.Error("the merge was done again")
			}
			if content := s.Effective().Content; !strings.Contains(content, "arn:aws:iam::"+id+":role/Backup") || strings.Contains(content, "$account") {
				t.Error(content)
			}
		})
	}
	wait.Wait()
}

func TestANodeMayCarryPoliciesOfOtherTypes(t *testing.T) {
	t.Parallel()
	s3 := mustParse(t, S3, `{"s3_attributes":{"public_access_block_configuration":{"@@assign":"all"}}}`)
	tag := mustParse(t, Tag, `{"tags":{"team":{"tag_key":{"@@assign":"Team"}}}}`)
	path := []Node{{ID: "r", Policies: []Attached{{ID: "a", Policy: s3}, {ID: "b", Policy: tag}, {ID: "c"}}}}
	if e, _ := Merge(Tag, path); e.Content != `{"tags":{"team":{"tag_key":"Team"}}}` {
		t.Error(e)
	}
	if e, _ := Merge(Backup, path); e.Exists {
		t.Error(e)
	}
}

func TestSiblingsDoNotWriteIntoTheListTheyInherit(t *testing.T) {
	t.Parallel()
	appending := func(items string) []Attached {
		text := `{"tags":{"team":{"tag_value":{"@@append":[` + items + `]}}}}`
		return []Attached{{ID: "p", Policy: mustParse(t, Tag, text)}}
	}
	// Lists grow by doubling, so that one of five items has room to spare.
	unit := Begin(Tag).Extend(Node{Policies: appending(`"1","2","3","4"`)}).Extend(Node{Policies: appending(`"5"`)})
	left, right := unit.Extend(Node{Policies: appending(`"left"`)}), unit.Extend(Node{Policies: appending(`"right"`)})
	for s, last := range map[State]string{left: "left", right: "right"} {
		if want := `{"tags":{"team":{"tag_value":["1","2","3","4","5","` + last + `"]}}}`; s.Effective().Content != want {
			t.Error(s.Effective().Content)
		}
	}
}

func TestARoleIsWrittenAsJSON(t *testing.T) {
	t.Parallel()
	const text = `{"plans":{"P":{"selections":{"tags":{"s":{"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/\"quoted\""}}}}}}}`
	e, _ := Merge(Backup, []Node{{ID: account, Policies: []Attached{{ID: "p", Policy: mustParse(t, Backup, text)}}}})
	if want := `{"plans":{"P":{"selections":{"tags":{"s":{"iam_role_arn":"arn:aws:iam::111122223333:role/\"quoted\""}}}}}}`; e.Content != want {
		t.Error(e.Content)
	}
}

func TestTheIDOfTheLastNodeIsWrittenAsJSON(t *testing.T) {
	t.Parallel()
	daily := mustParse(t, Backup, document(t, []byte(`"daily"`)))
	e, _ := Merge(Backup, []Node{{ID: `a"b`, Policies: []Attached{{ID: "p", Policy: daily}}}})
	if !strings.Contains(e.Content, `arn:aws:iam::a\"b:role/Backup`) {
		t.Error(e.Content)
	}
}

// An organization of 10,000 accounts in 500 units, with ten tag policies at the root, one at every unit and none or one at an account.
func benchmark(b *testing.B, perAccount int) {
	var ten []Attached
	for i := range 10 {
		text := fmt.Sprintf(`{"tags":{"key-%[1]d":{"tag_key":{"@@assign":"Key-%[1]d"},"tag_value":{"@@assign":["a","b","c"]},
			"enforced_for":{"@@append":["ec2:instance"]}}}}`, i)
		ten = append(ten, Attached{ID: fmt.Sprint("p-", i), Order: int64(i), Policy: mustParse(b, Tag, text)})
	}
	one := []Attached{{ID: "p-own", Policy: mustParse(b, Tag, `{"tags":{"key-3":{"tag_value":{"@@append":["d"]}}}}`)}}
	b.ReportAllocs()
	for b.Loop() {
		root := Begin(Tag).Extend(Node{ID: "r", Policies: ten})
		for range 500 {
			unit := root.Extend(Node{ID: "ou", Policies: one})
			for range 20 {
				s := unit.Extend(Node{ID: account, Policies: one[:perAccount]})
				if !s.Effective().Exists || len(s.ValidationErrors()) > 0 {
					b.Fatal("no effective policy")
				}
			}
		}
	}
}

func BenchmarkTenThousandAccounts(b *testing.B)                       { benchmark(b, 0) }
func BenchmarkTenThousandAccountsWithPoliciesOfTheirOwn(b *testing.B) { benchmark(b, 1) }

func BenchmarkParse(b *testing.B) {
	text := document(b, []byte(`"locked"`))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		mustParse(b, Backup, text)
	}
}
