package client

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"
)

// A Key is an access key.
type Key struct{ ID, Secret string }

// AWS calls AWS Organizations with Signature Version 4.
type AWS struct {
	Endpoint string
	Key      Key
	HTTP     *http.Client
}

const (
	awsRegion  = "us-east-1"
	awsService = "organizations"
	awsTarget  = "AWSOrganizationsV20161128."
	awsSigned  = "content-type;host;x-amz-date;x-amz-target"
)

// Call asks for an operation and reads the answer into out, which may be nil. What the server refuses is an *Error.
func (c AWS) Call(ctx context.Context, operation string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	r, err := c.Request(ctx, operation, body)
	if err != nil {
		return err
	}
	return do(c.HTTP, r, out)
}

// Request makes a signed request, which the server accepts for some minutes and any number of times.
func (c AWS) Request(ctx context.Context, operation string, body []byte) (*http.Request, error) {
	r, err := request(ctx, http.MethodPost, c.Endpoint+"/", body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("X-Amz-Target", awsTarget+operation)
	stamp := time.Now().UTC().Format(stampLayout)
	r.Header.Set("X-Amz-Date", stamp)
	canonical := "POST\n/\n\ncontent-type:application/x-amz-json-1.1\nhost:" + r.URL.Host + "\nx-amz-date:" + stamp + "\nx-amz-target:" + awsTarget + operation +
		"\n\n" + awsSigned + "\n" + hash(body)
	scope := stamp[:8] + "/" + awsRegion + "/" + awsService + "/aws4_request"
	key := []byte("AWS4" + c.Key.Secret)
	for _, part := range []string{stamp[:8], awsRegion, awsService, "aws4_request"} {
		key = mac(key, part)
	}
	signature := hex.EncodeToString(mac(key, "AWS4-HMAC-SHA256\n"+stamp+"\n"+scope+"\n"+hash([]byte(canonical))))
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+c.Key.ID+"/"+scope+", SignedHeaders="+awsSigned+", Signature="+signature)
	return r, nil
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
