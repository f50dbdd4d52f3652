package awsiam

import (
	"regexp"

	"github.com/polity-cloud/polity/internal/org"
	"github.com/polity-cloud/polity/internal/wire/awsquery"
)

// page is what a request wants of a list.
type page struct {
	scope string // of its markers
	after string // the name where the last page ended
	most  int
}

var marker = regexp.MustCompile(`^[\x20-\x{ff}]*$`)

// readPage reads the parameters of a list, and ends the reading of the form. IAM gives 100 entries unless other numbers are asked for.
func (a *API) readPage(c org.Caller, f *awsquery.Form, list string) (page, error) {
	p := page{scope: Name + " " + list + " " + string(c.AccountID), most: f.Int("MaxItems", awsquery.Number{Default: 100, Min: 1, Max: 1000})}
	token := f.String("Marker", awsquery.Text{Min: 1, Max: 320, Pattern: marker})
	if err := f.Err(); err != nil || token == "" {
		return p, err
	}
	after, err := a.tokens.Open(p.scope, token)
	if err != nil {
		return p, org.Errorf(org.PageTokenInvalid, "Invalid Marker: %s", token)
	}
	p.after = after
	return p, nil
}
