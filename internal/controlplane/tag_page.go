package controlplane

import (
	"context"
	"strconv"
	"strings"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/store"
)

// Tags is a page of tags. Next is empty on the last one.
type Tags struct {
	Tags []org.Tag
	Next string
}

// PageTags is ListTags, a page at a time.
func (p *Plane) PageTags(ctx context.Context, c org.Caller, id org.Resource, page org.Page, kinds ...EntityKind) (Tags, error) {
	return view(ctx, p, func(r store.Reader) (Tags, error) {
		o, page, err := p.authorizeList(ctx, r, c, managementOrDelegate, "organizations:ListTagsForResource", page, onAny(string(id)))
		if err != nil {
			return Tags{}, err
		}
		if err := taggable(ctx, r, o, id, kinds); err != nil {
			return Tags{}, err
		}
		found, err := r.Tags(ctx, o.ID, id)
		if err != nil {
			return Tags{}, err
		}
		found, next := cutTags(found, page)
		return Tags{Tags: found, Next: cursor(o, next)}, nil
	})
}

// cutTags returns the page's part of a resource's tags, which are in the order of their keys, and the cursor of the next page. A cursor holds as much
// of the last key as there is room for, behind the number of tags so far that share this beginning.
func cutTags(tags []org.Tag, p org.Page) ([]org.Tag, string) {
	seen, last, _ := strings.Cut(p.After, ":")
	skip, _ := strconv.Atoi(seen)
	start := 0
	for ; start < len(tags); start++ {
		b := beginning(tags[start].Key)
		if p.After == "" || b > last || b == last && skip == 0 {
			break
		}
		if b == last {
			skip--
		}
	}
	rest := tags[start:]
	if len(rest) <= p.Limit {
		return rest, ""
	}
	end := beginning(rest[p.Limit-1].Key)
	same := 0
	for _, t := range tags[:start+p.Limit] {
		if beginning(t.Key) == end {
			same++
		}
	}
	return rest[:p.Limit], strconv.Itoa(same) + ":" + end
}

// keyRoom is how many bytes of a key stand in a cursor. With the organization's id before them they fit into a marker of 400 characters, which is all that
// Huawei Cloud allows (pagetoken.Sealer.Seal).
const keyRoom = 216

func beginning(key string) string { return key[:min(len(key), keyRoom)] }
