package hwrest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/polity-cloud/polity/internal/wire/text"
)

// check holds r and its body against d, and returns the decoded body. A problem names the parameter; only the first one is reported.
// Keys and query parameters that the contract does not know are allowed. A query parameter without a value counts as absent (inferred);
// it is taken out of r, so that the decoder agrees.
func (d demand) check(r *http.Request, body []byte) (value any, problem string) {
	path, query := pathOf(r), queryOf(r)
	for i := range d.Parameters {
		if f := d.Parameters[i].check(path, query); f != nil {
			return nil, f.String()
		}
	}
	if d.Body == nil {
		return nil, ""
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, "The request body is missing"
	}
	value, err := decode(body)
	if err != nil {
		return nil, "The request body is not JSON: " + err.Error()
	}
	if f := d.Body.check(value); f != nil {
		return nil, f.String()
	}
	return value, ""
}

// decode reads the one JSON value that body is. Numbers keep their digits.
func decode(body []byte) (any, error) {
	if err := text.Check(body); err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("something follows the first value")
	}
	return value, nil
}

// pathOf returns the path's parameters, decoded.
func pathOf(r *http.Request) map[string]string {
	route := chi.RouteContext(r.Context())
	values := make(map[string]string, len(route.URLParams.Keys))
	for i, name := range route.URLParams.Keys {
		value := route.URLParams.Values[i]
		if r.URL.RawPath != "" { // then the route was found in the encoded path
			value, _ = url.PathUnescape(value) // net/http has decoded the same text already
		}
		values[name] = value
	}
	return values
}

// queryOf returns the query, and takes what has no value out of it and out of r.
func queryOf(r *http.Request) url.Values {
	query := r.URL.Query()
	all := len(query)
	for name, values := range query {
		if strings.Join(values, "") == "" {
			query.Del(name)
		}
	}
	if len(query) < all {
		u := *r.URL // r.URL is shared with the server's request
		u.RawQuery = query.Encode()
		r.URL = &u
	}
	return query
}
