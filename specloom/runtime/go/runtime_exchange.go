// One call from its first try to its last: retries, redirects, a new token.

package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// An exchanged answer: with its whole body, or, of a stream, still open.
type exchanged struct {
	request  *request
	response *http.Response
	body     []byte
}

// exchange sends a request until there is a success.
func (c *apiClient) exchange(ctx context.Context, r *request, stream bool) (*exchanged, error) {
	if err := r.err(); err != nil {
		return nil, err
	}
	target, home, err := c.urls(r)
	if err != nil {
		r.problem("", err)
		return nil, r.err()
	}
	if r.payload != nil && !stream {
		defer r.payload.finish()
	}
	run := &exchangeRun{apiClient: c, request: r, hop: hop{r.method, target, home, r.payload}, try: 1}
	for {
		answer, used, err := c.send(ctx, r, run.hop, stream, run.try)
		if err != nil {
			if err := run.afterLoss(ctx, err); err != nil {
				return nil, err
			}
			continue
		}
		if r.answer != nil {
			*r.answer = answer.response
		}
		if r.isSuccess(answer.response.StatusCode) {
			r.seen.look(answer.response)
			return answer, nil
		}
		if run.follows(answer.response) {
			continue
		}
		if err := run.afterFailure(ctx, answer, used); err != nil {
			return nil, err
		}
	}
}

// An exchangeRun knows how far an exchange has come.
type exchangeRun struct {
	*apiClient
	*request
	hop       hop
	try       int
	refreshed bool
	via       []*http.Request
}

// afterLoss waits for the next try after one without an answer, or gives up.
func (x *exchangeRun) afterLoss(ctx context.Context, err error) error {
	var lost *NetworkError
	if !errors.As(err, &lost) || !x.mayRetry(x.hop.method, x.try, x.hop.payload) {
		return err
	}
	return x.wait(ctx, nil, err)
}

// afterFailure gets a new token or waits for the next try, or gives up.
func (x *exchangeRun) afterFailure(ctx context.Context, answer *exchanged, used string) error {
	status := answer.response.StatusCode
	failed := x.failed(answer.response, answer.body, x.shownURL(answer.response.Request.URL))
	canRepeat := x.hop.payload == nil || x.hop.payload.canBeSent()
	if status == http.StatusUnauthorized && !x.refreshed && canRepeat && len(x.alternatives) > 0 {
		x.refreshed = true
		renewed, err := x.auth.renew(ctx, used)
		switch {
		case renewed:
			return nil
		case ctx.Err() != nil:
			return &callError{x.operation(), context.Cause(ctx)}
		case err != nil:
			x.log(ctx, slog.LevelWarn, "there is no new token", x.request)
			return &refreshError{failed, err}
		}
	}
	if !slices.Contains(passingStatuses, status) || !x.mayRetry(x.hop.method, x.try, x.hop.payload) {
		return failed
	}
	return x.wait(ctx, answer.response, failed)
}

// wait waits before the next try; failed is what to say where that is too long.
func (x *exchangeRun) wait(ctx context.Context, answer *http.Response, failed error) error {
	delay, ok := backoff(x.try, answer)
	if !ok {
		return failed
	}
	x.logRetry(ctx, x.request, delay, answer)
	if err := x.pause(ctx, delay); err != nil {
		return &callError{x.operation(), err}
	}
	x.try++
	return nil
}

// follows goes where a redirect leads.
func (x *exchangeRun) follows(answer *http.Response) bool {
	if len(x.via) == maxRedirects {
		return false
	}
	next, ok := x.redirect(x.hop, answer, x.via)
	if ok {
		x.hop, x.via = next, append(x.via, answer.Request)
	}
	return ok
}

// A refreshError is a 401, and why there is no new token.
type refreshError struct{ refused, refresh error }

func (e *refreshError) Error() string {
	return e.refused.Error() + ", and getting a new token failed: " + e.refresh.Error()
}

func (e *refreshError) Unwrap() []error { return []error{e.refused, e.refresh} }

