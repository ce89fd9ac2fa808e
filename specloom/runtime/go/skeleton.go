// The outline of the runtime: what generated code calls.

package client

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"regexp"
	"time"
)

type apiClient struct{}

type apiDescription struct {
	server   string
	schemes  map[string]securityScheme
	security [][]string
}

type securityScheme struct{ kind, in, name string }

// Option says something about a client when it is made.
type Option interface{ apply(*apiClient) }

// RequestOption says something about one call, or, given to New, about all.
type RequestOption func(*request)

func (o RequestOption) apply(*apiClient) {}

type clientOption func(*apiClient)

func (o clientOption) apply(c *apiClient) { o(c) }

// WithHTTPClient sends requests with this client.
func WithHTTPClient(client *http.Client) Option { return clientOption(func(*apiClient) {}) }

// WithToken sends this token.
func WithToken(token string) Option { return clientOption(func(*apiClient) {}) }

// WithTokenSource asks for a token before each request.
func WithTokenSource(source func(context.Context) (string, error)) Option {
	return clientOption(func(*apiClient) {})
}

// WithRefresh gets a new token after a 401.
func WithRefresh(refresh func(context.Context) (string, error)) Option {
	return clientOption(func(*apiClient) {})
}

// WithAPIKey sends this key for a security scheme.
func WithAPIKey(scheme, key string) Option { return clientOption(func(*apiClient) {}) }

// WithBasicAuth sends user name and password.
func WithBasicAuth(user, password string) Option { return clientOption(func(*apiClient) {}) }

// WithCSRF names the cookie and the header of CSRF protection.
func WithCSRF(cookie, header string) Option { return clientOption(func(*apiClient) {}) }

// WithMiddleware wraps the transport.
func WithMiddleware(wrap func(http.RoundTripper) http.RoundTripper) Option {
	return clientOption(func(*apiClient) {})
}

// WithLogger logs calls.
func WithLogger(logger *slog.Logger) Option { return clientOption(func(*apiClient) {}) }

// WithHeader sends a header.
func WithHeader(name, value string) RequestOption { return func(*request) {} }

// WithQuery adds to the query.
func WithQuery(name, value string) RequestOption { return func(*request) {} }

// WithTimeout limits each try.
func WithTimeout(limit time.Duration) RequestOption { return func(*request) {} }

// WithRetries limits how often a call is tried again.
func WithRetries(count int) RequestOption { return func(*request) {} }

// WithIdempotent says that the call may be repeated.
func WithIdempotent() RequestOption { return func(*request) {} }

// WithoutAuth sends no credentials.
func WithoutAuth() RequestOption { return func(*request) {} }

// WithResponse gives access to the response.
func WithResponse(response **http.Response) RequestOption { return func(*request) {} }

func newAPIClient(baseURL string, api apiDescription, opts []Option) *apiClient { return &apiClient{} }

type request struct{}

func newRequest(method, template string) *request                             { return &request{} }
func (r *request) path(name string, value any, style ...string)               {}
func (r *request) query(name string, value any, style ...string)              {}
func (r *request) header(name string, value any, style ...string)             {}
func (r *request) cookie(name string, value any, style ...string)             {}
func (r *request) json(body any, mediaType ...string)                         {}
func (r *request) form(body any, parts ...partStyle)                          {}
func (r *request) multipart(body any, parts ...partStyle)                     {}
func (r *request) multipartAs(mediaType string, body any, parts ...partStyle) {}
func (r *request) text(body any, mediaType ...string)                         {}
func (r *request) binary(body io.Reader, mediaType ...string)                 {}
func (r *request) security(alternatives ...[]string)                          {}
func (r *request) accept(mediaType string)                                    {}
func (r *request) validate(value any)                                         {}
func (r *request) server(url string)                                          {}
func (r *request) mayBeEmpty()                                                {}
func fails[T any](r *request, statuses ...string)                             {}

type partStyle struct{ name, style, mediaType string }

func do[T any](ctx context.Context, client *apiClient, req *request, opts []RequestOption) (*T, error) {
	return nil, nil
}

func doValue[T any](ctx context.Context, client *apiClient, req *request, opts []RequestOption) (T, error) {
	var zero T
	return zero, nil
}

func doNothing(ctx context.Context, client *apiClient, req *request, opts []RequestOption) error {
	return nil
}

