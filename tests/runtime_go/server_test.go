package client

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// A received request, as it was on the wire.
type received struct {
	method string
	target string
	header http.Header
	host   string
	body   string
	length int64
}

// A recorder is a server that writes down what arrives, and answers with its
// handlers, one after the other, the last one for ever.
type recorder struct {
	*httptest.Server
	mutex    sync.Mutex
	requests []received
	answers  []http.HandlerFunc
}

func newRecorder(t *testing.T, answers ...http.HandlerFunc) *recorder {
	t.Helper()
	r := &recorder{answers: answers}
	if len(answers) == 0 {
		r.answers = []http.HandlerFunc{answer(200, `{}`)}
	}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		r.mutex.Lock()
		r.requests = append(r.requests, received{req.Method, req.RequestURI, req.Header, req.Host, string(body), req.ContentLength})
		next := r.answers[0]
		if len(r.answers) > 1 {
			r.answers = r.answers[1:]
		}
		r.mutex.Unlock()
		next(w, req)
	}))
	t.Cleanup(func() {
		r.CloseClientConnections()
		r.Close()
	})
	return r
}

func (r *recorder) all() []received {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return append([]received(nil), r.requests...)
}

func (r *recorder) last(t *testing.T) received {
	t.Helper()
	all := r.all()
	if len(all) == 0 {
		t.Fatal("nothing arrived")
	}
	return all[len(all)-1]
}

func (r *recorder) count() int { return len(r.all()) }

// answer has a JSON body, and headers in pairs.
func answer(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// broken ends the connection in the middle of the body.
func broken(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100")
	_, _ = io.WriteString(w, "{")
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

var plainAPI = apiDescription{}

// newTestClient does not wait between tries; what it would have waited is in
// the slice.
func newTestClient(url string, api apiDescription, opts ...Option) (*apiClient, *[]time.Duration) {
	c := newAPIClient(url, api, opts)
	waits := &[]time.Duration{}
	var mutex sync.Mutex
	c.pause = func(ctx context.Context, wait time.Duration) error {
		mutex.Lock()
		defer mutex.Unlock()
		*waits = append(*waits, wait)
		return ctx.Err()
	}
	return c, waits
}

func connect(t *testing.T, r *recorder, opts ...Option) *apiClient {
	t.Helper()
	c, _ := newTestClient(r.URL, plainAPI, opts...)
	return c
}

func get(t *testing.T, c *apiClient, build func(*request), opts ...RequestOption) error {
	t.Helper()
	req := newRequest(http.MethodGet, "/")
	if build != nil {
		build(req)
	}
	return doNothing(t.Context(), c, req, opts)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T any](t *testing.T, got, want T) {
	t.Helper()
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if string(a) != string(b) {
		t.Errorf("got  %s\nwant %s", a, b)
	}
}
