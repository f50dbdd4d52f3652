package harness

import (
	"slices"
	"strings"
	"testing"
)

func TestMain(m *testing.M) { Main(m) }

func TestLinesAreLearned(t *testing.T) {
	t.Parallel()
	var s Server
	for _, line := range []string{
		"first AWS credentials: AWS_ACCESS_KEY_ID=AKIA AWS_SECRET_ACCESS_KEY=a/+b account=012345678901",
		"first Huawei Cloud credentials: HUAWEICLOUD_SDK_AK=HPU HUAWEICLOUD_SDK_SK=c HUAWEICLOUD_SDK_DOMAIN_ID=0123",
		"operator token: POLITY_OPERATOR_TOKEN=t-_0",
		"polity is ready at http://127.0.0.1:1",
	} {
		if err := s.learn(line); err != nil {
			t.Error(err)
		}
	}
	want := []Key{{Partition: AWS, ID: "AKIA", Secret: "a/+b", Account: "012345678901"}, {Partition: Huawei, ID: "HPU", Secret: "c", Account: "0123"}}
	if !slices.Equal(s.First, want) || s.Token != "t-_0" {
		t.Errorf("the server has the keys %v and the token %q", s.First, s.Token)
	}
	if err := s.learn("first Azure credentials: none"); err == nil {
		t.Error("a line that nobody expects is passed over")
	}
}

func TestServerThatDoesNotStartSaysWhy(t *testing.T) {
	t.Parallel()
	_, err := start("sqlite", "serve", "--database", "sqlite:/nonexistent/folder/polity.db")
	if err == nil || !strings.Contains(err.Error(), "/nonexistent/folder") || !strings.Contains(err.Error(), "exit status 1") {
		t.Errorf("a database in no folder ends with: %v", err)
	}
}

func TestContractsGiveInputs(t *testing.T) {
	t.Parallel()
	c := ReadAWSContract(t)
	in := c.Input(t, "MoveAccount", map[string]any{"AccountId": "012345678901"}, nil)
	if in["AccountId"] != "012345678901" || in["SourceParentId"] == nil || in["DestinationParentId"] == nil || len(in) != 3 {
		t.Errorf("the smallest input of MoveAccount is %v", in)
	}
	for _, name := range c.Names() {
		c.Input(t, name, nil, 0)
	}
	for api, operation := range map[string]string{"hworg": "MoveAccount", "hwrgc": "CreateManagedOrganizationalUnit"} {
		c := ReadRESTContract(t, api)
		for _, op := range c.Operations {
			r := c.Request(t, op, map[string]any{"account_id": "a1", "parent_id": "r1"})
			if strings.Contains(r.Path, "{") {
				t.Errorf("the smallest request of %s goes to %s", op.Name, r.Path)
			}
			if body, _ := r.Body.(map[string]any); op.Name == operation && len(body) != 2 {
				t.Errorf("the smallest request of %s is %+v", op.Name, r)
			}
		}
	}
}
