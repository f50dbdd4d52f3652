package client

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

const stampLayout = "20060102T150405Z"

// An Error is what a server answered instead of a success. Any other error means that nobody knows what became of the request.
type Error struct {
	Status  int
	Code    string
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("%d %s: %s", e.Status, e.Code, e.Message) }

// New makes an HTTP client that keeps as many connections as there are callers.
func New(callers int) *http.Client {
	return &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: callers, DisableCompression: true}}
}

func request(ctx context.Context, method, url string, body []byte) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	// Without a body to rewind the transport cannot send a request a second time.
	r.GetBody = nil
	return r, nil
}

func do(h *http.Client, r *http.Request, out any) error {
	res, err := h.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode/100 != 2 {
		return refusal(res.StatusCode, answer)
	}
	if out == nil || len(answer) == 0 {
		return nil
	}
	return json.Unmarshal(answer, out)
}

// refusal reads an error of either cloud.
func refusal(status int, answer []byte) *Error {
	var body struct {
		Type    string `json:"__type"`
		Message string `json:"Message"`
		Code    string `json:"error_code"`
		Text    string `json:"error_msg"`
	}
	if err := json.Unmarshal(answer, &body); err != nil {
		return &Error{Status: status, Message: string(answer)}
	}
	name := body.Type[strings.IndexByte(body.Type, '#')+1:]
	return &Error{Status: status, Code: cmp.Or(name, body.Code), Message: cmp.Or(body.Message, body.Text)}
}
