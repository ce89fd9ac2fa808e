//lint:file-ignore U1000 Generated code calls what the API needs of this.

// What users may say of a client and of a call.

package client

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Option says something of a client; see the functions that begin with With.
type Option interface {
	applyTo(*apiClient)
}

type clientOption func(*apiClient)

func (o clientOption) applyTo(c *apiClient) { o(c) }

// RequestOption says something of a call. Given to New, it counts for every
// call of the client.
type RequestOption func(*request)

func (o RequestOption) applyTo(c *apiClient) { c.defaults = append(c.defaults, o) }

// WithHTTPClient sends requests with this client. Its transport, time-out,
// cookie jar and redirect policy are used; it is not changed.
func WithHTTPClient(client *http.Client) Option {
	return clientOption(func(c *apiClient) {
		if client != nil {
			c.http = *client
		}
	})
}

// WithMiddleware wraps the transport, to see or change every request that is
// sent and its answer, tries and redirects one by one. The first one given is
// the outermost.
func WithMiddleware(wrap func(http.RoundTripper) http.RoundTripper) Option {
	return clientOption(func(c *apiClient) { c.middleware = append(c.middleware, wrap) })
}

// WithLogger logs what happens: requests and answers as Debug, retries as Info.
// Bodies are not logged, and secrets are left out.
func WithLogger(logger *slog.Logger) Option {
	return clientOption(func(c *apiClient) { c.logger = logger })
}

// WithToken sends this token where the API wants one.
func WithToken(token string) Option {
	return clientOption(func(c *apiClient) { c.auth.token = token })
}

// WithTokenSource asks for the token before every request. The source keeps
// the token as long as it is good.
func WithTokenSource(source func(ctx context.Context) (string, error)) Option {
	return clientOption(func(c *apiClient) { c.auth.source = source })
}

// WithRefresh gets a new token when the server answers 401, once for all calls
// that wait for it; each is then repeated once. Where refresh calls this
// client, it has to pass its context on.
func WithRefresh(refresh func(ctx context.Context) (string, error)) Option {
	return clientOption(func(c *apiClient) { c.auth.refresh = refresh })
}

// WithAPIKey sends a key for the security scheme of this name in the API's
// description; an empty name stands for all of them that are not cookies.
func WithAPIKey(scheme, key string) Option {
	return clientOption(func(c *apiClient) { c.auth.setKey(scheme, key) })
}

// WithBasicAuth sends user name and password where the API wants them.
func WithBasicAuth(user, password string) Option {
	return clientOption(func(c *apiClient) { c.auth.setBasic(user, password) })
}

// WithCSRF names the cookie whose value is sent in a header with every request
// that changes something. Without it they are csrftoken and X-CSRFToken. An
// empty name sends none.
func WithCSRF(cookie, header string) Option {
	return clientOption(func(c *apiClient) { c.csrfCookie, c.csrfHeader = cookie, header })
}

// WithHeader sends a header, in place of others of its name.
func WithHeader(name, value string) RequestOption {
	return func(r *request) { r.addHeader(name, value) }
}

// WithQuery adds a parameter to the query.
func WithQuery(name, value string) RequestOption {
	return func(r *request) { r.pairs = append(r.pairs, pair{name, percentEncode(value)}) }
}

// WithTimeout limits how long one try may go without any progress; 0 is no
// limit. Without it the limit is 30 seconds. It does not count while a stream
// is received. A limit for the whole call belongs into its context.
func WithTimeout(limit time.Duration) RequestOption {
	return func(r *request) { r.timeout = limit }
}

// WithRetries says how often a call is tried again after a failure that may
// pass. Without it, 2 times.
func WithRetries(count int) RequestOption {
	return func(r *request) { r.retries = count }
}

// WithIdempotent says that a call does no harm when it is repeated, so that a
// POST or PATCH is tried again too.
func WithIdempotent() RequestOption {
	return func(r *request) { r.idempotent = true }
}

// WithoutAuth sends no credentials.
func WithoutAuth() RequestOption {
	return func(r *request) { r.withoutAuth = true }
}

// WithResponse gives the last answer of a call, also where the call fails. Its
// body can be read (again), unless the call returns a stream.
func WithResponse(answer **http.Response) RequestOption {
	return func(r *request) { r.answer = answer }
}
