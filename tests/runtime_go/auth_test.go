package client

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var allSchemes = apiDescription{
	schemes: map[string]securityScheme{
		"bearer": {kind: "bearer"}, "basic": {kind: "basic"}, "digest": {kind: "http", name: "Digest"}, "tls": {kind: "mutualTLS"},
		"header": {kind: "apiKey", in: "header", name: "X-Key"}, "query": {kind: "apiKey", in: "query", name: "key"},
		"session": {kind: "apiKey", in: "cookie", name: "sessionid"}, "unset": {kind: "apiKey", in: "header", name: "X-Unset"},
	},
	security: [][]string{{"bearer", "header", "query", "session"}},
}

func newJar(t *testing.T) http.CookieJar {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	return jar
}

func TestTheFirstAlternativeThatCanBeSatisfied(t *testing.T) {
	server := newRecorder(t)
	client, _ := newTestClient(server.URL, allSchemes, WithToken("t"), WithBasicAuth("üu", "p:w"),
		WithAPIKey("header", "k1"), WithAPIKey("query", "k 2"), WithAPIKey("session", "k:3"))
	for _, one := range []struct {
		security [][]string
		sent     string
	}{
		{[][]string{{"bearer"}}, "Bearer t|||/"},
		{[][]string{{"basic"}}, "Basic w7x1OnA6dw==|||/"},
		{[][]string{{"digest"}}, "Digest t|||/"},
		{[][]string{{"header", "query"}}, "|k1||/?key=k%202"},
		{[][]string{{"session"}, {"bearer"}}, "||sessionid=k:3|/"},
		{[][]string{{"unknown"}, {"header"}}, "|k1||/"},
		{[][]string{{"header", "unset"}, {"bearer"}}, "Bearer t|||/"},
		{[][]string{{}, {"header"}}, "|k1||/"},
		{[][]string{{"tls", "bearer"}}, "Bearer t|||/"},
		{[][]string{{"tls"}}, "|||/"},
		{[][]string{{"unset"}}, "|||/"},
		{nil, "|||/"},
	} {
		must(t, get(t, client, func(r *request) { r.security(one.security...) }))
		last := server.last(t)
		equal(t, strings.Join([]string{last.header.Get("Authorization"), last.header.Get("X-Key"), last.header.Get("Cookie"), last.target}, "|"), one.sent)
	}
	must(t, get(t, client, nil))
	equal(t, server.last(t).header.Get("Authorization"), "Bearer t")
	must(t, get(t, client, nil, WithoutAuth()))
	equal(t, server.last(t).header.Get("Authorization")+server.last(t).header.Get("Cookie"), "")
}

func TestNoSchemeDescribed(t *testing.T) {
	server := newRecorder(t)
	client := connect(t, server, WithToken("t"))
	must(t, get(t, client, nil))
	equal(t, server.last(t).header.Get("Authorization"), "Bearer t")
	must(t, get(t, client, func(r *request) { r.security() }))
	equal(t, server.last(t).header.Get("Authorization"), "")
}

func TestAPIKeys(t *testing.T) {
	server := newRecorder(t)
	client, _ := newTestClient(server.URL, allSchemes, WithAPIKey("", "all"))
	must(t, get(t, client, func(r *request) { r.security([]string{"header", "query"}) }))
	equal(t, server.last(t).header.Get("X-Key")+server.last(t).target, "all/?key=all")
	must(t, get(t, client, func(r *request) { r.security([]string{"session"}) }))
	equal(t, server.last(t).header.Get("Cookie"), "")
	client, _ = newTestClient(server.URL, allSchemes, WithAPIKey("heder", "secret"))
	err := get(t, client, nil)
	equal(t, err.Error(), `GET /: not sent: there is no API key scheme "heder", only ["header" "query" "session" "unset"]`)
	for _, option := range []Option{WithAPIKey("header", "a\nsecret"), WithToken("a\nsecret")} {
		client, _ = newTestClient(server.URL, allSchemes, option)
		err := get(t, client, func(r *request) { r.security([]string{"header"}, []string{"bearer"}) })
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Error(err)
		}
	}
}

