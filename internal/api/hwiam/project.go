package hwiam

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"

	"github.com/polity-cloud/polity/internal/identity"
	"github.com/polity-cloud/polity/internal/org"
)

type project struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	DomainID    org.AccountID `json:"domain_id"`
	ParentID    org.AccountID `json:"parent_id"`
	IsDomain    bool          `json:"is_domain"`
	Enabled     bool          `json:"enabled"`
	Description string        `json:"description"`
	Links       self          `json:"links"`
}

type projects struct {
	Projects []project `json:"projects"`
	Links    links     `json:"links"`
}

// regionName is how a region may be called. Any such name has a project; the clouds add regions faster than servers are upgraded.
var regionName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// projectID derives the id of an account's project in a region.
func projectID(a org.AccountID, region string) string {
	sum := sha256.Sum256([]byte("project\x00" + string(a) + "\x00" + region))
	return hex.EncodeToString(sum[:16])
}

// listProjects answers the project of the region that is asked for by name, or of the usual region.
func (a *api) listProjects(ctx context.Context, r *request) (answer, error) {
	account, query := identity.Caller(ctx).AccountID, r.URL.Query()
	out := projects{Projects: []project{}, Links: linksOf(r)}
	region := query.Get("name")
	if region == "" {
		region = a.Region
	}
	of := query.Get("domain_id")
	if regionName.MatchString(region) && (of == "" || of == string(account)) {
		id := projectID(account, region)
		out.Projects = []project{{
			ID: id, Name: region, DomainID: account, ParentID: account, Enabled: true, Links: self{base(r) + "/v3/projects/" + id},
		}}
	}
	return answer{status: http.StatusOK, body: out}, nil
}

// regionOf returns the region of an account's project, if it is one of the known regions.
func (a *api) regionOf(account org.AccountID, id string) (string, bool) {
	for _, r := range append([]string{a.Region}, regions...) {
		if projectID(account, r) == id {
			return r, true
		}
	}
	return "", false
}
