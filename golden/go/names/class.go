package names

import (
	"context"
	"net/http"
)

// ClassService has the operations of the tag "class".
type ClassService struct {
	client *apiClient
}

// ClassClassParams are the parameters of [ClassService.Class].
type ClassClassParams struct {
	PageSize   int64
	ID         *string
	Self       *string
	Options    *string
	XRequestID *string
}

// Class calls the operation class.
//
//	GET /class/{class}/{id}
func (s *ClassService) Class(ctx context.Context, class, id string, params ClassClassParams, opts ...RequestOption) (*None, error) {
	req := newRequest(http.MethodGet, "/class/{class}/{id}")
	req.path("class", class)
	req.path("id", id)
	req.query("page-size", params.PageSize)
	req.query("id", params.ID)
	req.query("self", params.Self)
	req.query("options", params.Options)
	req.header("X-Request-ID", params.XRequestID)
	return do[None](ctx, s.client, req, opts)
}
