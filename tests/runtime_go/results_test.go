package client

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

type thing struct {
	ID   int64  `json:"id"`
	Name string `json:"name,omitzero"`
}

func TestResults(t *testing.T) {
	server := newRecorder(t, answer(200, `{"id":1}`))
	client := connect(t, server)
	req := newRequest(http.MethodGet, "/")
	one, err := do[thing](t.Context(), client, req, nil)
	must(t, err)
	equal(t, one.ID, 1)
	all, err := doValue[map[string]any](t.Context(), client, req, nil)
	must(t, err)
	equal(t, all, map[string]any{"id": 1.0})
	text, err := doText(t.Context(), client, req, nil)
	must(t, err)
	equal(t, text, `{"id":1}`)
	equal(t, server.last(t).header.Get("Accept"), "*/*")
	body, err := doStream(t.Context(), client, req, nil)
	must(t, err)
	content, err := io.ReadAll(body)
	must(t, err)
	must(t, body.Close())
	equal(t, string(content), `{"id":1}`)
}

func TestAByteOrderMark(t *testing.T) {
	one, err := do[thing](t.Context(), connect(t, newRecorder(t, answer(200, "\ufeff{\"id\":1}"))), newRequest(http.MethodGet, "/"), nil)
	must(t, err)
	equal(t, one.ID, 1)
}

func TestNullIsNil(t *testing.T) {
	server := newRecorder(t, answer(200, `null`))
	one, err := do[thing](t.Context(), connect(t, server), newRequest(http.MethodGet, "/"), nil)
	must(t, err)
	if one != nil {
		t.Error(one)
	}
}

func TestEmptyBodies(t *testing.T) {
	for _, status := range []int{204, 205} {
		one, err := do[thing](t.Context(), connect(t, newRecorder(t, answer(status, ``))), newRequest(http.MethodGet, "/"), nil)
		must(t, err)
		if one != nil {
			t.Error(one)
		}
	}
	client := connect(t, newRecorder(t, answer(200, ``)))
	var wrong *ResponseError
	_, err := do[thing](t.Context(), client, newRequest(http.MethodGet, "/x"), nil)
	if !errors.As(err, &wrong) || err.Error() != "GET /x: 200, but its body is empty" {
		t.Error(err)
	}
	if _, err := doValue[string](t.Context(), client, newRequest(http.MethodGet, "/x"), nil); !errors.As(err, &wrong) {
		t.Error(err)
	}
	bare := newRequest(http.MethodGet, "/")
	bare.mayBeEmpty()
	if _, err := do[thing](t.Context(), client, bare, nil); err != nil {
		t.Error(err)
	}
	if _, err := do[thing](t.Context(), client, newRequest(http.MethodHead, "/"), nil); err != nil {
		t.Error(err)
	}
	must(t, doNothing(t.Context(), client, newRequest(http.MethodGet, "/"), nil))
}

func TestWhatIsNoJSONIsReadWhereItCanBe(t *testing.T) {
	server := newRecorder(t, answer(200, "h\xe9", "Content-Type", "text/plain; charset=ISO-8859-1"))
	client := connect(t, server)
	req := newRequest(http.MethodGet, "/")
	text, err := doValue[colour](t.Context(), client, req, nil)
	must(t, err)
	equal(t, string(text), "hé")
	pointer, err := do[string](t.Context(), client, req, nil)
	must(t, err)
	equal(t, *pointer, "hé")
	content, err := doValue[any](t.Context(), connect(t, newRecorder(t, answer(200, "\xff\x00", "Content-Type", "image/png"))), req, nil)
	must(t, err)
	equal(t, content.([]byte), []byte("\xff\x00"))
	anything, err := do[any](t.Context(), connect(t, newRecorder(t, answer(200, "text", "Content-Type", "text/html"))), req, nil)
	must(t, err)
	equal(t, *anything, any("text"))
	anything, err = do[any](t.Context(), connect(t, newRecorder(t, answer(200, "[1]", "Content-Type", "text/html"))), req, nil)
	must(t, err)
	equal(t, *anything, any([]any{1.0}))
}

func TestBodiesOfAnotherMediaType(t *testing.T) {
	_, err := do[thing](t.Context(), connect(t, newRecorder(t, answer(200, `<html>`, "Content-Type", "text/html; charset=utf-8"))), newRequest(http.MethodGet, "/x"), nil)
	equal(t, err.Error(), "GET /x: 200, but its body is text/html, not JSON")
}

func TestBodiesThatAreNotAsDescribed(t *testing.T) {
	for body, text := range map[string]string{
		`{"id":"secret"}`: "id is a JSON string where int64 is expected",
		`[1]`:             "it is a JSON array where client.thing is expected",
		`{"id":1`:         "it is not JSON from byte 7 on",
		`<html>`:          "it is not JSON from byte 1 on",
	} {
		_, err := do[thing](t.Context(), connect(t, newRecorder(t, answer(201, body))), newRequest(http.MethodPost, "/x"), nil)
		var wrong *ResponseError
		if !errors.As(err, &wrong) || err.Error() != "POST /x: 201, but "+text || string(wrong.Body) != body || wrong.StatusCode != 201 {
			t.Error(err)
		}
	}
}

