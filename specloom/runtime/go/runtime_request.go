//lint:file-ignore U1000 Generated code calls what the API needs of this.

// A request while it is put together. Problems are kept and come back from the
// call; then nothing is sent.

package client

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

type request struct {
	method   string
	template string
	// target is a whole URL in place of path and query: a link to the next page.
	target string
	// base is the operation's own server.
	base     string
	paths    map[string]string
	pairs    []pair
	headers  []pair
	cookies  []pair
	accepted string
	payload  *payload
	problems []RequestProblem

	alternatives [][]string
	hasSecurity  bool
	withoutAuth  bool

	failures  []failure
	successes []string
	canBeBare bool

	timeout    time.Duration
	retries    int
	idempotent bool
	answer     **http.Response
	seen       *seenPage
}

func newRequest(method, template string) *request {
	return &request{method: method, template: template}
}

// operation names the request in errors and logs: values are not part of it.
func (r *request) operation() string { return r.method + " " + r.template }

// with makes the request of one call. The original stays as it is, so that a
// stream can be ranged over again.
func (r *request) with(c *apiClient, opts []RequestOption) *request {
	call := *r
	call.pairs = slices.Clip(call.pairs)
	call.headers = slices.Clip(call.headers)
	call.cookies = slices.Clip(call.cookies)
	call.problems = append(slices.Clip(call.problems), c.problems...)
	call.timeout, call.retries = defaultTimeout, defaultRetries
	for _, opts := range [][]RequestOption{c.defaults, opts} {
		for _, option := range opts {
			if option != nil {
				option(&call)
			}
		}
	}
	if !call.hasSecurity {
		call.alternatives = c.security
	}
	if call.withoutAuth {
		call.alternatives = nil
	}
	return &call
}

func (r *request) problem(path string, err error) {
	var invalid *InvalidRequestError
	switch {
	case err == nil:
	case errors.As(err, &invalid):
		for _, problem := range invalid.Problems {
			r.problems = append(r.problems, RequestProblem{joinPath(path, problem.Path), problem.Message})
		}
	default:
		r.problems = append(r.problems, RequestProblem{path, err.Error()})
	}
}

func (r *request) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	return &InvalidRequestError{Problems: r.problems, operation: r.operation()}
}

func word(style []string, other string) string {
	if len(style) > 0 {
		return style[0]
	}
	return other
}

func (r *request) path(name string, value any, style ...string) {
	raw, err := plainJSON(value)
	text := ""
	if err == nil {
		text, err = pathText(name, raw, word(style, "simple"))
	}
	r.problem("path parameter "+strconv.Quote(name), err)
	if r.paths == nil {
		r.paths = map[string]string{}
	}
	r.paths[name] = text
}

func (r *request) query(name string, value any, style ...string) {
	raw, err := plainJSON(value)
	r.problem("query parameter "+strconv.Quote(name), err)
	if err == nil && raw != nil {
		r.pairs = append(r.pairs, stylePairs(name, raw, word(style, "form"))...)
	}
}

func (r *request) header(name string, value any, style ...string) {
	raw, err := plainJSON(value)
	r.problem("header "+strconv.Quote(name), err)
	if err != nil || raw == nil {
		return
	}
	if text, ok := headerText(raw, word(style, "simple")); ok {
		r.addHeader(name, text)
	}
}

func (r *request) addHeader(name, value string) {
	if err := checkHeader(name, value); err != nil {
		r.problem("header "+strconv.Quote(name), err)
		return
	}
	r.headers = append(r.headers, pair{name, value})
}

// checkHeader refuses what would end the header and start another.
func checkHeader(name, value string) error {
	const signs = "!#$%&'*+-.^_`|~"
	for _, c := range []byte(name) {
		if !('0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z') && strings.IndexByte(signs, c) < 0 {
			return errors.New("is no name of a header")
		}
	}
	for _, c := range []byte(value) {
		if c < ' ' && c != '\t' || c == 0x7f {
			return errors.New("has a control character")
		}
	}
	if name == "" {
		return errors.New("is no name of a header")
	}
	return nil
}

func (r *request) cookie(name string, value any, style ...string) {
	raw, err := plainJSON(value)
	r.problem("cookie "+strconv.Quote(name), err)
	if err == nil && raw != nil {
		r.cookies = append(r.cookies, stylePairs(name, raw, word(style, "form"))...)
	}
}

// security replaces what the API usually wants: alternatives, each all of its
// schemes at once. None at all: no credentials.
func (r *request) security(alternatives ...[]string) {
	r.alternatives, r.hasSecurity = alternatives, true
}

// accept says which media type is wanted.
func (r *request) accept(mediaType string) { r.accepted = mediaType }

// server is the operation's own server, absolute or relative to the client's.
func (r *request) server(url string) { r.base = url }

// succeeds names statuses besides 2XX that are described as a success.
func (r *request) succeeds(statuses ...string) { r.successes = append(r.successes, statuses...) }

// mayBeEmpty says that a success may come without a body.
func (r *request) mayBeEmpty() { r.canBeBare = true }

// validate keeps the problems of a value that can check itself.
func (r *request) validate(value any) { r.problem("", validationError(value)) }

func (r *request) isSuccess(status int) bool {
	if status/100 == 2 {
		return true
	}
	for _, pattern := range statusPatterns(status)[:2] {
		if slices.Contains(r.successes, pattern) {
			return true
		}
	}
	return false
}

// replaceQuery gives a parameter another value.
func (r *request) replaceQuery(name, text string) {
	kept := make([]pair, 0, len(r.pairs)+1)
	done := false
	for _, each := range r.pairs {
		if each.name != name {
			kept = append(kept, each)
		} else if !done {
			kept, done = append(kept, pair{name, percentEncode(text)}), true
		}
	}
	if !done {
		kept = append(kept, pair{name, percentEncode(text)})
	}
	r.pairs = kept
}

func joinPairs(pairs []pair, separator string) string {
	var out strings.Builder
	for i, each := range pairs {
		if i > 0 {
			out.WriteString(separator)
		}
		out.WriteString(percentEncode(each.name))
		out.WriteByte('=')
		out.WriteString(each.text)
	}
	return out.String()
}
