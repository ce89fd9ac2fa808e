package names

import (
	"context"
	"net/http"
)

// CommonService has the operations of the tag "common".
type CommonService struct {
	client *apiClient
}

// Get calls the operation getCommon.
//
//	GET /common
//
// A 400 is an [*ErrorOf] of [Wrong], a 409 of [Taken].
func (s *CommonService) Get(ctx context.Context, opts ...RequestOption) ([]ModelConfig, error) {
	req := newRequest(http.MethodGet, "/common")
	fails[Wrong](req, "400")
	fails[Taken](req, "409")
	return doValue[[]ModelConfig](ctx, s.client, req, opts)
}

// Label calls the operation label.
//
//	GET /common/{label}
func (s *CommonService) Label(ctx context.Context, label string, opts ...RequestOption) error {
	req := newRequest(http.MethodGet, "/common/{label}")
	req.path("label", label)
	return doNothing(ctx, s.client, req, opts)
}

// Drop calls the operation drop.
//
//	DELETE /common/{label}
func (s *CommonService) Drop(ctx context.Context, label string, opts ...RequestOption) error {
	req := newRequest(http.MethodDelete, "/common/{label}")
	req.path("label", label)
	return doNothing(ctx, s.client, req, opts)
}
