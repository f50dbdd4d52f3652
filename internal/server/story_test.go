package server

import (
	"slices"
	"strings"
	"testing"
)

// A teller tells the steps of one story in the words of a cloud. Accounts, units and policies are known by the ids that the cloud gives them.
type teller interface {
	begin() (root string)
	unit(parent, name string) string
	rename(unit, name string)
	account(name string) string
	move(account, from, to string)
	tag(id, key, value string)
	untag(id, key string)
	enable(root string)
	policy(name string) string
	rewrite(policy string)
	attach(policy, target string)
	detach(policy, target string)
	trust(service string)
	delegate(account, service string)
	revoke(account, service string)
	invite(account string) string
	accept(account, handshake string)
	remove(account string)
	closing(account string)
	drop(unit string)
}

// tell lets an organization come into being, grow, change and shrink.
func tell(c teller, guest string) {
	root := c.begin()
	work := c.unit(root, "work")
	lab, gone := c.unit(work, "lab"), c.unit(root, "gone")
	builder, shop, closed := c.account("builder"), c.account("webshop"), c.account("retired")
	c.move(builder, root, work)
	c.move(builder, work, lab)
	c.rename(lab, "laboratory")
	c.tag(builder, "team", "blue")
	c.tag(builder, "stage", "test")
	c.untag(builder, "stage")
	c.tag(work, "owner", "ada")
	c.enable(root)
	guard, spare := c.policy("guard"), c.policy("spare")
	c.attach(guard, work)
	c.attach(guard, builder)
	c.attach(spare, root)
	c.rewrite(guard)
	c.detach(spare, root)
	c.trust("one")
	c.trust("two")
	c.delegate(shop, "one")
	c.delegate(builder, "two")
	c.revoke(builder, "two")
	c.accept(guest, c.invite(guest))
	c.move(guest, root, work)
	c.remove(guest)
	c.closing(closed)
	c.drop(gone)
}

// differences are what the clouds' own rules make different in the end, each with its cause. Without a text of Huawei Cloud, AWS's is a line that it has none of.
var differences = []struct{ cause, aws, huawei string }{
	{"the root's name", "root Root", "root root"},
	{"what the cloud's own policy is called", "FullAWSAccess", "FullAccess"},
	{"an address that every AWS account has", ", mail " + awsPayer + "@account.example", ", mail "},
	{"the role of the management account", "role OrganizationAccountAccessRole", "role OrganizationAccountAccessAgency"},
	{"the role of the service", "service-role AWSServiceRoleForOrganizations", "service-role ServiceLinkedAgencyForOrganizations"},
	{"the first service of the story", "guardduty.amazonaws.com", "service.SecMaster"},
	{"the second one", "config.amazonaws.com", "service.CTS"},
	{"the service role of who leaves goes on Huawei Cloud", "guest: service-role ServiceLinkedAgencyForOrganizations", ""},
}

// alike puts an account of AWS's story into Huawei Cloud's words.
func alike(aws []string) []string {
	var out []string
	for _, line := range aws {
		keep := true
		for _, d := range differences {
			if d.huawei == "" {
				keep = keep && line != d.aws
			}
			line = strings.ReplaceAll(line, d.aws, d.huawei)
		}
		if keep {
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return out
}

func TestOneStoryEndsInTheSameStateOnBothClouds(t *testing.T) {
	t.Parallel()
	const awsGuest, huaweiGuest = "555555555555", "55555555555555555555555555555555"
	r := run(t)
	tell(&awsTeller{r}, awsGuest)
	tell(&huaweiTeller{r}, huaweiGuest)
	aws, huawei := alike(r.account(awsPayer, awsGuest)), r.account(huaweiPayer, huaweiGuest)
	if len(aws) < 40 {
		t.Fatalf("only %d lines: %q", len(aws), aws)
	}
	for _, line := range aws {
		if !slices.Contains(huawei, line) {
			t.Errorf("only on AWS: %s", line)
		}
	}
	for _, line := range huawei {
		if !slices.Contains(aws, line) {
			t.Errorf("only on Huawei Cloud: %s", line)
		}
	}
	if !t.Failed() && !slices.Equal(aws, huawei) {
		t.Errorf("the numbers of lines differ: %d and %d", len(aws), len(huawei))
	}
}
