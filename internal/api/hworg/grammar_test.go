package hworg

import (
	"net/http"
	"strings"
	"testing"
)

// padded is a content of n characters, most of them of three bytes, between head and tail.
func padded(n int, head, tail string) string {
	return head + strings.Repeat("键", n-len(head+tail)) + tail
}

func TestWhichContentsAreAccepted(t *testing.T) {
	t.Parallel()
	const (
		controlHead, controlTail = `{"Version":"5.0","Statement":[{"Sid":"`, `","Effect":"Deny","Action":["a:b:c"]}]}`
		scp                      = PolicyTypeServiceControlPolicy
	)
	statement := func(s string) string { return `{"Version":"5.0","Statement":[{"Effect":"Deny",` + s + `}]}` }
	tags := func(s string) string { return `{"tags":{"team":{` + s + `}}}` }
	h := managed(t)
	h.enable(PolicyTypeServiceControlPolicy, PolicyTypeTagPolicy)
	for name, test := range map[string]struct {
		kind     PolicyType
		content  string
		accepted bool
	}{
		"one statement that is no list":        {scp, `{"Version":"5.0","Statement":{"Effect":"Deny","Action":["a:b:c"]}}`, true},
		"free text for a Sid":                  {scp, statement(`"Sid":"free text!","Action":["a:b:c"]`), true},
		"no Action":                            {scp, `{"Version":"5.0","Statement":[{"Effect":"Deny"}]}`, true},
		"an empty list of actions":             {scp, statement(`"Action":[]`), true},
		"resources that are excepted":          {scp, statement(`"Action":["a:b:c"],"NotResource":["ecs:*:*:*:*"]`), true},
		"an operator with prefix and suffix":   {scp, statement(`"Action":["a:b:*"],"Condition":{"ForAnyValue:StringNotEqualsIfExists":{"g:TagKeys":["a"]}}`), true},
		"5,120 characters":                     {scp, padded(5120, controlHead, controlTail), true},
		"5,121 characters":                     {scp, padded(5121, controlHead, controlTail), false},
		"Allow":                                {scp, `{"Version":"5.0","Statement":[{"Effect":"Allow","Action":["a:b:c"]}]}`, false},
		"NotAction":                            {scp, statement(`"NotAction":["a:b:c"]`), false},
		"a principal":                          {scp, statement(`"Principal":"*","Action":["a:b:c"]`), false},
		"another cloud's operator":             {scp, statement(`"Action":["a:b:c"],"Condition":{"StringLike":{"g:UserName":["a"]}}`), false},
		"a number for the version":             {scp, `{"Version":5.0,"Statement":[{"Effect":"Deny","Action":["a:b:c"]}]}`, false},
		"an older version":                     {scp, `{"Version":"1.1","Statement":[{"Effect":"Deny","Action":["a:b:c"]}]}`, false},
		"no version":                           {scp, `{"Statement":[{"Effect":"Deny","Action":["a:b:c"]}]}`, false},
		"no statement":                         {scp, `{"Version":"5.0"}`, false},
		"the key in another spelling":          {PolicyTypeTagPolicy, tags(`"tag_key":{"@@assign":"TEAM"}`), true},
		"values with a star":                   {PolicyTypeTagPolicy, tags(`"tag_value":{"@@assign":["a*","*b"]}`), true},
		"one service and all of another":       {PolicyTypeTagPolicy, tags(`"enforced_for":{"@@assign":["ecs:cloudservers","organizations:*"]}`), true},
		"enforcement that is empty":            {PolicyTypeTagPolicy, tags(`"enforced_for":{"@@assign":[]}`), true},
		"operators for lower policies":         {PolicyTypeTagPolicy, tags(`"tag_value":{"@@assign":["a"],"@@operators_allowed_for_child_policies":["@@append","@@remove"]}`), true},
		"none for lower policies":              {PolicyTypeTagPolicy, tags(`"tag_key":{"@@assign":"Team","@@operators_allowed_for_child_policies":["@@none"]}`), true},
		"all for lower policies, for a key":    {PolicyTypeTagPolicy, tags(`"@@operators_allowed_for_child_policies":["@@all"],"tag_value":{"@@assign":["a"]}`), true},
		"another key":                          {PolicyTypeTagPolicy, tags(`"tag_key":{"@@assign":"other"}`), false},
		"adding to a key":                      {PolicyTypeTagPolicy, tags(`"tag_key":{"@@append":"Team"}`), false},
		"a text for the list of values":        {PolicyTypeTagPolicy, tags(`"tag_value":{"@@assign":"a"}`), false},
		"two stars in a value":                 {PolicyTypeTagPolicy, tags(`"tag_value":{"@@assign":["a*b*"]}`), false},
		"enforcement on all services":          {PolicyTypeTagPolicy, tags(`"enforced_for":{"@@assign":["*:*"]}`), false},
		"enforcement on a type of any service": {PolicyTypeTagPolicy, tags(`"enforced_for":{"@@assign":["*:disk"]}`), false},
		"an operator of nobody":                {PolicyTypeTagPolicy, tags(`"tag_value":{"@@assign":["a"],"@@operators_allowed_for_child_policies":["@@foo"]}`), false},
		"10,001 characters":                    {PolicyTypeTagPolicy, padded(10001, `{"tags":{"team":{"tag_value":{"@@assign":["`, `"]}}}}`), false},
	} {
		t.Run(name, func(t *testing.T) {
			h.t = t
			body := jsonText(map[string]any{"name": "one", "type": test.kind, "content": test.content})
			if !test.accepted {
				h.refused("CreatePolicy", manager, "POST", policies, body, http.StatusBadRequest, "Organizations.1605")
				return
			}
			var out CreatePolicyResult
			h.do("CreatePolicy", manager, "POST", policies, body, &out)
			same(t, out.Policy.Content, test.content) // letter by letter
			h.do("DeletePolicy", manager, "DELETE", policies+"/"+out.Policy.PolicySummary.ID, "", nil)
		})
	}
}

