package sqlstore

import (
	"encoding/base64"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/org/landing"
)

// TestStoredFormStands fails when a Go field is renamed whose name is in databases already. Such a change needs a migration.
func TestStoredFormStands(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value any
		want  string
	}{
		{org.AccountRequest{Tags: []org.Tag{{}}}, `{"Name":"","Email":"","Phone":"","Description":"","RoleName":"","DenyBilling":false,"Resource":false,"Tags":[{"Key":"","Value":""}],"Paired":false}`},
		{org.Caller{}, `{"Partition":"","AccountID":"","PrincipalID":"","Kind":"","Name":"","Path":"","Session":"","Temporary":false,"Admin":false}`},
		{org.DryRunRecord{Denials: []org.TriedDenial{{}}}, `{"OrganizationID":"","Number":0,"ID":"","At":"0001-01-01T00:00:00Z","RequestID":"","By":{"Partition":"","AccountID":"","PrincipalID":"","Kind":"","Name":"","Path":"","Session":"","Temporary":false,"Admin":false},"Action":"","Resources":null,"Denials":[{"PolicyID":"","Statement":"","TargetID":""}],"Bucket":"","Region":"","Object":""}`},
		{org.Sender{}, `{"OrganizationID":"","ManagementID":"","Email":"","Name":"","FeatureSet":""}`},
		{org.Side{}, `{"OrganizationID":"","ManagementID":"","Email":""}`},
		{[]landing.Progress{{}}, `[{"Name":"","Status":""}]`},
		{[]landing.Region{{}}, `[{"Name":"","Enabled":false}]`},
		{landing.Blueprint{}, `{"ProductID":"","Version":"","Variables":"","MultiAccount":false,"Status":""}`},
		{landing.Structure{Accounts: []landing.CoreAccount{}}, `{"Core":false,"UnitName":"","Accounts":[]}`},
		{landing.CoreAccount{}, `{"Type":"","Name":"","AccountID":"","CreationID":"","Email":"","Phone":""}`},
		{landing.Logging{}, `{"BucketName":"","Bucket":{"RetentionDays":0,"MultiZone":false},"AccessBucket":{"RetentionDays":0,"MultiZone":false}}`},
	} {
		if got := encode(c.value); got != c.want {
			t.Errorf("%T\n got %s\nwant %s", c.value, got, c.want)
		}
	}
	for value, names := range map[string]string{
		encode(landing.Setup{}):          "HomeRegion Regions Structure NonStandard IdentityCenter IdentityStoreEmail DenyUngovernedRegion CloudTrail KMSKeyID Logging BaselineVersion",
		encode(landing.AccountRequest{}): "Name Email Phone UnitName IdentityUser IdentityEmail Blueprint CreationID",
	} {
		for name := range strings.FieldsSeq(names) {
			if !strings.Contains(value, `"`+name+`":`) {
				t.Errorf("%s is gone from %s", name, value)
			}
		}
	}
}

func TestACursorNamesItsPlace(t *testing.T) {
	t.Parallel()
	for _, p := range []place{{0, ""}, {math.MaxInt64, "z"}, {math.MinInt64, "with space \n é"}, {micros(time.Time{}), "id"}} {
		if got, err := placeOf(p.cursor(), beforeAll); err != nil || got != p {
			t.Errorf("%+v became %+v: %v", p, got, err)
		}
	}
	if got, err := placeOf("", afterAll); err != nil || got != afterAll {
		t.Errorf("%+v: %v", got, err)
	}
}

func FuzzACursorIsReadOrRefused(f *testing.F) {
	f.Add(place{5, "id"}.cursor())
	f.Add(base64.RawURLEncoding.EncodeToString([]byte("zz")))
	f.Fuzz(func(t *testing.T, cursor string) {
		p, err := placeOf(cursor, beforeAll)
		if err != nil {
			if org.ReasonOf(err) != org.PageTokenInvalid {
				t.Error(err)
			}
			return
		}
		if again, err := placeOf(p.cursor(), beforeAll); err != nil || again != p {
			t.Errorf("%q: %+v, then %+v: %v", cursor, p, again, err)
		}
	})
}

func TestAPageAsksForOneMore(t *testing.T) {
	t.Parallel()
	for limit, want := range map[int]int32{-1: 2, 0: 2, 1: 2, 20: 21, math.MaxInt: math.MaxInt32} {
		if got := ask(org.Page{Limit: limit}); got != want {
			t.Errorf("limit %d asks for %d", limit, got)
		}
	}
}
