package hwiam

import (
	"context"
	"net/http"
)

// version is an entry of the list of versions. Golangsdk looks for the id and for one of a few states.
type version struct {
	ID      string        `json:"id"`
	Status  string        `json:"status"`
	Updated string        `json:"updated"`
	Links   []versionLink `json:"links"`
}

type versionLink struct {
	Rel  string `json:"rel"`
	Href string `json:"href"`
}

type versions struct {
	Versions struct {
		Values []version `json:"values"`
	} `json:"versions"`
}

func v3(r *request) version {
	return version{ID: "v3.0", Status: "stable", Updated: "2013-03-06T00:00:00Z", Links: []versionLink{{"self", base(r) + "/v3/"}}}
}

// base is where the client found us.
func base(r *request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// listVersions answers 300, as the list of choices that it is (IAM, KeystoneListVersions).
func (a *api) listVersions(_ context.Context, r *request) (answer, error) {
	var out versions
	out.Versions.Values = []version{v3(r)}
	return answer{status: http.StatusMultipleChoices, body: out}, nil
}

func (a *api) showVersion(_ context.Context, r *request) (answer, error) {
	return answer{status: http.StatusOK, body: struct {
		Version version `json:"version"`
	}{v3(r)}}, nil
}
