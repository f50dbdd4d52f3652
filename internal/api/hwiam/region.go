package hwiam

import (
	"context"
	"net/http"
	"slices"
)

// regions are the public regions ("Regions and Endpoints"), for lists and for finding the region of a project.
var regions = []string{
	"af-north-1", "af-south-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "cn-east-2", "cn-east-3", "cn-east-4",
	"cn-east-5", "cn-north-1", "cn-north-2", "cn-north-4", "cn-north-9", "cn-south-1", "cn-south-2", "cn-southwest-2", "eu-west-101",
	"la-north-2", "la-south-2", "me-east-1", "my-kualalumpur-1", "na-mexico-1", "ru-moscow-1", "sa-brazil-1", "tr-west-1",
}

type region struct {
	ID             string            `json:"id"`
	Type           string            `json:"type"`
	Locales        map[string]string `json:"locales"`
	Description    string            `json:"description"`
	ParentRegionID *string           `json:"parent_region_id"`
	Links          self              `json:"links"`
}

type regionList struct {
	Regions []region `json:"regions"`
	Links   links    `json:"links"`
}

// listRegions lists the public regions and the one that this server is in. Their names in the two languages are their ids.
func (a *api) listRegions(_ context.Context, r *request) (answer, error) {
	ids := slices.Clone(regions)
	if !slices.Contains(ids, a.Region) {
		ids = append(ids, a.Region)
	}
	out := regionList{Links: linksOf(r)}
	for _, id := range ids {
		out.Regions = append(out.Regions, region{
			ID: id, Type: "public", Locales: map[string]string{"zh-cn": id, "en-us": id}, Links: self{base(r) + "/v3/regions/" + id},
		})
	}
	return answer{status: http.StatusOK, body: out}, nil
}
