package kill

import (
	"context"
	"net/http"

	"github.com/polity-cloud/polity/internal/proof/client"
)

// A wish is one request for an account. Its name is its own; its address it may share with another one.
type wish struct {
	cloud       string
	name, email string
	tagged      bool
}

// A creation is what a cloud says about a request that it accepted.
type creation struct {
	id, name, accountID string
	state               string // succeeded, failed or in_progress, at both clouds
	failure             string
}

// An account is a member as a cloud lists it.
type account struct{ id, name, email string }

// A cloud is one API, spoken to at an endpoint.
type cloud interface {
	name() string
	begin(ctx context.Context, endpoint string) error
	// ask returns the id of the creation.
	ask(ctx context.Context, endpoint string, w wish) (string, error)
	creations(ctx context.Context, endpoint string, state string) ([]creation, error)
	accounts(ctx context.Context, endpoint string) ([]account, error)
	// mayFail reports whether the reason is the documented one for an address that somebody else has or is about to get.
	mayFail(reason string) bool
}

var transport = client.New(callers)

func clouds() []cloud {
	return []cloud{amazon{}, huawei{}}
}

var (
	awsKey    = client.Key{ID: "AKIAKILLPROOF0000001", Secret: "kill-proof-secret-of-forty-characters-00"}
	huaweiKey = client.Key{ID: "HPUAKILLPROOF0000001", Secret: "kill-proof-secret-of-forty-characters-01"}
)

// keys are the flags by which a server's first accounts get those keys.
func keys() []string {
	return []string{
		"--aws-access-key-id=" + awsKey.ID, "--aws-secret-access-key=" + awsKey.Secret,
		"--huawei-access-key=" + huaweiKey.ID, "--huawei-secret-key=" + huaweiKey.Secret,
	}
}

func ready(ctx context.Context, endpoint string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint+"/readyz", nil)
	if err != nil {
		return false
	}
	res, err := transport.Do(r)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}
