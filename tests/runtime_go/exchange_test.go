package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPassingStatusesAreTriedAgain(t *testing.T) {
	for _, status := range []int{408, 429, 500, 502, 503, 504} {
		server := newRecorder(t, answer(status, ``), answer(status, ``), answer(200, `"done"`))
		client, waits := newTestClient(server.URL, plainAPI)
		got, err := doValue[string](t.Context(), client, newRequest(http.MethodGet, "/"), nil)
		must(t, err)
		equal(t, got, "done")
		equal(t, len(*waits), 2)
	}
}

func TestOtherStatusesAreNot(t *testing.T) {
	for _, status := range []int{400, 401, 404, 409, 501} {
		server := newRecorder(t, answer(status, ``))
		if get(t, connect(t, server), nil) == nil || server.count() != 1 {
			t.Errorf("%d: %d requests", status, server.count())
		}
	}
}

func TestMethodsThatMayDoHarmAreNotRepeatedUnlessAsked(t *testing.T) {
	for _, method := range []string{"POST", "PATCH"} {
		server := newRecorder(t, answer(503, ``), answer(503, ``), answer(200, ``))
		client := connect(t, server)
		err := doNothing(t.Context(), client, newRequest(method, "/"), nil)
		equal(t, server.count(), 1)
		if !errors.Is(err, ErrServer) {
			t.Error(err)
		}
		req := newRequest(method, "/")
		req.json(map[string]int{"a": 1})
		must(t, doNothing(t.Context(), client, req, []RequestOption{WithIdempotent()}))
		equal(t, server.count(), 3)
		equal(t, []string{server.all()[1].body, server.last(t).body}, []string{`{"a":1}`, `{"a":1}`})
	}
}

func TestRetriesEnd(t *testing.T) {
	server := newRecorder(t, answer(503, ``))
	client := connect(t, server, WithRetries(4))
	var failed *APIError
	if err := get(t, client, nil); !errors.As(err, &failed) || failed.StatusCode != 503 {
		t.Error(err)
	}
	equal(t, server.count(), 5)
	_ = get(t, client, nil, WithRetries(0))
	equal(t, server.count(), 6)
}

func TestBackoffIsFullJitter(t *testing.T) {
	for try, longest := range map[int]time.Duration{1: 500, 2: 1000, 3: 2000, 4: 4000, 5: 8000, 6: 8000, 5000: 8000} {
		low, high := longest*time.Millisecond, time.Duration(0)
		for range 300 {
			wait, ok := backoff(try, nil)
			if !ok || wait < 0 || wait > longest*time.Millisecond {
				t.Fatalf("try %d: %s", try, wait)
			}
			low, high = min(low, wait), max(high, wait)
		}
		if low > longest*time.Millisecond/4 || high < longest*time.Millisecond*3/4 {
			t.Errorf("try %d: from %s to %s", try, low, high)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{"7": 7 * time.Second, " 0 ": 0, "60": time.Minute} {
		server := newRecorder(t, answer(503, ``, "Retry-After", header), answer(200, ``))
		client, waits := newTestClient(server.URL, plainAPI)
		must(t, get(t, client, nil))
		equal(t, *waits, []time.Duration{want})
	}
	now := time.Date(2026, 1, 31, 10, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"Sat, 31 Jan 2026 10:00:30 GMT": 30 * time.Second, "Sat, 31 Jan 2026 09:00:00 GMT": 0, "3": 3 * time.Second, strings.Repeat("9", 400): 1e9 * time.Second,
	} {
		if got, ok := parseRetryAfter(header, now); !ok || got != want {
			t.Errorf("%s: %s", header, got)
		}
	}
	for _, header := range []string{"soon", "-1", "1.5", "", "Fri, 99 Foo 2026", "٣"} {
		if got, ok := parseRetryAfter(header, now); ok {
			t.Errorf("%s: %s", header, got)
		}
	}
}

func TestALongRetryAfterIsNotWaitedFor(t *testing.T) {
	server := newRecorder(t, answer(429, ``, "Retry-After", "61"))
	client, waits := newTestClient(server.URL, plainAPI)
	var failed *APIError
	if err := get(t, client, nil); !errors.As(err, &failed) || failed.Header.Get("Retry-After") != "61" || !errors.Is(err, ErrTooManyRequests) {
		t.Error(err)
	}
	equal(t, len(*waits), 0)
}

func TestABrokenConnectionIsTriedAgain(t *testing.T) {
	server := newRecorder(t, broken, answer(200, `"done"`))
	got, err := doValue[string](t.Context(), connect(t, server), newRequest(http.MethodGet, "/"), nil)
	must(t, err)
	equal(t, got, "done")
	server = newRecorder(t, broken)
	err = get(t, connect(t, server), nil)
	var lost *NetworkError
	if !errors.As(err, &lost) || server.count() != 3 {
		t.Error(err)
	}
}

func TestNobodyListens(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	client, waits := newTestClient(server.URL, plainAPI)
	err := get(t, client, func(r *request) { r.query("key", "hidden") })
	var lost *NetworkError
	if !errors.As(err, &lost) || strings.Contains(err.Error(), "hidden") || !strings.HasPrefix(err.Error(), "GET /: no answer: dial tcp ") {
		t.Error(err)
	}
	equal(t, len(*waits), 2)
}

func slow(w http.ResponseWriter, req *http.Request) {
	select {
	case <-req.Context().Done():
	case <-time.After(10 * time.Second):
	}
}

func TestTimeout(t *testing.T) {
	server := newRecorder(t, slow, answer(200, `1`))
	got, err := doValue[int](t.Context(), connect(t, server), newRequest(http.MethodGet, "/"), []RequestOption{WithTimeout(300 * time.Millisecond)})
	must(t, err)
	equal(t, got, 1)
	server = newRecorder(t, slow)
	client, waits := newTestClient(server.URL, plainAPI, WithTimeout(30*time.Millisecond), WithRetries(1))
	var lost *NetworkError
	if err := get(t, client, nil); !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &lost) {
		t.Error(err)
	}
	equal(t, len(*waits), 1)
}

// What moves, however slowly, is not timed out.
func TestTimeoutIsAboutProgress(t *testing.T) {
	server := newRecorder(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for _, part := range []string{`"a`, `b`, `c`, `d`, `e`, `f`, `g"`} {
			_, _ = io.WriteString(w, part)
			_ = http.NewResponseController(w).Flush()
			time.Sleep(100 * time.Millisecond)
		}
	})
	client := connect(t, server, WithTimeout(500*time.Millisecond), WithRetries(0))
	got, err := doValue[string](t.Context(), client, newRequest(http.MethodGet, "/"), nil)
	must(t, err)
	equal(t, got, "abcdefg")
	body, err := doStream(t.Context(), client, newRequest(http.MethodGet, "/"), []RequestOption{WithTimeout(400 * time.Millisecond)})
	must(t, err)
	text, err := io.ReadAll(body)
	must(t, err)
	must(t, body.Close())
	equal(t, string(text), `"abcdefg"`)
}