func TestTokenSource(t *testing.T) {
	server := newRecorder(t)
	count := 0
	client := connect(t, server, WithTokenSource(func(context.Context) (string, error) { count++; return fmt.Sprint("t", count), nil }))
	must(t, get(t, client, nil))
	must(t, get(t, client, nil))
	equal(t, server.last(t).header.Get("Authorization"), "Bearer t2")
	gone := errors.New("no token today")
	client = connect(t, server, WithTokenSource(func(context.Context) (string, error) { return "", gone }))
	err := get(t, client, nil)
	if !errors.Is(err, gone) || server.count() != 2 {
		t.Error(err)
	}
}

// guarded answers 401 to all tokens but one.
func guarded(good string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		if req.Header.Get("Authorization") != "Bearer "+good {
			answer(401, `{}`)(w, req)
			return
		}
		answer(200, `{}`)(w, req)
	}
}

func TestRefreshOnceForAllWhoWait(t *testing.T) {
	server := newRecorder(t, guarded("new"))
	var refreshes atomic.Int32
	client := connect(t, server, WithToken("old"), WithRefresh(func(context.Context) (string, error) {
		refreshes.Add(1)
		for server.count() < 10 {
			time.Sleep(time.Millisecond)
		}
		// The last of them has to notice that it was refused.
		time.Sleep(100 * time.Millisecond)
		return "new", nil
	}))
	var group sync.WaitGroup
	var failed atomic.Int32
	for range 10 {
		group.Add(1)
		go func() {
			defer group.Done()
			if doNothing(t.Context(), client, newRequest(http.MethodPost, "/"), nil) != nil {
				failed.Add(1)
			}
		}()
	}
	group.Wait()
	equal(t, []int32{refreshes.Load(), failed.Load()}, []int32{1, 0})
	must(t, get(t, client, nil))
	equal(t, refreshes.Load(), 1)
}

func TestARefreshThatFails(t *testing.T) {
	server := newRecorder(t, guarded("new"))
	count := 0
	lost := errors.New("no connection")
	client := connect(t, server, WithToken("old"), WithRefresh(func(context.Context) (string, error) { count++; return "", lost }))
	err := get(t, client, nil)
	if !errors.Is(err, ErrUnauthorized) || !errors.Is(err, lost) {
		t.Error(err)
	}
	equal(t, err.Error(), "GET /: 401 Unauthorized, and getting a new token failed: no connection")
	_ = get(t, client, nil)
	equal(t, count, 2)
	// A token that the server would not replace is not asked about again.
	count = 0
	client = connect(t, server, WithToken("old"), WithRefresh(func(context.Context) (string, error) { count++; return "", &APIError{} }))
	_, _ = get(t, client, nil), get(t, client, nil)
	equal(t, count, 1)
	// A new token that is refused too is not replaced for ever.
	client = connect(t, server, WithRefresh(func(context.Context) (string, error) { return "other", nil }))
	before := server.count()
	if err := get(t, client, nil); !errors.Is(err, ErrUnauthorized) || server.count() != before+2 {
		t.Error(err)
	}
	_ = get(t, client, func(r *request) { r.security() })
	equal(t, server.count(), before+3)
}

func TestARefreshMayUseTheClient(t *testing.T) {
	server := newRecorder(t, guarded("new"))
	var client *apiClient
	client = connect(t, server, WithToken("old"), WithRefresh(func(ctx context.Context) (string, error) {
		return "", doNothing(ctx, client, newRequest(http.MethodPost, "/token"), nil)
	}))
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := doNothing(ctx, client, newRequest(http.MethodGet, "/"), nil); !errors.Is(err, ErrUnauthorized) {
		t.Error(err)
	}
	equal(t, server.count(), 2)
}

