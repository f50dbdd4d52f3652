package server

import (
	"os"

	"github.com/polity-cloud/polity/internal/org"
)

// What organizations may trust, beside a file that says so.
const (
	KnownServices = "known" // the services of the built-in catalogs
	AnyService    = "any"   // whatever is spelled like a service
)

// catalogs returns what the configured file says, or the built-in catalogs.
func (c *Config) catalogs() (org.Catalogs, error) {
	if c.Services == "" || c.Services == KnownServices || c.Services == AnyService {
		return org.Catalogs{}, nil
	}
	text, err := os.ReadFile(c.Services)
	if err != nil {
		return org.Catalogs{}, err
	}
	return org.ReadCatalogs(text)
}
