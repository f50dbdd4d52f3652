package huawei_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/organizations/v1/model"

	"github.com/polity-cloud/polity/conformance/harness"
)

func (h *house) tag(resource string, tags ...model.TagDto) error {
	_, err := h.TagResource(&model.TagResourceRequest{ResourceId: resource, Body: &model.TagResourceReqBody{Tags: tags}})
	return err
}

func (h *house) tags(t *testing.T, resource string) map[string]string {
	t.Helper()
	out := harness.Try(h.ListTagsForResource(&model.ListTagsForResourceRequest{ResourceId: resource})).Or(t)
	got := map[string]string{}
	for _, tag := range *out.Tags {
		got[tag.Key] = tag.Value
	}
	return got
}

func TestTagsComeAndGo(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		for _, resource := range []string{h.root, h.unit(t, h.root, "tagged"), h.key.Account} {
			harness.WantHuawei(t, h.tag(resource, model.TagDto{Key: "a", Value: "1"}, model.TagDto{Key: "b", Value: ""}), 0, "")
			harness.WantHuawei(t, h.tag(resource, model.TagDto{Key: "a", Value: "2"}), 0, "")
			if got, want := h.tags(t, resource), (map[string]string{"a": "2", "b": ""}); !maps.Equal(got, want) {
				t.Errorf("%s has the tags %v, want %v", resource, got, want)
			}
			harness.Try(h.UntagResource(&model.UntagResourceRequest{ResourceId: resource, Body: &model.UntagResourceReqBody{TagKeys: []string{"a", "never there"}}})).Or(t)
			if got, want := h.tags(t, resource), (map[string]string{"b": ""}); !maps.Equal(got, want) {
				t.Errorf("%s has the tags %v afterwards, want %v", resource, got, want)
			}
		}
	})
}

// The other family of calls names the resource's type in the path, with a colon that the SDK signs encoded.
func TestTagsByResourceType(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h := newHouse(t, s)
		unit := h.unit(t, h.root, "tagged")
		tags := []model.TagDto{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}}
		harness.Try(h.CreateTagResource(&model.CreateTagResourceRequest{
			ResourceType: model.GetCreateTagResourceRequestResourceTypeEnum().ORGANIZATIONSOUS, ResourceId: unit, Body: &model.TagResourceReqBody{Tags: tags},
		})).Or(t)
		listed := harness.Try(h.ListTagResources(&model.ListTagResourcesRequest{
			ResourceType: model.GetListTagResourcesRequestResourceTypeEnum().ORGANIZATIONSOUS, ResourceId: unit,
		})).Or(t)
		if len(*listed.Tags) != 2 {
			t.Errorf("the unit has the tags %v, want %v", *listed.Tags, tags)
		}
		harness.Try(h.DeleteTagResource(&model.DeleteTagResourceRequest{
			ResourceType: model.GetDeleteTagResourceRequestResourceTypeEnum().ORGANIZATIONSOUS, ResourceId: unit, Body: &model.TagResourceReqBody{Tags: tags[:1]},
		})).Or(t)
		if got, want := h.tags(t, unit), (map[string]string{"b": "2"}); !maps.Equal(got, want) {
			t.Errorf("the unit has the tags %v afterwards, want %v", got, want)
		}
		_, err := h.CreateTagResource(&model.CreateTagResourceRequest{
			ResourceType: model.GetCreateTagResourceRequestResourceTypeEnum().ORGANIZATIONSACCOUNTS, ResourceId: unit, Body: &model.TagResourceReqBody{Tags: tags},
		})
		if status, _ := harness.HuaweiError(err); status != 404 {
			t.Errorf("a unit that is tagged as an account ends with %d, want 404", status)
		}
	})
}

func TestTagsAreRefused(t *testing.T) {
	harness.EachEngine(t, func(t *testing.T, s *harness.Server) {
		h, other := newHouse(t, s), newHouse(t, s)
		var many []model.TagDto
		for i := range 21 {
			many = append(many, model.TagDto{Key: fmt.Sprint("key-", i)})
		}
		for name, c := range map[string]struct {
			resource string
			tags     []model.TagDto
			status   int
		}{
			"21 tags":                          {h.root, many, 400},
			"no tag":                           {h.root, []model.TagDto{}, 400},
			"a unit that does not exist":       {"ou-00000000000000000000", many[:1], 404},
			"the root of another organization": {other.root, many[:1], 404},
		} {
			if status, code := harness.HuaweiError(h.tag(c.resource, c.tags...)); status != c.status || code == "" {
				t.Errorf("%s: TagResource ends with %d %s, want %d", name, status, code, c.status)
			}
		}
		harness.WantHuawei(t, h.tag(h.root, many[:20]...), 0, "")
		if status, _ := harness.HuaweiError(h.tag(h.root, many[20])); status != 400 {
			t.Errorf("a 21st tag ends with %d, want 400", status)
		}
	})
}