type thingResult struct {
	StatusCode int
	OK         *thing
	Accepted   *string
	Other      *map[string]any
}

func TestResultsByStatus(t *testing.T) {
	for _, one := range []struct {
		answer http.HandlerFunc
		want   thingResult
	}{
		{answer(200, `{"id":1}`), thingResult{StatusCode: 200, OK: &thing{ID: 1}}},
		{answer(202, `later`, "Content-Type", "text/plain"), thingResult{StatusCode: 202, Accepted: Ptr("later")}},
		{answer(203, `{"x":1}`), thingResult{StatusCode: 203, Other: &map[string]any{"x": 1.0}}},
		{answer(204, ``), thingResult{StatusCode: 204}},
		{answer(304, ``), thingResult{StatusCode: 304}},
	} {
		var got thingResult
		req := newRequest(http.MethodGet, "/")
		req.succeeds("304")
		must(t, doResult(t.Context(), connect(t, newRecorder(t, one.answer)), req, nil, &got.StatusCode,
			map[string]any{"200": &got.OK, "202": &got.Accepted, "2XX": &got.Other}))
		equal(t, got, one.want)
	}
	var got thingResult
	err := doResult(t.Context(), connect(t, newRecorder(t, answer(404, `{}`))), newRequest(http.MethodGet, "/"), nil, &got.StatusCode, nil)
	if !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
}

type problem400 struct {
	Name []string `json:"name"`
}

type problem4xx struct {
	Detail string `json:"detail"`
}

func TestErrorsByStatus(t *testing.T) {
	call := func(status int, body string, headers ...string) error {
		req := newRequest(http.MethodPost, "/things/{id}")
		req.path("id", 7)
		req.query("page", 2)
		fails[string](req, "default")
		fails[problem4xx](req, "4xx", "500")
		fails[problem400](req, "400")
		return doNothing(t.Context(), connect(t, newRecorder(t, answer(status, body, headers...)), WithRetries(0)), req, nil)
	}
	err := call(400, `{"name":["taken"]}`, "X-A", "b")
	var exact *ErrorOf[problem400]
	var plain *APIError
	if !errors.As(err, &exact) || !errors.As(err, &plain) || !errors.Is(err, ErrBadRequest) || errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
	equal(t, exact.Value.Name, []string{"taken"})
	equal(t, []any{plain.StatusCode, plain.Status, plain.Method, plain.Header.Get("X-A"), string(plain.Body), err.Error()},
		[]any{400, "400 Bad Request", "POST", "b", `{"name":["taken"]}`, "POST /things/{id}: 400 Bad Request"})
	if !strings.HasSuffix(plain.URL, "/things/7?page=2") {
		t.Error(plain.URL)
	}
	var pattern *ErrorOf[problem4xx]
	for _, status := range []int{404, 500} {
		if err := call(status, `{"detail":"gone"}`); !errors.As(err, &pattern) || pattern.Value.Detail != "gone" {
			t.Error(err)
		}
	}
	var text *ErrorOf[string]
	if err := call(503, `Sorry`, "Content-Type", "text/plain"); !errors.As(err, &text) || text.Value != "Sorry" {
		t.Error(err)
	}
	for _, body := range []string{``, `[]`, `<html>`} {
		err := call(400, body)
		if errors.As(err, &exact) || !errors.As(err, &plain) || string(plain.Body) != body {
			t.Error(err)
		}
	}
	equal(t, call(599, ``).Error(), "POST /things/{id}: 599")
	for status, sentinel := range map[int]error{
		400: ErrBadRequest, 401: ErrUnauthorized, 403: ErrForbidden, 404: ErrNotFound, 409: ErrConflict, 422: ErrUnprocessable, 429: ErrTooManyRequests, 500: ErrServer, 504: ErrServer,
	} {
		if err := call(status, ``); !errors.Is(err, sentinel) {
			t.Error(err, "is not", sentinel)
		}
	}
}

func TestAllProblemsAreListed(t *testing.T) {
	server := newRecorder(t)
	err := get(t, connect(t, server), func(r *request) {
		r.template = "/{id}"
		r.path("id", "")
		r.header("X-A", "a\nb")
		r.json(checked{Name: "x", Items: []checked{{Name: "long enough"}, {}}})
	})
	var invalid *InvalidRequestError
	if !errors.As(err, &invalid) {
		t.Fatal(err)
	}
	equal(t, invalid.Problems, []RequestProblem{
		{`path parameter "id"`, "is empty"},
		{`header "X-A"`, "has a control character"},
		{"name", "must have at least 2 characters"},
		{"items[1].name", "must have at least 2 characters"},
	})
	equal(t, err.Error(), `GET /{id}: not sent: path parameter "id" is empty; header "X-A" has a control character; `+
		`name must have at least 2 characters; items[1].name must have at least 2 characters`)
	equal(t, server.count(), 0)
}
