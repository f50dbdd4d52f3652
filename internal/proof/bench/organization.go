package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/polity-cloud/polity/internal/api/native"
	"github.com/polity-cloud/polity/internal/proof/client"
	"github.com/polity-cloud/polity/internal/proof/process"
)

// operator is the server's operator token.
const operator = "bench-operator"

// organizations begins so many, each with a management account of its own.
func organizations(ctx context.Context, p *process.Process, n int) ([]client.AWS, error) {
	var out []client.AWS
	for i := range n {
		c := client.AWS{Endpoint: p.URL, Key: key, HTTP: client.New(callers)}
		if i > 0 {
			var err error
			if c.Key, err = minted(ctx, p.URL); err != nil {
				return nil, err
			}
		}
		if err := c.Call(ctx, "CreateOrganization", struct{}{}, nil); err != nil {
			return nil, fmt.Errorf("begin an organization: %w", err)
		}
		out = append(out, c)
	}
	return out, nil
}

// minted has the operator make a standalone account and returns its key.
func minted(ctx context.Context, endpoint string) (client.Key, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint+"/_polity/accounts", bytes.NewReader([]byte(`{"partition":"aws"}`)))
	if err != nil {
		return client.Key{}, err
	}
	r.Header.Set("Authorization", "Bearer "+operator)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return client.Key{}, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return client.Key{}, fmt.Errorf("mint an account: %s", res.Status)
	}
	var out native.Minted
	err = json.NewDecoder(res.Body).Decode(&out)
	return client.Key{ID: out.AccessKeyID, Secret: out.SecretAccessKey}, err
}
