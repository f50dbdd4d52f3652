package native

import (
	"net/http"
	"strconv"
	"time"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

// DryRunRecord is the record of a call that policies which are only tried out would have denied, as the feed shows it and as the object in its bucket
// holds it.
type DryRunRecord struct {
	ID             string          `json:"id"`
	Time           string          `json:"time"`
	RequestID      string          `json:"request_id"`
	OrganizationID string          `json:"organization_id"`
	AccountID      string          `json:"account_id"`
	PrincipalURN   string          `json:"principal_urn"`
	PrincipalID    string          `json:"principal_id"`
	Action         string          `json:"action"`
	Resources      []string        `json:"resources"`
	DeniedBy       []DryRunDenial  `json:"denied_by"`
	Destination    DryRunRecordKey `json:"destination"`
}

// DryRunDenial is one policy that would have denied the call, and where it is attached.
type DryRunDenial struct {
	PolicyID  string `json:"policy_id"`
	Statement string `json:"statement,omitempty"`
	EntityID  string `json:"entity_id"`
}

// DryRunRecordKey is where the configuration of its time wants a record.
type DryRunRecordKey struct {
	Bucket string `json:"bucket_name"`
	Region string `json:"region_id,omitempty"`
	Object string `json:"object"`
}

// ShowDryRunRecord writes a record in the words of this API.
func ShowDryRunRecord(r org.DryRunRecord) DryRunRecord {
	out := DryRunRecord{
		ID: r.ID, Time: r.At.UTC().Format(time.RFC3339Nano), RequestID: r.RequestID, OrganizationID: string(r.OrganizationID),
		AccountID: string(r.By.AccountID), PrincipalURN: identity.Name(r.By), PrincipalID: identity.UserID(r.By), Action: r.Action, Resources: r.Resources,
		DeniedBy: []DryRunDenial{}, Destination: DryRunRecordKey{r.Bucket, r.Region, r.Object},
	}
	for _, d := range r.Denials {
		out.DeniedBy = append(out.DeniedBy, DryRunDenial{string(d.PolicyID), d.Statement, d.TargetID})
	}
	return out
}

// dryRunRecords lists the records of one organization after a place, oldest first. Its next is as that of events.
func (a *api) dryRunRecords(r *http.Request) (any, error) {
	q := r.URL.Query()
	id, limit, err := feedOf(q)
	if err != nil {
		return nil, err
	}
	var after int64
	if text := q.Get("after"); text != "" {
		if after, err = strconv.ParseInt(text, 10, 64); err != nil {
			return nil, org.Errorf(org.PageTokenInvalid, "%q is no place in the feed", text)
		}
	}
	found, err := a.Plane.ListDryRunRecords(r.Context(), id, after, limit)
	if err != nil {
		return nil, err
	}
	records, next := []DryRunRecord{}, q.Get("after")
	for _, f := range found {
		records, next = append(records, ShowDryRunRecord(f)), strconv.FormatInt(f.Number, 10)
	}
	return map[string]any{"records": records, "next": next}, nil
}
