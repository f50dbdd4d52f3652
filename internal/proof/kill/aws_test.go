package kill

import (
	"context"
	"strings"

	"github.com/polity-cloud/polity/internal/proof/client"
)

type amazon struct{}

func (amazon) name() string { return "aws" }

func (amazon) at(endpoint string) client.AWS {
	return client.AWS{Endpoint: endpoint, Key: awsKey, HTTP: transport}
}

func (a amazon) begin(ctx context.Context, endpoint string) error {
	return a.at(endpoint).Call(ctx, "CreateOrganization", struct{}{}, nil)
}

type awsStatus struct {
	ID            string `json:"Id"`
	AccountName   string
	AccountID     string `json:"AccountId"`
	State         string
	FailureReason string
}

func (a amazon) ask(ctx context.Context, endpoint string, w wish) (string, error) {
	in := map[string]any{"AccountName": w.name, "Email": w.email}
	if w.tagged {
		in["Tags"] = []map[string]string{{"Key": "proof", "Value": w.name}, {"Key": "kept", "Value": ""}}
	}
	var out struct{ CreateAccountStatus awsStatus }
	err := a.at(endpoint).Call(ctx, "CreateAccount", in, &out)
	return out.CreateAccountStatus.ID, err
}

func (a amazon) creations(ctx context.Context, endpoint, state string) ([]creation, error) {
	var all []creation
	for token := ""; ; {
		in, out := paged(token), struct {
			CreateAccountStatuses []awsStatus
			NextToken             string
		}{}
		if state != "" {
			in["States"] = []string{strings.ToUpper(state)}
		}
		if err := a.at(endpoint).Call(ctx, "ListCreateAccountStatus", in, &out); err != nil {
			return nil, err
		}
		for _, s := range out.CreateAccountStatuses {
			all = append(all, creation{s.ID, s.AccountName, s.AccountID, strings.ToLower(s.State), s.FailureReason})
		}
		if token = out.NextToken; token == "" {
			return all, nil
		}
	}
}

func (a amazon) accounts(ctx context.Context, endpoint string) ([]account, error) {
	var all []account
	for token := ""; ; {
		var out struct {
			Accounts []struct {
				ID    string `json:"Id"`
				Name  string
				Email string
			}
			NextToken string
		}
		if err := a.at(endpoint).Call(ctx, "ListAccounts", paged(token), &out); err != nil {
			return nil, err
		}
		for _, m := range out.Accounts {
			all = append(all, account{m.ID, m.Name, m.Email})
		}
		if token = out.NextToken; token == "" {
			return all, nil
		}
	}
}

func paged(token string) map[string]any {
	if token == "" {
		return map[string]any{}
	}
	return map[string]any{"NextToken": token}
}

func (amazon) mayFail(reason string) bool {
	return reason == "EMAIL_ALREADY_EXISTS" || reason == "CONCURRENT_ACCOUNT_MODIFICATION"
}