// send makes one try. It reads the answer whole, unless it is a success that
// is to be a stream.
func (c *apiClient) send(ctx context.Context, r *request, h hop, stream bool, try int) (*exchanged, string, error) {
	trying, cancel := context.WithCancelCause(ctx)
	guard := newWatchdog(r.timeout, func() { cancel(context.DeadlineExceeded) })
	open := false
	defer func() {
		guard.stop()
		if !open {
			cancel(nil)
		}
	}()
	req, used, err := c.build(trying, r, h, guard.progress)
	if err != nil {
		return nil, "", c.lost(ctx, trying, r, err, false)
	}
	c.logRequest(ctx, r, req, try)
	start := time.Now()
	response, err := c.http.Do(req)
	if err != nil {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, "", c.lost(ctx, trying, r, err, true)
	}
	c.logResponse(ctx, r, response.StatusCode, time.Since(start))
	if c.jar != nil && sameOrigin(h.target, h.home) {
		if cookies := response.Cookies(); len(cookies) > 0 {
			c.jar.SetCookies(req.URL, cookies)
		}
	}
	answer := &exchanged{request: r, response: response}
	if stream && r.isSuccess(response.StatusCode) {
		open = true
		response.Body = &streamBody{response.Body, func() { cancel(nil) }}
		return answer, used, nil
	}
	answer.body, err = io.ReadAll(&watchedReader{response.Body, guard})
	_ = response.Body.Close()
	if err != nil {
		return nil, "", c.lost(ctx, trying, r, err, true)
	}
	response.Body = io.NopCloser(bytes.NewReader(answer.body))
	return answer, used, nil
}

// lost says why there is no answer. The text of a url.Error holds the URL, in
// which there may be secrets.
func (c *apiClient) lost(ctx, trying context.Context, r *request, err error, sent bool) error {
	if ctx.Err() != nil {
		return &callError{r.operation(), context.Cause(ctx)}
	}
	if trying.Err() != nil {
		return &NetworkError{context.Cause(trying), r.operation()}
	}
	if !sent {
		return &callError{r.operation(), err}
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return &NetworkError{err, r.operation()}
}

// redirect says where to go on. A body does not go to another origin.
func (c *apiClient) redirect(h hop, answer *http.Response, via []*http.Request) (hop, bool) {
	switch answer.StatusCode {
	case 301, 302, 303, 307, 308:
	default:
		return h, false
	}
	location := answer.Header.Get("Location")
	target, err := h.target.Parse(location)
	if location == "" || err != nil || target.Host == "" || target.Scheme != "http" && target.Scheme != "https" {
		return h, false
	}
	next := h
	next.target = target
	// As browsers do it (WHATWG Fetch, section 4.4, HTTP-redirect fetch).
	toGet := h.method == http.MethodPost && answer.StatusCode < 303 || h.method != http.MethodHead && answer.StatusCode == 303
	if toGet && h.method != http.MethodGet {
		next.method, next.payload = http.MethodGet, nil
	}
	if next.payload != nil && (!sameOrigin(h.target, target) || !next.payload.canBeSent()) {
		return h, false
	}
	if c.mayFollow != nil {
		following := &http.Request{Method: next.method, URL: target, Header: http.Header{}, Response: answer}
		if c.mayFollow(following, append(slices.Clip(via), answer.Request)) != nil {
			return h, false
		}
	}
	return next, true
}

// A watchdog ends a try that makes no progress.
type watchdog struct {
	mutex sync.Mutex
	limit time.Duration
	timer *time.Timer
}

func newWatchdog(limit time.Duration, bark func()) *watchdog {
	w := &watchdog{limit: limit}
	if limit > 0 {
		w.timer = time.AfterFunc(limit, bark)
	}
	return w
}

func (w *watchdog) progress() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.timer != nil {
		w.timer.Reset(w.limit)
	}
}

func (w *watchdog) stop() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
}

type watchedReader struct {
	io.Reader
	watchdog *watchdog
}

func (r *watchedReader) Read(out []byte) (int, error) {
	n, err := r.Reader.Read(out)
	r.watchdog.progress()
	return n, err
}

// A streamBody frees what its request holds when it is closed.
type streamBody struct {
	io.ReadCloser
	free func()
}

func (b *streamBody) Close() error {
	defer b.free()
	return b.ReadCloser.Close()
}