func TestACancelledCallIsNotTriedAgain(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := newRecorder(t, func(w http.ResponseWriter, req *http.Request) { cancel(); slow(w, req) })
	client, waits := newTestClient(server.URL, plainAPI)
	err := doNothing(ctx, client, newRequest(http.MethodGet, "/x"), nil)
	var lost *NetworkError
	if !errors.Is(err, context.Canceled) || errors.As(err, &lost) || err.Error() != "GET /x: context canceled" {
		t.Error(err)
	}
	equal(t, []int{server.count(), len(*waits)}, []int{1, 0})
}

func TestCancellingWhileWaiting(t *testing.T) {
	server := newRecorder(t, answer(503, ``, "Retry-After", "50"))
	client := newAPIClient(server.URL, plainAPI, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := doNothing(ctx, client, newRequest(http.MethodGet, "/"), nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	equal(t, server.count(), 1)
}

// Redirects

func TestRedirects(t *testing.T) {
	for _, one := range []struct {
		status        int
		method, after string
	}{
		{301, "GET", "GET"}, {301, "POST", "GET"}, {302, "POST", "GET"}, {302, "PUT", "PUT"}, {303, "PUT", "GET"},
		{303, "HEAD", "HEAD"}, {307, "POST", "POST"}, {308, "PATCH", "PATCH"},
	} {
		server := newRecorder(t, answer(one.status, ``, "Location", "/there?x=%2F"), answer(200, ``))
		req := newRequest(one.method, "/here")
		if one.method != "GET" && one.method != "HEAD" {
			req.json(map[string]int{"a": 1})
		}
		must(t, doNothing(t.Context(), connect(t, server, WithToken("secret")), req, nil))
		last := server.last(t)
		body := ""
		if req.payload != nil && one.after == one.method {
			body = `{"a":1}`
		}
		equal(t, []string{last.method, last.target, last.header.Get("Authorization"), last.body}, []string{one.after, "/there?x=%2F", "Bearer secret", body})
		equal(t, last.header.Get("Content-Type") != "", body != "")
	}
}

func TestARedirectToNowhereIsAnError(t *testing.T) {
	for _, location := range []string{"", "ftp://x/", "mailto:a@b", "http:///x"} {
		server := newRecorder(t, answer(302, ``, "Location", location))
		var failed *APIError
		if err := get(t, connect(t, server), nil); !errors.As(err, &failed) || failed.StatusCode != 302 {
			t.Errorf("%q: %v", location, err)
		}
	}
	// net/http itself reads these.
	for _, location := range []string{"//[", "http://a b/"} {
		server := newRecorder(t, answer(302, ``, "Location", location))
		var lost *NetworkError
		if err := get(t, connect(t, server), nil); !errors.As(err, &lost) {
			t.Errorf("%q: %v", location, err)
		}
	}
}

func TestRedirectsInACircle(t *testing.T) {
	server := newRecorder(t, answer(302, ``, "Location", "/"))
	if get(t, connect(t, server), nil) == nil {
		t.Error("no error")
	}
	equal(t, server.count(), 11)
}

func TestDescribedRedirectsAreNotFollowed(t *testing.T) {
	server := newRecorder(t, answer(302, ``, "Location", "/there"))
	var seen *http.Response
	must(t, get(t, connect(t, server), func(r *request) { r.succeeds("302") }, WithResponse(&seen)))
	equal(t, seen.Header.Get("Location"), "/there")
}

func TestTheUsersRedirectPolicy(t *testing.T) {
	server := newRecorder(t, answer(302, ``, "Location", "/there"))
	client := connect(t, server, WithHTTPClient(&http.Client{CheckRedirect: func(next *http.Request, via []*http.Request) error {
		if next.URL.Path != "/there" || len(via) != 1 {
			t.Error(next.URL, len(via))
		}
		return http.ErrUseLastResponse
	}}))
	if get(t, client, nil) == nil || server.count() != 1 {
		t.Error("followed")
	}
}

func TestNothingSecretGoesToAnotherOrigin(t *testing.T) {
	other := newRecorder(t, answer(200, ``, "Set-Cookie", "planted=1"))
	server := newRecorder(t, answer(200, ``, "Set-Cookie", "csrftoken=secret; Path=/"), answer(302, ``, "Location", other.URL+"/there"))
	jar := newJar(t)
	client, _ := newTestClient(server.URL, allSchemes, WithToken("secret"), WithAPIKey("header", "k1"), WithAPIKey("query", "k2"),
		WithAPIKey("session", "k3"), WithHeader("X-Client", "secret"), WithHTTPClient(&http.Client{Jar: jar}))
	must(t, get(t, client, nil))
	must(t, get(t, client, func(r *request) {
		r.header("X-Param", "secret")
		r.cookie("c", "secret")
	}, WithHeader("X-Call", "secret")))
	var names []string
	for name := range other.last(t).header {
		names = append(names, name)
	}
	slices.Sort(names)
	equal(t, names, []string{"Accept", "Accept-Encoding", "User-Agent"})
	equal(t, other.last(t).target, "/there")
	sent := server.last(t)
	equal(t, sent.header.Get("Cookie"), "csrftoken=secret; c=secret; sessionid=k3")
	equal(t, []string{sent.header.Get("X-Key"), sent.target, sent.header.Get("X-Client"), sent.header.Get("X-Call")}, []string{"k1", "/?key=k2", "secret", "secret"})
	must(t, get(t, client, nil, WithoutAuth()))
	equal(t, strings.Contains(server.last(t).header.Get("Cookie"), "planted"), false)
}

func TestABodyDoesNotGoToAnotherOrigin(t *testing.T) {
	other := newRecorder(t)
	server := newRecorder(t, answer(307, ``, "Location", other.URL))
	req := newRequest(http.MethodPost, "/")
	req.json(map[string]string{"password": "x"})
	var failed *APIError
	if err := doNothing(t.Context(), connect(t, server), req, nil); !errors.As(err, &failed) || failed.StatusCode != 307 {
		t.Error(err)
	}
	equal(t, other.count(), 0)
}

// What the user may change

func TestHeaders(t *testing.T) {
	server := newRecorder(t)
	client := connect(t, server, WithHeader("X-A", "client"), WithHeader("X-B", "client"), nil)
	must(t, get(t, client, func(r *request) { r.header("X-B", "operation") }, WithHeader("x-b", "call"), WithHeader("Host", "elsewhere"), nil))
	last := server.last(t)
	equal(t, []string{last.header.Get("X-A"), last.header.Get("X-B"), last.host}, []string{"client", "call", "elsewhere"})
	equal(t, last.header.Get("Accept"), "application/json, */*;q=0.9")
	must(t, get(t, client, func(r *request) { r.accept("application/vnd.x+json") }))
	equal(t, server.last(t).header.Get("Accept"), "application/vnd.x+json")
	for _, pair := range [][2]string{{"a b", "x"}, {"", "x"}, {"a\r\nb", "x"}, {"a", "x\ny"}, {"é", "x"}} {
		var invalid *InvalidRequestError
		if err := get(t, client, nil, WithHeader(pair[0], pair[1])); !errors.As(err, &invalid) {
			t.Errorf("%q: %v", pair, err)
		}
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestMiddlewareSeesEveryTry(t *testing.T) {
	server := newRecorder(t, answer(503, ``), answer(200, ``))
	var order []string
	wrap := func(name string) Option {
		return WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
			return roundTripper(func(req *http.Request) (*http.Response, error) {
				order = append(order, name)
				req.Header.Add("X-Seen", name)
				return next.RoundTrip(req)
			})
		})
	}
	must(t, get(t, connect(t, server, wrap("outer"), wrap("inner"), WithHTTPClient(&http.Client{})), nil))
	equal(t, order, []string{"outer", "inner", "outer", "inner"})
	equal(t, server.last(t).header["X-Seen"], []string{"outer", "inner"})
	broken := errors.New("broken on purpose")
	client := connect(t, server, WithMiddleware(func(http.RoundTripper) http.RoundTripper {
		return roundTripper(func(*http.Request) (*http.Response, error) { return nil, broken })
	}))
	if err := get(t, client, nil); !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestTheUsersHTTPClientStaysAsItIs(t *testing.T) {
	server := newRecorder(t)
	jar := newJar(t)
	own := &http.Client{Jar: jar, Timeout: time.Minute}
	must(t, get(t, connect(t, server, WithHTTPClient(own)), nil))
	if own.Jar != jar || own.Transport != nil || own.CheckRedirect != nil {
		t.Error("it was changed")
	}
}

func TestWithResponse(t *testing.T) {
	server := newRecorder(t, answer(200, `{"a":1}`, "X-Total", "7"), answer(404, `{"b":2}`))
	client := connect(t, server)
	for _, want := range []string{`{"a":1}`, `{"b":2}`} {
		var seen *http.Response
		_, _ = do[map[string]int](t.Context(), client, newRequest(http.MethodGet, "/"), []RequestOption{WithResponse(&seen)})
		text, err := io.ReadAll(seen.Body)
		must(t, err)
		equal(t, string(text), want)
	}
}

// Bodies that can be read again are, from where they were.
func TestBodiesAreReplayed(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(name, []byte("head|content"), 0o600))
	file, err := os.Open(name)
	must(t, err)
	defer func() { must(t, file.Close()) }()
	_, err = file.Seek(5, io.SeekStart)
	must(t, err)
	for kind, body := range map[string]io.Reader{
		"file": file, "buffer": bytes.NewBufferString("content"), "bytes": bytes.NewReader([]byte("content")), "strings": strings.NewReader("content"),
	} {
		server := newRecorder(t, answer(503, ``), answer(200, ``))
		req := newRequest(http.MethodPut, "/")
		req.binary(body)
		must(t, doNothing(t.Context(), connect(t, server), req, nil))
		all := server.all()
		equal(t, len(all), 2)
		for _, each := range all {
			equal(t, []any{kind, each.body, each.length, each.header.Get("Content-Type")}, []any{kind, "content", 7, "application/octet-stream"})
		}
	}
}

type onlyReader struct{ io.Reader }

func TestStreamsAreSentOnce(t *testing.T) {
	server := newRecorder(t, answer(503, ``))
	req := newRequest(http.MethodPut, "/")
	req.binary(onlyReader{strings.NewReader("content")}, "image/png")
	client := connect(t, server)
	if err := doNothing(t.Context(), client, req, nil); !errors.Is(err, ErrServer) {
		t.Error(err)
	}
	all := server.all()
	equal(t, []any{len(all), all[0].body, all[0].length, all[0].header.Get("Content-Type")}, []any{1, "content", -1, "image/png"})
	if err := doNothing(t.Context(), client, req, nil); err == nil || !strings.Contains(err.Error(), "cannot be read again") {
		t.Error(err)
	}
}

// A server that answers early leaves nobody reading from the caller.
func TestNobodyReadsAfterTheCall(t *testing.T) {
	early := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(413) }))
	defer early.Close()
	for range 20 {
		reads := 0
		body := readerFunc(func(out []byte) (int, error) { reads++; time.Sleep(time.Millisecond); return len(out), nil })
		req := newRequest(http.MethodPost, "/")
		req.binary(body)
		client, _ := newTestClient(early.URL, plainAPI)
		if doNothing(t.Context(), client, req, nil) == nil {
			t.Error("no error")
		}
		req.payload.last.mutex.Lock()
		before := reads
		req.payload.last.mutex.Unlock()
		time.Sleep(5 * time.Millisecond)
		req.payload.last.mutex.Lock()
		equal(t, reads, before)
		req.payload.last.mutex.Unlock()
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(out []byte) (int, error) { return f(out) }
