package controlplane

import (
	"context"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// authorizeList is authorize for a page of one of the organization's lists. Its cursors, which cursor makes, open that organization's list alone: an account may
// belong to another one by the time it goes on. It returns the page with the place in the list, and fails with PageTokenInvalid for any other cursor.
func (p *Plane) authorizeList(
	ctx context.Context, r store.Reader, c org.Caller, w who, action string, page org.Page, about ...aspect,
) (org.Organization, org.Page, error) {
	o, err := p.authorize(ctx, r, c, w, action, about...)
	if err != nil {
		return org.Organization{}, org.Page{}, err
	}
	page, err = within(o, page)
	return o, page, err
}

// within reads the cursor of a page of an organization's list.
func within(o org.Organization, page org.Page) (org.Page, error) {
	if page.After == "" {
		return page, nil
	}
	place, own := strings.CutPrefix(page.After, string(o.ID)+"/")
	if !own || place == "" {
		return org.Page{}, org.Errorf(org.PageTokenInvalid, "the page token is of another list")
	}
	page.After = place
	return page, nil
}

// cursor makes a place in an organization's list the cursor of the next page. There is none at the end.
func cursor(o org.Organization, place string) string {
	if place == "" {
		return ""
	}
	return string(o.ID) + "/" + place
}
