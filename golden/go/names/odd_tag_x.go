package names

import (
	"context"
	"net/http"
)

// OddTagXService has the operations of the tag "Odd Tag/../x".
type OddTagXService struct {
	client *apiClient
}

// List calls the operation list.
//
//	GET /odd
func (s *OddTagXService) List(ctx context.Context, opts ...RequestOption) (*Error, error) {
	req := newRequest(http.MethodGet, "/odd")
	return do[Error](ctx, s.client, req, opts)
}

// OddTagXList calls the operation odd-tag-x_list.
//
//	POST /odd
func (s *OddTagXService) OddTagXList(ctx context.Context, opts ...RequestOption) error {
	req := newRequest(http.MethodPost, "/odd")
	return doNothing(ctx, s.client, req, opts)
}
