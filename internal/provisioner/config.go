package provisioner

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Config says where the webhook is.
type Config struct {
	URL string `json:"-"` // http or https

	// Secret signs the messages. After "whsec_" stands the key in base64, as Standard Webhooks write it; any other text is the key itself.
	Secret string `json:"-"`

	Timeout  time.Duration // of one request; 10 s when zero
	Deadline time.Duration // how long an account's provisioning may keep failing before its creation does; 10 minutes when zero
}

// String tells of a configuration only what a log may hold.
func (c Config) String() string {
	return fmt.Sprintf("webhook, timeout %s, deadline %s", c.Timeout, c.Deadline)
}

const secretPrefix = "whsec_"

// filled checks the configuration. No error repeats the secret, or the URL, which may hold one.
func (c Config) filled() (Config, []byte, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return c, nil, errors.New("the provisioner's URL is no http or https URL")
	}
	key := []byte(c.Secret)
	if coded, ok := strings.CutPrefix(c.Secret, secretPrefix); ok {
		if key, err = base64.StdEncoding.DecodeString(coded); err != nil {
			return c, nil, fmt.Errorf("the provisioner's secret is not base64 after %s", secretPrefix)
		}
	}
	if len(key) == 0 {
		return c, nil, errors.New("the provisioner's secret is empty")
	}
	if c.Timeout <= 0 {
		c.Timeout = 10 * time.Second
	}
	if c.Deadline <= 0 {
		c.Deadline = 10 * time.Minute
	}
	return c, key, nil
}
