package client

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Huawei calls Huawei Cloud's services with SDK-HMAC-SHA256.
type Huawei struct {
	Endpoint string
	Key      Key
	HTTP     *http.Client
}

// Call sends in, unless it is nil, to a path and reads the answer into out, which may be nil. What the server refuses is an *Error.
func (c Huawei) Call(ctx context.Context, method, path string, query url.Values, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return err
		}
	}
	r, err := request(ctx, method, c.Endpoint+path, body)
	if err != nil {
		return err
	}
	r.URL.RawQuery = escaped(query)
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	c.sign(r, body)
	return do(c.HTTP, r, out)
}

func (c Huawei) sign(r *http.Request, body []byte) {
	stamp := time.Now().UTC().Format(stampLayout)
	r.Header.Set("X-Sdk-Date", stamp)
	canonical := r.Method + "\n" + strings.TrimSuffix(r.URL.EscapedPath(), "/") + "/\n" + r.URL.RawQuery + "\nhost:" + r.URL.Host + "\nx-sdk-date:" + stamp +
		"\n\nhost;x-sdk-date\n" + hash(body)
	signature := hex.EncodeToString(mac([]byte(c.Key.Secret), "SDK-HMAC-SHA256\n"+stamp+"\n"+hash([]byte(canonical))))
	r.Header.Set("Authorization", "SDK-HMAC-SHA256 Access="+c.Key.ID+", SignedHeaders=host;x-sdk-date, Signature="+signature)
}

// escaped writes a query as it is signed: sorted, and blanks as %20.
func escaped(q url.Values) string { return strings.ReplaceAll(q.Encode(), "+", "%20") }
