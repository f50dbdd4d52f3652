package awsorg

import (
	"strings"
	"testing"
)

func TestUnitsAreShownWithTheirPath(t *testing.T) {
	t.Parallel()
	h := managed(t)
	top := h.unit(h.r, "Prod")
	made := h.do("CreateOrganizationalUnit", payer, `{"ParentId":"`+top+`","Name":"Web","Tags":[{"Key":"k","Value":"v"}]}`)
	id := h.find(made, "OrganizationalUnit", "Id").(string)
	want := strings.NewReplacer("{u}", id, "{t}", top).Replace(`{"Id":"{u}","Arn":"arn:aws:organizations::210987654321:ou/{o}/{u}","Name":"Web","Path":"{o}/{r}/{t}/{u}/"}`)
	h.answers("DescribeOrganizationalUnit", payer, object("OrganizationalUnitId", id), `{"OrganizationalUnit":`+want+`}`)
	h.answers("ListOrganizationalUnitsForParent", payer, object("ParentId", top), `{"OrganizationalUnits":[`+want+`]}`)
	h.answers("ListOrganizationalUnitsForParent", payer, object("ParentId", id), `{"OrganizationalUnits":[]}`)
	h.answers("ListTagsForResource", payer, object("ResourceId", id), `{"Tags":[{"Key":"k","Value":"v"}]}`)
	if got := h.find(made, "OrganizationalUnit", "Path"); got != h.names.Replace("{o}/{r}/")+top+"/"+id+"/" {
		t.Error(got)
	}
}

func TestWhatUnitOperationsRefuse(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.unit(h.r, "Prod")
	deep, none := h.r, "ou-none-12345678"
	for range 5 {
		deep = h.unit(deep, "deeper")
	}
	for _, c := range []struct{ says, operation, body, code, reason string }{
		{"nothing", "CreateOrganizationalUnit", `{}`, "InvalidInputException", "INPUT_REQUIRED"},
		{"no name", "CreateOrganizationalUnit", object("ParentId", h.r, "Name", ""), "InvalidInputException", "MIN_LENGTH_EXCEEDED"},
		{"a long name", "CreateOrganizationalUnit", object("ParentId", h.r, "Name", strings.Repeat("x", 129)), "InvalidInputException", "MAX_LENGTH_EXCEEDED"},
		{"a parent that is none", "CreateOrganizationalUnit", object("ParentId", "root", "Name", "x"), "InvalidInputException", "INVALID_PATTERN"},
		{"a parent that is not there", "CreateOrganizationalUnit", object("ParentId", none, "Name", "x"), "ParentNotFoundException", ""},
		{"a sibling's name", "CreateOrganizationalUnit", object("ParentId", h.r, "Name", "Prod"), "DuplicateOrganizationalUnitException", ""},
		{"a sixth level", "CreateOrganizationalUnit", object("ParentId", deep, "Name", "x"), "ConstraintViolationException", "OU_DEPTH_LIMIT_EXCEEDED"},
		{"a bad tag", "CreateOrganizationalUnit", `{"ParentId":"` + h.r + `","Name":"x","Tags":[{"Key":"aws:x","Value":""}]}`, "InvalidInputException", "INVALID_SYSTEM_TAGS_PARAMETER"},
		{"a unit that is not there", "DescribeOrganizationalUnit", object("OrganizationalUnitId", none), "OrganizationalUnitNotFoundException", ""},
		{"the root", "DescribeOrganizationalUnit", object("OrganizationalUnitId", h.r), "InvalidInputException", "INVALID_PATTERN"},
		{"a parent that is not there", "ListOrganizationalUnitsForParent", object("ParentId", none), "ParentNotFoundException", ""},
	} {
		h.refuses(c.says, c.operation, payer, c.body, c.code, c.reason)
	}
	h.do("CreateOrganizationalUnit", payer, object("ParentId", h.r, "Name", "prod"))
}
