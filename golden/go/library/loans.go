package library

import (
	"context"
	"iter"
	"net/http"
)

// LoansService has the operations of the tag "loans".
//
// Who has what.
type LoansService struct {
	client *apiClient
}

// LoansListParams are the parameters of [LoansService.List].
type LoansListParams struct {
	Cursor *string
}

// List calls the operation loans_list.
//
//	GET /api/loans/
func (s *LoansService) List(ctx context.Context, params *LoansListParams, opts ...RequestOption) (*PaginatedLoanList, error) {
	req := newRequest(http.MethodGet, "/api/loans/")
	if params != nil {
		req.query("cursor", params.Cursor)
	}
	return do[PaginatedLoanList](ctx, s.client, req, opts)
}

// All yields every loan of every page of [LoansService.List].
func (s *LoansService) All(ctx context.Context, params *LoansListParams, opts ...RequestOption) iter.Seq2[Loan, error] {
	by := paging{style: "cursor", parameter: "cursor", items: "/results", next: "/next"}
	return pages[Loan](opts, by, func(opts []RequestOption) (*PaginatedLoanList, error) {
		return s.List(ctx, params, opts...)
	})
}

// Loans as they happen.
//
//	GET /api/loans/events/
func (s *LoansService) Events(ctx context.Context, opts ...RequestOption) iter.Seq2[Loan, error] {
	req := newRequest(http.MethodGet, "/api/loans/events/")
	return doEvents[Loan](ctx, s.client, req, opts)
}
