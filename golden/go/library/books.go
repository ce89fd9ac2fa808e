package library

import (
	"context"
	"io"
	"iter"
	"net/http"
)

// BooksService has the operations of the tag "books".
//
// What can be borrowed.
type BooksService struct {
	client *apiClient
}

// BooksListParams are the parameters of [BooksService.List].
type BooksListParams struct {
	// A page number within the paginated result set.
	Page *int64
	// Multiple values may be separated by commas.
	Genre  []Genre
	Search *string
}

// List books.
//
// Newest first.
//
//	GET /api/books/
func (s *BooksService) List(ctx context.Context, params *BooksListParams, opts ...RequestOption) (*PaginatedBookList, error) {
	req := newRequest(http.MethodGet, "/api/books/")
	if params != nil {
		req.query("page", params.Page)
		req.query("genre", params.Genre, "csv")
		req.query("search", params.Search)
	}
	return do[PaginatedBookList](ctx, s.client, req, opts)
}

// All yields every book of every page of [BooksService.List].
func (s *BooksService) All(ctx context.Context, params *BooksListParams, opts ...RequestOption) iter.Seq2[Book, error] {
	by := paging{style: "page", parameter: "page", items: "/results", next: "/next"}
	return pages[Book](opts, by, func(opts []RequestOption) (*PaginatedBookList, error) {
		return s.List(ctx, params, opts...)
	})
}

// Add a book.
//
//	POST /api/books/
//
// A 400 is an [*ErrorOf] of [ValidationError].
func (s *BooksService) Create(ctx context.Context, body BookRequest, opts ...RequestOption) (*Book, error) {
	req := newRequest(http.MethodPost, "/api/books/")
	req.json(body)
	fails[ValidationError](req, "400")
	return do[Book](ctx, s.client, req, opts)
}

// Retrieve calls the operation books_retrieve.
//
//	GET /api/books/{id}/
//
// A 404 is an [*ErrorOf] of [Detail].
func (s *BooksService) Retrieve(ctx context.Context, id int64, opts ...RequestOption) (*Book, error) {
	req := newRequest(http.MethodGet, "/api/books/{id}/")
	req.path("id", id)
	fails[Detail](req, "404")
	return do[Book](ctx, s.client, req, opts)
}

// PartialUpdate calls the operation books_partial_update.
//
//	PATCH /api/books/{id}/
func (s *BooksService) PartialUpdate(ctx context.Context, id int64, body *PatchedBookRequest, opts ...RequestOption) (*Book, error) {
	req := newRequest(http.MethodPatch, "/api/books/{id}/")
	req.path("id", id)
	req.json(body)
	return do[Book](ctx, s.client, req, opts)
}

// Books are no longer removed; set them to lost.
//
//	DELETE /api/books/{id}/
//
// Deprecated: the API's description says so.
func (s *BooksService) Destroy(ctx context.Context, id int64, opts ...RequestOption) error {
	req := newRequest(http.MethodDelete, "/api/books/{id}/")
	req.path("id", id)
	return doNothing(ctx, s.client, req, opts)
}

// Replace the cover.
//
//	POST /api/books/{id}/cover/
func (s *BooksService) CoverCreate(ctx context.Context, id int64, body CoverRequest, opts ...RequestOption) error {
	req := newRequest(http.MethodPost, "/api/books/{id}/cover/")
	req.path("id", id)
	req.multipart(body)
	return doNothing(ctx, s.client, req, opts)
}

// The cover as a picture.
//
//	GET /api/books/{id}/cover/
func (s *BooksService) CoverRetrieve(ctx context.Context, id int64, opts ...RequestOption) (io.ReadCloser, error) {
	req := newRequest(http.MethodGet, "/api/books/{id}/cover/")
	req.path("id", id)
	req.security()
	return doStream(ctx, s.client, req, opts)
}