func doText(ctx context.Context, client *apiClient, req *request, opts []RequestOption) (string, error) {
	return "", nil
}

func doStream(ctx context.Context, client *apiClient, req *request, opts []RequestOption) (io.ReadCloser, error) {
	return nil, nil
}

func doEvents[T any](ctx context.Context, client *apiClient, req *request, opts []RequestOption) iter.Seq2[T, error] {
	return nil
}

func doLines[T any](ctx context.Context, client *apiClient, req *request, opts []RequestOption) iter.Seq2[T, error] {
	return nil
}

func doResult(ctx context.Context, client *apiClient, req *request, opts []RequestOption, status *int, bodies map[string]any) error {
	return nil
}

type paging struct{ style, parameter, items, next, total, hasMore string }

func pages[T, R any](opts []RequestOption, by paging, fetch func([]RequestOption) (R, error)) iter.Seq2[T, error] {
	return nil
}

func marshalJSON(value any) ([]byte, error) { return json.Marshal(value) }

// Nullable is absent, null, or a value.
type Nullable[T any] struct {
	value T
	state int8
}

// NullableOf is a value.
func NullableOf[T any](value T) Nullable[T] { return Nullable[T]{value, 1} }

// NullOf is null.
func NullOf[T any]() Nullable[T] { return Nullable[T]{state: 2} }

// Get gives the value.
func (n Nullable[T]) Get() (T, bool) { return n.value, n.state == 1 }

// IsSet reports whether there is a value or null.
func (n Nullable[T]) IsSet() bool { return n.state != 0 }

// IsNull reports whether it is null.
func (n Nullable[T]) IsNull() bool { return n.state == 2 }

// IsZero reports whether it is absent.
func (n Nullable[T]) IsZero() bool { return n.state == 0 }

// Ptr makes a pointer.
func Ptr[T any](value T) *T { return &value }

// Date is a day.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate makes a date.
func NewDate(year int, month time.Month, day int) Date { return Date{year, month, day} }

// ParseDate reads a date.
func ParseDate(text string) (Date, error) { return Date{}, nil }

// DateOf is the day of a moment.
func DateOf(moment time.Time) Date { return Date{} }

// FileUpload is a file to send.
type FileUpload struct {
	Name        string
	ContentType string
	Content     io.Reader
}

// ServerSentEvent is one event as it came.
type ServerSentEvent struct {
	Data, Event, ID string
	Retry           *int64
}

type jsonShape struct{}

func shapeOf(data []byte) jsonShape               { return jsonShape{} }
func (s jsonShape) is(kind string) bool           { return false }
func (s jsonShape) has(keys ...string) bool       { return false }
func (s jsonShape) text(key string) string        { return "" }
func (s jsonShape) equals(key, value string) bool { return false }
func (s jsonShape) value(values ...string) bool   { return false }
func fits(data []byte, target any) bool           { return false }
func accepts(data []byte, target any) bool        { return false }
func noValue(union string) error                  { return nil }

func marshalWithExtra[T any](value any, extra map[string]T) ([]byte, error) { return nil, nil }

func unmarshalWithExtra[T any](data []byte, value any, extra *map[string]T) error { return nil }

// InvalidRequestError says why nothing was sent.
type InvalidRequestError struct{ Problems []RequestProblem }

// RequestProblem is one thing wrong, and where.
type RequestProblem struct{ Path, Message string }

func (e *InvalidRequestError) Error() string { return "" }

type validation struct{}

func (v *validation) length(name string, value any, low, high int)                  {}
func (v *validation) items(name string, value any, low, high int)                   {}
func (v *validation) minimum(name string, value any, limit float64)                 {}
func (v *validation) maximum(name string, value any, limit float64)                 {}
func (v *validation) exclusiveMinimum(name string, value any, limit float64)        {}
func (v *validation) exclusiveMaximum(name string, value any, limit float64)        {}
func (v *validation) multipleOf(name string, value any, limit float64)              {}
func (v *validation) pattern(name string, value any, pattern func() *regexp.Regexp) {}
func (v *validation) unique(name string, value any)                                 {}
func (v *validation) nested(name string, value any)                                 {}
func (v *validation) err() error                                                    { return nil }

func pattern(text string) func() *regexp.Regexp { return nil }

func each[T any](v *validation, name string, values []T, check func(name string, item T)) {}

func eachOf[T any](v *validation, name string, values map[string]T, check func(name string, item T)) {
}
