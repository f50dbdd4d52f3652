package hwiam

import (
	"context"
	"net/http"
)

// showCatalog answers without an entry, as tokens do: clients of a server of their own bring their endpoints. The older golangsdk asks for it when it starts.
func (a *api) showCatalog(_ context.Context, r *request) (answer, error) {
	return answer{status: http.StatusOK, body: struct {
		Catalog []struct{} `json:"catalog"`
		Links   links      `json:"links"`
	}{[]struct{}{}, linksOf(r)}}, nil
}
