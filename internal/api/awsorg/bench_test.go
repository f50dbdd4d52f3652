package awsorg

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/go-faster/jx"
)

func samplePage() *ListAccountsResponse {
	out := &ListAccountsResponse{NextToken: "AAAAexample"}
	for i := range 20 {
		id := fmt.Sprintf("%012d", i)
		out.Accounts = append(out.Accounts, Account{
			ARN: "arn:aws:organizations::210987654321:account/o-b7k2m9q4zx/" + id, Email: "build@corp.example", ID: id, JoinedMethod: AccountJoinedMethodCreated,
			JoinedTimestamp: time.UnixMilli(1767225641000), Name: "build", State: AccountStateActive, Status: AccountStatusActive,
			Paths: []string{"o-b7k2m9q4zx/r-q8w1/ou-q8w1-3n5p7r9t/" + id + "/"},
		})
	}
	return out
}

func BenchmarkAppendListAccountsPage(b *testing.B) {
	out, buf := samplePage(), []byte(nil)
	b.ReportAllocs()
	for b.Loop() {
		buf = out.Append(buf[:0])
	}
	b.SetBytes(int64(len(buf)))
}

// BenchmarkMarshalListAccountsPage is what encoding/json needs for the same page, for comparison.
func BenchmarkMarshalListAccountsPage(b *testing.B) {
	out := samplePage()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(out); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeAndValidateCreateAccount(b *testing.B) {
	text := []byte(`{"AccountName":"build","Email":"build@corp.example","RoleName":"Admin","Tags":[{"Key":"team","Value":"blue"}]}`)
	d := jx.DecodeBytes(nil)
	b.ReportAllocs()
	for b.Loop() {
		d.ResetBytes(text)
		var in CreateAccountRequest
		if err := in.Decode(d); err != nil {
			b.Fatal(err)
		}
		if v := in.Validate(); v != nil {
			b.Fatal(v)
		}
	}
}
