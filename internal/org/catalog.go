package org

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sync"
)

// A Catalog lists services of a partition: those that its organizations can trust, and those of whose resources tag policies are enforced.
type Catalog struct {
	Services          []ServiceRule      `json:"services"`
	TagPolicyServices []TagPolicyService `json:"tag_policy_services"`
}

// Catalogs are catalogs by their partitions. The zero Catalogs are the built-in ones, whose services are those of the AWS Organizations User Guide, "AWS
// services that you can use with AWS Organizations", and those that Huawei Cloud's pages name as integrated with Organizations.
type Catalogs struct{ of map[Partition]*Catalog }

//go:embed catalog.json
var builtInText []byte

var builtIn = sync.OnceValue(func() Catalogs {
	c, err := ReadCatalogs(builtInText)
	if err != nil {
		panic("org: " + err.Error()) // a constant
	}
	return c
})

// Of returns the catalog of a partition: its own, that of the partition whose it shares, or the built-in one.
func (c Catalogs) Of(r *Rules) *Catalog {
	for _, p := range []Partition{r.Partition, r.Catalog} {
		if own := c.of[p]; own != nil {
			return own
		}
	}
	return builtIn().of[r.Catalog]
}

// ReadCatalogs reads catalogs from JSON: an object whose members are named after partitions. It refuses members that it does not know, services without a name,
// and services that are named twice, in words that are for whoever wrote the text.
func ReadCatalogs(text []byte) (Catalogs, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	c := Catalogs{}
	if err := d.Decode(&c.of); err != nil {
		return Catalogs{}, fmt.Errorf("read the services: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return Catalogs{}, fmt.Errorf("read the services: something follows the object")
	}
	for p, own := range c.of {
		if rulebooks[p] == nil {
			return Catalogs{}, fmt.Errorf("there is no partition %q", p)
		}
		if own == nil {
			return Catalogs{}, fmt.Errorf("the partition %s has no services", p)
		}
		if err := own.check(); err != nil {
			return Catalogs{}, fmt.Errorf("services of the partition %s: %w", p, err)
		}
	}
	return c, nil
}

func (c *Catalog) check() error {
	var names, tagged []string
	for _, s := range c.Services {
		if s.Most < 0 || s.Most > 0 && !s.Delegates {
			return fmt.Errorf("%q cannot be administered by %d members", s.Principal, s.Most)
		}
		names = append(names, s.Principal)
	}
	for _, s := range c.TagPolicyServices {
		if len(s.Types) == 0 {
			return fmt.Errorf("%q has no types", s.Name)
		}
		tagged = append(tagged, s.Name)
	}
	for _, list := range [][]string{names, tagged} {
		slices.Sort(list)
		for i, n := range list {
			if n == "" {
				return fmt.Errorf("a service has no name")
			}
			if i > 0 && n == list[i-1] {
				return fmt.Errorf("%q is there twice", n)
			}
		}
	}
	return nil
}
