package landing

import (
	"slices"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
)

// HomeRegions are the regions that have the service (the vendor's Go SDK of 2026-03).
var HomeRegions = []string{
	"cn-north-4", "cn-east-3", "cn-south-1", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5",
	"af-south-1", "la-south-2", "la-north-2", "sa-brazil-1", "me-east-1", "tr-west-1",
}

// chineseSite reports whether a zone is on the cloud's Chinese site, where accounts are made with a phone number; elsewhere it is an
// address.
func (s *Setup) chineseSite() bool { return strings.HasPrefix(s.HomeRegion, "cn-") }

// checkRegions returns HomeRegionWrong for a home that does not have the service or is not governed, and InputMalformed for a region
// that stands twice.
func (s *Setup) checkRegions() error {
	if !slices.Contains(HomeRegions, s.HomeRegion) {
		return org.Errorf(org.HomeRegionWrong, "a landing zone cannot be at home in the region %q", s.HomeRegion)
	}
	seen, home := map[string]bool{}, false
	for _, r := range s.Regions {
		if seen[r.Name] {
			return org.Errorf(org.InputMalformed, "the region %q appears twice", r.Name)
		}
		seen[r.Name] = true
		home = home || r.Enabled && r.Name == s.HomeRegion
	}
	if !home {
		return org.Errorf(org.HomeRegionWrong, "the home region %s is not among the enabled regions", s.HomeRegion)
	}
	return nil
}
