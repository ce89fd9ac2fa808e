//lint:file-ignore U1000 Generated code calls what the API needs of this.

// What all calls of a client share: settings, and how a request is put into HTTP.

package client

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// An apiDescription is what the API's description says of all operations.
type apiDescription struct {
	// server is where the API is, unless the user says otherwise.
	server  string
	schemes map[string]securityScheme
	// security has alternatives, each all of its schemes at once.
	security [][]string
}

type apiClient struct {
	base       string
	http       http.Client
	jar        http.CookieJar
	mayFollow  func(next *http.Request, via []*http.Request) error
	auth       credentials
	security   [][]string
	defaults   []RequestOption
	middleware []func(http.RoundTripper) http.RoundTripper
	logger     *slog.Logger
	csrfCookie string
	csrfHeader string
	problems   []RequestProblem
	pause      func(context.Context, time.Duration) error
}

func newAPIClient(baseURL string, api apiDescription, opts []Option) *apiClient {
	c := &apiClient{
		base:       cmp.Or(baseURL, api.server),
		auth:       credentials{schemes: api.schemes, keys: map[string]string{}},
		security:   api.security,
		csrfCookie: "csrftoken",
		csrfHeader: "X-CSRFToken",
		pause:      pause,
	}
	if len(api.schemes) == 0 {
		// Without any scheme described, a token is still worth sending.
		c.auth.schemes = map[string]securityScheme{"": {kind: "bearer"}}
		c.security = [][]string{{""}}
	}
	for _, option := range opts {
		if option != nil {
			option.applyTo(c)
		}
	}
	if _, err := parseBase(c.base); err != nil {
		c.problems = append(c.problems, RequestProblem{"base URL", err.Error()})
	}
	if c.auth.problem != nil {
		c.problems = append(c.problems, RequestProblem{"", c.auth.problem.Error()})
	}
	// Cookies and redirects are ours to handle: neither may carry secrets elsewhere.
	c.jar, c.http.Jar = c.http.Jar, nil
	c.mayFollow = c.http.CheckRedirect
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if c.http.Transport == nil {
		c.http.Transport = http.DefaultTransport
	}
	for _, wrap := range slices.Backward(c.middleware) {
		if wrap != nil {
			c.http.Transport = wrap(c.http.Transport)
		}
	}
	return c
}

func parseBase(text string) (*url.URL, error) {
	base, err := url.Parse(text)
	switch {
	case text == "":
		return nil, errors.New("is missing")
	case err != nil:
		return nil, errors.New("is no URL")
	case base.Scheme != "http" && base.Scheme != "https" || base.Host == "":
		return nil, errors.New("has to begin with http:// or https://")
	case base.RawQuery != "" || base.Fragment != "":
		return nil, errors.New("must not have a query or a fragment")
	}
	return base, nil
}

// urls gives where a request goes, and the server that credentials belong to.
func (c *apiClient) urls(r *request) (target, home *url.URL, err error) {
	base := c.base
	if home, err = parseBase(base); err == nil && r.base != "" {
		if home, err = home.Parse(r.base); err == nil {
			base = home.String()
			home, err = parseBase(base)
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("server URL %w", err)
	}
	if r.target != "" {
		target, err = url.Parse(r.target)
		return target, home, err
	}
	path, query, err := fillPath(r.template, r.paths)
	if err != nil {
		return nil, nil, err
	}
	if more := joinPairs(r.pairs, "&"); query == "" {
		query = more
	} else if more != "" {
		query += "&" + more
	}
	whole := strings.TrimRight(base, "/") + "/" + strings.TrimPrefix(path, "/")
	if target, err = url.Parse(whole); err != nil {
		return nil, nil, errors.New("the path makes no URL")
	}
	target.RawQuery = query
	return target, home, nil
}

func sameOrigin(one, other *url.URL) bool {
	return one.Scheme == other.Scheme && strings.EqualFold(one.Hostname(), other.Hostname()) && port(one) == port(other)
}

func port(u *url.URL) string {
	if u.Port() == "" && u.Scheme == "https" {
		return "443"
	}
	return cmp.Or(u.Port(), "80")
}

// A hop is one request on its way: a try, or where a redirect leads.
type hop struct {
	method  string
	target  *url.URL
	home    *url.URL
	payload *payload
}

// build makes the HTTP request of a hop. Another origin than the API's gets no
// credentials, and nothing else that the caller or the user has said.
func (c *apiClient) build(ctx context.Context, r *request, h hop, progress func()) (*http.Request, string, error) {
	target := *h.target
	req, err := http.NewRequestWithContext(ctx, h.method, "", nil)
	if err != nil {
		return nil, "", err
	}
	req.URL = &target
	req.Host = target.Host
	req.Header.Set("Accept", r.accepted)
	if !sameOrigin(h.target, h.home) {
		return req, "", nil
	}
	signed, err := c.auth.sign(ctx, r.alternatives)
	if err != nil {
		return nil, "", err
	}
	for _, each := range signed.query {
		// A link to a next page may have the key already.
		if !h.target.Query().Has(each.name) {
			target.RawQuery = strings.TrimPrefix(target.RawQuery+"&"+joinPairs([]pair{each}, "&"), "&")
		}
	}
	if h.payload != nil {
		req.Header.Set("Content-Type", h.payload.mediaType)
	}
	for _, each := range slices.Concat(signed.headers, r.headers) {
		if strings.EqualFold(each.name, "Host") {
			req.Host = each.text
		} else {
			req.Header.Set(each.name, each.text)
		}
	}
	c.addCookies(req, r, signed)
	if h.payload == nil {
		req.Header.Del("Content-Type")
		return req, signed.token, nil
	}
	return req, signed.token, attach(req, h.payload, progress)
}

func attach(req *http.Request, body *payload, progress func()) error {
	if req.ContentLength = body.length(); req.ContentLength == 0 {
		req.Body = http.NoBody
		return nil
	}
	open := func() (io.ReadCloser, error) { return body.open(progress) }
	if req.ContentLength > 0 {
		req.GetBody = open
	}
	var err error
	req.Body, err = open()
	return err
}

// addCookies joins those of the jar, the call and the credentials; later ones
// replace earlier ones. Then it adds what protects against forged requests.
func (c *apiClient) addCookies(req *http.Request, r *request, signed signature) {
	own := make([]pair, 0, len(r.cookies)+len(signed.cookies))
	for _, each := range r.cookies {
		own = append(own, pair{percentEncode(each.name), each.text})
	}
	own = append(own, signed.cookies...)
	var all []pair
	if c.jar != nil {
		for _, cookie := range c.jar.Cookies(req.URL) {
			if !slices.ContainsFunc(own, func(each pair) bool { return each.name == cookie.Name }) {
				all = append(all, pair{cookie.Name, cookie.Value})
			}
		}
	}
	all = append(all, own...)
	texts := make([]string, len(all))
	for i, each := range all {
		texts[i] = each.name + "=" + each.text
	}
	if set := req.Header.Get("Cookie"); set != "" {
		texts = append(texts, set)
	}
	if len(texts) > 0 {
		req.Header.Set("Cookie", strings.Join(texts, "; "))
	}
	if c.csrfHeader == "" || slices.Contains(safeMethods, req.Method) || req.Header.Get(c.csrfHeader) != "" {
		return
	}
	for _, each := range all {
		if each.name == c.csrfCookie {
			req.Header.Set(c.csrfHeader, each.text)
			if req.URL.Scheme == "https" && req.Header.Get("Referer") == "" {
				// Django checks it on https.
				req.Header.Set("Referer", "https://"+req.URL.Host+"/")
			}
		}
	}
}
