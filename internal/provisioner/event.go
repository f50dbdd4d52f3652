package provisioner

import (
	"encoding/json"
	"time"

	"github.com/polity-cloud/polity/internal/workflow"
)

// The types of the events.
const (
	ProvisionType   = "cloud.polity.account.provision"
	DeprovisionType = "cloud.polity.account.deprovision"
)

const contentType = "application/cloudevents+json"

// event is a CloudEvent. Its time is that of the request for the account, so that a message has the same bytes whenever it is sent.
type event struct {
	SpecVersion string    `json:"specversion"`
	ID          string    `json:"id"`
	Source      string    `json:"source"`
	Type        string    `json:"type"`
	Subject     string    `json:"subject"`
	Time        time.Time `json:"time"`
	ContentType string    `json:"datacontenttype"`
	Data        data      `json:"data"`
}

type data struct {
	Partition      string `json:"partition"`
	OrganizationID string `json:"organizationId"`
	CreationID     string `json:"creationId"`
	AccountID      string `json:"accountId"`
	Name           string `json:"name"`
	Email          string `json:"email,omitempty"`
	ParentID       string `json:"parentId"`
	Tags           []tag  `json:"tags"`
}

type tag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// message returns the event of an account in its bytes.
func message(id, kind string, p workflow.Provisioning) ([]byte, error) {
	d := data{
		Partition: string(p.Partition), OrganizationID: string(p.OrganizationID), CreationID: string(p.CreationID), AccountID: string(p.AccountID),
		Name: p.Name, Email: p.Email, ParentID: string(p.ParentID), Tags: []tag{},
	}
	for _, t := range p.Tags {
		d.Tags = append(d.Tags, tag(t))
	}
	return json.Marshal(event{
		SpecVersion: "1.0", ID: id, Source: "/polity/organizations/" + string(p.OrganizationID), Type: kind, Subject: string(p.AccountID),
		Time: p.RequestedAt.UTC(), ContentType: "application/json", Data: d,
	})
}
