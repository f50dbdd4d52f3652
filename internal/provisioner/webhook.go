package provisioner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/polity-cloud/polity/internal/workflow"
)

// A Webhook is a workflow.World. Safe for concurrent use.
type Webhook struct {
	config Config
	key    []byte
	client *http.Client
}

var _ workflow.World = (*Webhook)(nil)

// New makes a webhook, or says what is wrong with its configuration.
func New(c Config) (*Webhook, error) {
	c, key, err := c.filled()
	if err != nil {
		return nil, err
	}
	client := &http.Client{
		Transport: http.DefaultTransport.(*http.Transport).Clone(),
		// A signed message goes to the one it is meant for.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &Webhook{config: c, key: key, client: client}, nil
}

// Close gives back idle connections.
func (w *Webhook) Close() { w.client.CloseIdleConnections() }

// Deadline implements workflow.World.
func (w *Webhook) Deadline() time.Duration { return w.config.Deadline }

// Provision implements workflow.World.
func (w *Webhook) Provision(ctx context.Context, key string, p workflow.Provisioning) error {
	a, err := w.send(ctx, key, ProvisionType, p)
	if err != nil {
		return err
	}
	return a.provisioned()
}

// Deprovision implements workflow.World. It is a message of its own, so it has an id of its own.
func (w *Webhook) Deprovision(ctx context.Context, key string, p workflow.Provisioning) error {
	a, err := w.send(ctx, key+"/undo", DeprovisionType, p)
	if err != nil {
		return err
	}
	return a.deprovisioned()
}

// send posts a message and returns its answer. It waits as the answer demands before it returns, for a while at most.
func (w *Webhook) send(ctx context.Context, id, kind string, p workflow.Provisioning) (answer, error) {
	body, err := message(id, kind, p)
	if err != nil {
		return answer{}, fmt.Errorf("message %s: %w", id, err)
	}
	a, err := w.post(ctx, id, body)
	if err != nil {
		return answer{}, fmt.Errorf("post %s: %w", id, plain(err))
	}
	if a.again() {
		pause(ctx, a.retryAfter)
	}
	return a, nil
}

func (w *Webhook) post(ctx context.Context, id string, body []byte) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, w.config.Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.config.URL, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("User-Agent", "polity")
	r.Header.Set("Idempotency-Key", id)
	sign(r.Header, w.key, id, body, time.Now())
	res, err := w.client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	return read(res), nil
}

// plain is an error of the client without the URL, in which there may be a secret.
func plain(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