func TestARefreshGoesOnWhenItsCallIsCancelled(t *testing.T) {
	server := newRecorder(t, guarded("new"))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	client := connect(t, server, WithToken("old"), WithRefresh(func(ctx context.Context) (string, error) {
		cancel()
		done <- ctx.Err()
		return "new", nil
	}))
	if err := doNothing(ctx, client, newRequest(http.MethodGet, "/"), nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	must(t, <-done)
	must(t, get(t, client, nil))
}

func TestCSRF(t *testing.T) {
	server := newRecorder(t, answer(200, ``, "Set-Cookie", "csrftoken=abc; Path=/"))
	client := connect(t, server, WithHTTPClient(&http.Client{Jar: newJar(t)}))
	post := func(c *apiClient) received {
		must(t, doNothing(t.Context(), c, newRequest(http.MethodPost, "/"), nil))
		return server.last(t)
	}
	must(t, get(t, client, nil))
	equal(t, post(client).header.Get("X-CSRFToken"), "abc")
	equal(t, server.last(t).header.Get("Cookie"), "csrftoken=abc")
	must(t, get(t, client, nil))
	equal(t, server.last(t).header.Get("X-CSRFToken"), "")
	for _, names := range [][]string{{"other", "X-Other"}, {"", ""}} {
		client := connect(t, server, WithHTTPClient(&http.Client{Jar: newJar(t)}), WithCSRF(names[0], names[1]))
		must(t, get(t, client, nil))
		equal(t, post(client).header.Get("X-CSRFToken"), "")
	}
	req := newRequest(http.MethodPost, "/")
	req.cookie("csrftoken", "mine")
	must(t, doNothing(t.Context(), client, req, nil))
	equal(t, []string{server.last(t).header.Get("Cookie"), server.last(t).header.Get("X-CSRFToken")}, []string{"csrftoken=mine", "mine"})
}

// Django checks the Referer on https.
func TestCSRFOverTLS(t *testing.T) {
	var seen http.Header
	server := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) { seen = req.Header }))
	defer server.Close()
	client, _ := newTestClient(server.URL, plainAPI, WithHTTPClient(server.Client()), WithToken("t"))
	req := newRequest(http.MethodPost, "/x")
	req.cookie("csrftoken", "abc")
	must(t, doNothing(t.Context(), client, req, nil))
	equal(t, []string{seen.Get("X-CSRFToken"), seen.Get("Referer"), seen.Get("Authorization")}, []string{"abc", server.URL + "/", "Bearer t"})
	same, _ := url.Parse("https://HOST:443/a")
	other, _ := url.Parse("https://host/b")
	plain, _ := url.Parse("http://host/b")
	equal(t, []bool{sameOrigin(same, other), sameOrigin(other, plain)}, []bool{true, false})
}

func TestASessionsCookieOnly(t *testing.T) {
	server := newRecorder(t)
	api := apiDescription{schemes: map[string]securityScheme{"s": {kind: "apiKey", in: "cookie", name: "sid"}}, security: [][]string{{"s"}}}
	client, _ := newTestClient(server.URL, api, WithAPIKey("", "k"))
	must(t, get(t, client, nil, WithHeader("Cookie", "own=1")))
	equal(t, server.last(t).header.Get("Cookie"), "sid=k; own=1")
}

func TestLogsHoldNoSecrets(t *testing.T) {
	server := newRecorder(t, answer(503, ``, "Set-Cookie", "s=secret"), answer(200, `{"a":"secret"}`))
	var out strings.Builder
	logger := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client, _ := newTestClient(server.URL, allSchemes, WithLogger(logger), WithToken("secret"), WithAPIKey("header", "secret"),
		WithAPIKey("query", "secret"), WithAPIKey("session", "secret"))
	req := newRequest(http.MethodPut, "/reset/{code}")
	req.path("code", "secret")
	req.query("page", 2)
	req.query("password", "secret")
	req.header("X-Api-Key", "secret")
	req.header("X-Trace", "shown")
	req.json(map[string]string{"x": "secret"})
	must(t, doNothing(t.Context(), client, req, nil))
	for _, part := range []string{"page=2", "password=***", "key=***", "X-Trace=shown", "X-Key=***", "/reset/{code}", "status=503", "trying again", `reason="503 Service Unavailable"`, "try=2"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%q is missing", part)
		}
	}
	if strings.Contains(out.String(), "secret") {
		t.Error(out.String())
	}
}

func TestErrorsHoldNoSecrets(t *testing.T) {
	server := newRecorder(t, answer(400, `{"token":"secret"}`), answer(200, `{"time":"secret"}`), answer(200, `secret`))
	client, _ := newTestClient(strings.Replace(server.URL, "http://", "http://me:secret@", 1), allSchemes, WithAPIKey("query", "secret"), WithRetries(0))
	req := newRequest(http.MethodGet, "/{id}")
	req.path("id", "secret")
	req.security([]string{"query"})
	for range 3 {
		_, err := do[everything](t.Context(), client, req, nil)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%v", err)
		}
		var failed *APIError
		if errors.As(err, &failed) {
			equal(t, failed.URL, strings.TrimSuffix(server.URL, "/")+"/secret?key=***")
		}
	}
}