func TestWhatATagPolicyAsksOfTags(t *testing.T) {
	t.Parallel()
	h := managed(t)
	h.enable(PolicyTypeTagPolicy)
	h.attach(h.policy(PolicyTypeTagPolicy, "one", `{"tags":{
		"Plain":{"enforced_for":{"@@assign":["organizations:ous"]}},
		"cost":{"tag_key":{"@@assign":"Cost"},"tag_value":{"@@assign":["cc-*","none"]},"enforced_for":{"@@assign":["organizations:*"]}},
		"free":{"tag_value":{"@@assign":["x"]}}}}`), h.root)
	ou := h.unit(h.root, "one")
	for tag, complies := range map[string]bool{
		"plain=x": true, "Plain=x": false, "PLAIN=x": false, // without tag_key the spelling is lower case, without tag_value any value complies
		"Cost=none": true, "Cost=cc-1": true, "Cost=cc-": true, "Cost=xcc-": false, "Cost=None": false, "cost=none": false,
		"free=anything": true, "FREE=x": true, // not enforced
		"other=x": true,
	} {
		key, value, _ := strings.Cut(tag, "=")
		body := jsonText(map[string]any{"tags": []any{map[string]any{"key": key, "value": value}}})
		if complies {
			h.do("TagResource", manager, "POST", "/v1/organizations/resources/"+ou+"/tag", body, nil)
			continue
		}
		h.refused("TagResource", manager, "POST", "/v1/organizations/resources/"+ou+"/tag", body, http.StatusBadRequest, "Organizations.1703")
		h.refused("CreateTagResource", manager, "POST", "/v1/organizations/organizations:ous/"+ou+"/tags/create", body, http.StatusBadRequest, "Organizations.1703")
	}
	for path, body := range map[string]string{
		units:                        `{"name":"two","parent_id":"` + h.root + `","tags":[{"key":"Cost","value":"bad"}]}`,
		"/v2/organizations/accounts": `{"name":"member-one","tags":[{"key":"Cost","value":"bad"}]}`,
		policies:                     `{"name":"two","type":"tag_policy","content":"{\"tags\":{}}","tags":[{"key":"Cost","value":"bad"}]}`,
	} {
		operation := map[string]string{units: "CreateOrganizationalUnit", policies: "CreatePolicy"}[path]
		if operation == "" {
			operation = "CreateResourceAccount"
		}
		h.refused(operation, manager, "POST", path, body, http.StatusBadRequest, "Organizations.1703")
	}
}
