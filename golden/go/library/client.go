// Package library is a client of the Library API.
//
// Books
package library

// ServerURL is where the API is.
const ServerURL = "https://library.example.com"

// Client calls the Library API.
type Client struct {
	Books *BooksService
	Loans *LoansService
}

// New makes a client of the API at baseURL; if that is empty, at [ServerURL].
func New(baseURL string, opts ...Option) *Client {
	api := newAPIClient(baseURL, apiDescription{
		server: ServerURL,
		schemes: map[string]securityScheme{
			"jwtAuth":    {kind: "bearer"},
			"cookieAuth": {kind: "apiKey", in: "cookie", name: "sessionid"},
		},
		security: [][]string{{"jwtAuth"}, {"cookieAuth"}},
	}, opts)
	return &Client{
		Books: &BooksService{client: api},
		Loans: &LoansService{client: api},
	}
}
