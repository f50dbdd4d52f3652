package aws_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/polity-cloud/polity/conformance/harness"
)

// record is what these tests read of a CloudTrail record.
type record struct {
	EventID, EventName, EventType, SourceIPAddress, UserAgent, RequestID string
	RequestParameters, ResponseElements                                  map[string]any
}

// feed reads on from a place in the organization's events, and returns the place behind them.
func (h *house) feed(t *testing.T, after, limit string) (found []record, next string) {
	t.Helper()
	var out struct {
		Events []record
		Next   string
	}
	h.server.Native(t, "GET", "/_polity/events?"+url.Values{"organization": {h.id}, "after": {after}, "limit": {limit}}.Encode(), nil, &out)
	return out.Events, out.Next
}

func TestEventsTellOfCallsAsCloudTrailDoes(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		_, place := h.feed(t, "", "1000")
		unit := h.unit(t, h.root, "unit")
		found, place := h.feed(t, place, "1000")
		if len(found) != 1 {
			t.Fatalf("a call leaves %d records", len(found))
		}
		r := found[0]
		answered, _ := r.ResponseElements["organizationalUnit"].(map[string]any)
		if r.EventName != "CreateOrganizationalUnit" || r.EventType != "AwsApiCall" || r.RequestParameters["parentId"] != h.root || answered["id"] != unit {
			t.Errorf("the record of the call is %+v", r)
		}
		if r.SourceIPAddress != "127.0.0.1" || !strings.Contains(r.UserAgent, "aws-sdk-go") || r.RequestID == "" {
			t.Errorf("it comes from %s by %s as %s", r.SourceIPAddress, r.UserAgent, r.RequestID)
		}
		_, err := h.CreateOrganizationalUnit(t.Context(), &organizations.CreateOrganizationalUnitInput{ParentId: &h.root, Name: aws.String("unit")})
		harness.WantAWS(t, err, "DuplicateOrganizationalUnitException", "")
		if found, next := h.feed(t, place, "1000"); len(found) != 0 || next != place {
			t.Errorf("a call that fails leaves %v", found)
		}
	})
}

func TestEventsAreResumedWhileOthersWrite(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		const callers, each = 4, 8
		done := make(chan error, callers)
		for range callers {
			go func() {
				var err error
				for range each {
					if err == nil {
						_, err = h.TagResource(t.Context(), &organizations.TagResourceInput{ResourceId: &h.root, Tags: []types.Tag{tag("k", "v")}})
					}
				}
				done <- err
			}()
		}
		seen, place, running := map[string]bool{}, "", callers
		for {
			found, next := h.feed(t, place, "3")
			for _, r := range found {
				if seen[r.EventID] {
					t.Errorf("%s %s is told twice", r.EventName, r.EventID)
				}
				seen[r.EventID] = true
			}
			if next == place && running == 0 {
				break
			}
			place = next
			select {
			case err := <-done:
				harness.WantAWS(t, err, "", "")
				running--
			default:
			}
		}
		all, _ := h.feed(t, "", "1000")
		if len(seen) != len(all) || len(all) != 1+callers*each {
			t.Errorf("%d events were read, there are %d, want %d", len(seen), len(all), 1+callers*each)
		}
	})
}
