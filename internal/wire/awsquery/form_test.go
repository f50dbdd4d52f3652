package awsquery_test

import (
	"encoding/xml"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

func parse(t testing.TB, query string) *awsquery.Form {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	f, err := awsquery.ParseForm(values)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFormReadsListsInTheOrderOfTheirNumbers(t *testing.T) {
	t.Parallel()
	f := parse(t, "Tags.member.10.Key=ten&Tags.member.2.Key=two&Tags.member.1.Key=one&Tags.member.1.Value=&Keys.member.2=b&Keys.member.1=a&Empty=&Keys.member.x=no&Keys.member.0=no")
	var keys []string
	for _, tag := range f.Structs("Tags") {
		keys = append(keys, tag.String("Key", awsquery.Text{Required: true}))
	}
	if want := []string{"one", "two", "ten"}; !reflect.DeepEqual(keys, want) {
		t.Errorf("tags %q, want %q", keys, want)
	}
	if got := f.Strings("Keys", awsquery.Text{}); !reflect.DeepEqual(got, []string{"a", "b"}) {
		t.Errorf("keys %q", got)
	}
	if f.Structs("Empty") != nil || !f.Has("Empty") || f.Has("Absent") {
		t.Error("an empty list is there and has no elements")
	}
	if got := parse(t, "A.B.C=1").Struct("A").Struct("B").Int("C", awsquery.Number{}); got != 1 {
		t.Errorf("nested member %d", got)
	}
	if err := f.Err(); err != nil {
		t.Error(err)
	}
}

func TestFormCollectsWhatIsWrong(t *testing.T) {
	t.Parallel()
	digits := regexp.MustCompile(`^\d{6}$`)
	for _, tt := range []struct {
		name, query string
		read        func(*awsquery.Form)
		want        string
	}{
		{"too short", "RoleArn=x", func(f *awsquery.Form) { f.String("RoleArn", awsquery.Text{Min: 20}) },
			"1 validation error detected: Value 'x' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20"},
		{"an empty value is present", "RoleArn=", func(f *awsquery.Form) { f.String("RoleArn", awsquery.Text{Required: true, Min: 20}) }, "greater than or equal to 20"},
		{"too long in characters, not in bytes", "N=äöü", func(f *awsquery.Form) { f.String("N", awsquery.Text{Max: 2}) }, "less than or equal to 2"},
		{"characters within the bound", "N=äöü", func(f *awsquery.Form) { f.String("N", awsquery.Text{Max: 3}) }, ""},
		{"a pattern", "TokenCode=12x456", func(f *awsquery.Form) { f.String("TokenCode", awsquery.Text{Pattern: digits}) }, `regular expression pattern: ^\d{6}$`},
		{"an enum", "Status=On", func(f *awsquery.Form) { f.String("Status", awsquery.Text{Enum: []string{"Active", "Inactive"}}) }, "[Active, Inactive]"},
		{"a secret is not repeated", "Token=hunter2", func(f *awsquery.Form) { f.String("Token", awsquery.Text{Min: 20, Secret: true}) }, "Value '***' at 'token'"},
		{"below the smallest number", "D=899", func(f *awsquery.Form) { f.Int("D", awsquery.Number{Min: 900, Max: 43200}) }, "greater than or equal to 900"},
		{"above the largest number", "D=43201", func(f *awsquery.Form) { f.Int("D", awsquery.Number{Min: 900, Max: 43200}) }, "less than or equal to 43200"},
		{"no number", "D=1h", func(f *awsquery.Form) { f.Int("D", awsquery.Number{}) }, "integer"},
		{"a missing number", "", func(f *awsquery.Form) { f.Int("D", awsquery.Number{Required: true}) }, "Value null at 'd'"},
		{"no boolean", "B=yes", func(f *awsquery.Form) { f.Bool("B") }, "boolean"},
		{"an element is named by its place", "Tags.member.1.Value=v", func(f *awsquery.Form) {
			f.Structs("Tags")[0].String("Key", awsquery.Text{Required: true})
		}, "at 'tags.1.member.key'"},
		{"an element of a list of strings", "K.member.1=a", func(f *awsquery.Form) { f.Strings("K", awsquery.Text{Min: 2}) }, "at 'k.1.member'"},
		{"a constraint of the caller's own", "A=1", func(f *awsquery.Form) { f.Refuse("A", "Member must be odd and even") }, "odd and even"},
		{"two faults in one answer", "", func(f *awsquery.Form) {
			f.String("A", awsquery.Text{Required: true})
			f.String("B", awsquery.Text{Required: true})
		}, "2 validation errors detected: Value null at 'a'"},
		{"defaults are no faults", "B=true", func(f *awsquery.Form) {
			if f.Int("D", awsquery.Number{Default: 7}) != 7 || !f.Bool("B") || f.Bool("C") {
				f.Refuse("D", "wrong value")
			}
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := parse(t, tt.query)
			tt.read(f)
			err := f.Err()
			if tt.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || !strings.HasPrefix(err.Error(), "ValidationError: ") || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestFormKeepsItsMessageShort(t *testing.T) {
	t.Parallel()
	f := parse(t, "A="+strings.Repeat("ä", 5000))
	for range 1000 {
		f.String("A", awsquery.Text{Max: 1})
	}
	if n := len(f.Err().Error()); n > 5000 {
		t.Fatalf("message of %d bytes", n)
	}
}

func TestFormRefusesNamesThatNestBeyondReason(t *testing.T) {
	t.Parallel()
	f, err := awsquery.ParseForm(url.Values{strings.Repeat("a.", 1000): {"x"}})
	if err == nil || f == nil {
		t.Fatalf("got %v, %v", f, err)
	}
}

func TestResultsAreWrittenAsTheProtocolSays(t *testing.T) {
	t.Parallel()
	type user struct {
		Name string `xml:"UserName"`
		Made awsquery.Time
		Used awsquery.Time
	}
	type page struct {
		Users       awsquery.List[user]
		Groups      awsquery.List[string]
		IsTruncated bool
	}
	at := time.Date(2026, 1, 15, 9, 30, 0, 5, time.FixedZone("", 3600))
	got, err := xml.Marshal(page{Users: awsquery.List[user]{Member: []user{{Name: "a", Made: awsquery.Time(at)}}}})
	if err != nil {
		t.Fatal(err)
	}
	want := `<page><Users><member><UserName>a</UserName><Made>2026-01-15T08:30:00Z</Made></member></Users><Groups></Groups><IsTruncated>false</IsTruncated></page>`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := awsquery.Document(`{"A": "*~+ä"}`); got != "%7B%22A%22%3A%20%22%2A~%2B%C3%A4%22%7D" {
		t.Errorf("document %s", got)
	}
}

func FuzzForm(f *testing.F) {
	f.Add("Action=AssumeRole&Tags.member.1.Key=k&Tags.member.1.Value=v&DurationSeconds=900")
	f.Add("A.member.99999999999999999999=x&A.member=y&.=1&A.member.1.member.1=2")
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		form, err := awsquery.ParseForm(values)
		if form == nil {
			t.Fatal("no form")
		}
		if err != nil {
			return
		}
		for name := range values {
			top, _, _ := strings.Cut(name, ".")
			if !form.Has(top) {
				t.Fatalf("%q got lost", name)
			}
			if top == "" {
				continue
			}
			form.String(top, awsquery.Text{Min: 1, Max: 5})
			form.Int(top, awsquery.Number{Min: 3})
			form.Strings(top, awsquery.Text{Min: 2})
			for _, e := range form.Structs(top) {
				e.Bool("Key")
			}
		}
		_ = form.Err()
	})
}
