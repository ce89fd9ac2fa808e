// Package names is a client of Names.
package names

// Client calls Names.
type Client struct {
	Class   *ClassService
	OddTagX *OddTagXService
	Common  *CommonService
}

// New makes a client of the API at baseURL.
func New(baseURL string, opts ...Option) *Client {
	api := newAPIClient(baseURL, apiDescription{}, opts)
	return &Client{
		Class:   &ClassService{client: api},
		OddTagX: &OddTagXService{client: api},
		Common:  &CommonService{client: api},
	}
}
