package kill

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/polity-cloud/polity/internal/proof/client"
)

type huawei struct{}

func (huawei) name() string { return "huawei" }

func (huawei) call(ctx context.Context, endpoint, method, path string, q url.Values, in, out any) error {
	return client.Huawei{Endpoint: endpoint, Key: huaweiKey, HTTP: transport}.Call(ctx, method, "/v1/organizations"+path, q, in, out)
}

func (h huawei) begin(ctx context.Context, endpoint string) error {
	return h.call(ctx, endpoint, http.MethodPost, "", nil, nil, nil)
}

type huaweiStatus struct {
	ID            string `json:"id"`
	AccountName   string `json:"account_name"`
	AccountID     string `json:"account_id"`
	State         string `json:"state"`
	FailureReason string `json:"failure_reason"`
}

type pageInfo struct {
	NextMarker string `json:"next_marker"`
}

func (h huawei) ask(ctx context.Context, endpoint string, w wish) (string, error) {
	in := map[string]any{"name": w.name, "email": w.email}
	if w.tagged {
		in["tags"] = []map[string]string{{"key": "proof", "value": w.name}, {"key": "kept", "value": ""}}
	}
	var out struct {
		Status huaweiStatus `json:"create_account_status"`
	}
	err := h.call(ctx, endpoint, http.MethodPost, "/accounts", nil, in, &out)
	return out.Status.ID, err
}

func (h huawei) creations(ctx context.Context, endpoint, state string) ([]creation, error) {
	var all []creation
	q := url.Values{}
	if state != "" {
		q.Set("states", state)
	}
	for {
		var out struct {
			Statuses []huaweiStatus `json:"create_account_statuses"`
			Page     pageInfo       `json:"page_info"`
		}
		if err := h.call(ctx, endpoint, http.MethodGet, "/create-account-status", q, nil, &out); err != nil {
			return nil, err
		}
		for _, s := range out.Statuses {
			all = append(all, creation{s.ID, s.AccountName, s.AccountID, s.State, s.FailureReason})
		}
		if out.Page.NextMarker == "" {
			return all, nil
		}
		q.Set("marker", out.Page.NextMarker)
	}
}

func (h huawei) accounts(ctx context.Context, endpoint string) ([]account, error) {
	var all []account
	q := url.Values{"with_register_contact_info": {"true"}, "limit": {"200"}}
	for {
		var out struct {
			Accounts []struct{ ID, Name, Email string } `json:"accounts"`
			Page     pageInfo                           `json:"page_info"`
		}
		if err := h.call(ctx, endpoint, http.MethodGet, "/accounts", q, nil, &out); err != nil {
			return nil, err
		}
		for _, m := range out.Accounts {
			all = append(all, account{m.ID, m.Name, m.Email})
		}
		if out.Page.NextMarker == "" {
			return all, nil
		}
		q.Set("marker", out.Page.NextMarker)
	}
}

// An address in use has no code of its own; one that is just being taken counts as a name in use (ShowCreateAccountStatus, failure_reason).
func (huawei) mayFail(reason string) bool {
	return strings.HasPrefix(reason, "Error 2000:") || strings.HasPrefix(reason, "Error 2001:")
}
