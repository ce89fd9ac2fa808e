// What the generated client of document.yaml sends, and what it makes of the answers.

package calls

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"
)

type sent struct {
	method, uri, body string
	header            http.Header
}

// serve answers with what handler writes, and keeps what came.
func serve(t *testing.T, handler http.HandlerFunc, opts ...Option) (*Client, *[]sent) {
	t.Helper()
	var came []sent
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		came = append(came, sent{r.Method, r.URL.RequestURI(), string(body), r.Header})
		if handler == nil {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	return New(server.URL, opts...), &came
}

func answer(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func succeed(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPathAndKnownValues(t *testing.T) {
	client, came := serve(t, nil)
	succeed(t, client.Calls.Odd(t.Context(), "a b", []int64{1, 2}, "x", "y", "z"))
	same(t, (*came)[0].uri, "/odd/a%20b/.1.2/;type=x/y/z/v1?mode=full")
}

func TestStyles(t *testing.T) {
	client, came := serve(t, nil)
	params := CallsStylesParams{
		Day:      NewDate(2026, time.January, 31),
		CSV:      []string{"a", "b"},
		Pipes:    []string{"a", "b"},
		Deep:     &Filter{Color: Ptr("red"), Size: Ptr(int64(2))},
		JSON:     &Filter{Color: Ptr("red")},
		Raw:      Ptr("a/b"),
		ID:       Ptr(int64(7)),
		IDHeader: Ptr(int64(8)),
		Sid:      Ptr("s"),
	}
	succeed(t, client.Calls.Styles(t.Context(), params))
	got := (*came)[0]
	same(t, got.uri, "/styles?day=2026-01-31&csv=a,b&pipes=a%7Cb&deep%5Bcolor%5D=red&deep%5Bsize%5D=2"+
		"&json=%7B%22color%22%3A%22red%22%7D&raw=a/b&id=7")
	same(t, got.header.Get("Id"), "8")
	same(t, got.header.Get("Cookie"), "sid=s")
}

func TestNothingIsSentThatIsNotAllowed(t *testing.T) {
	client, came := serve(t, nil)
	var invalid *InvalidRequestError
	if err := client.Calls.Styles(t.Context(), CallsStylesParams{ID: Ptr(int64(0))}); !errors.As(err, &invalid) {
		t.Errorf("got %v", err)
	}
	if err := client.Calls.BodiesCreate(t.Context(), Thing{Name: Ptr("x")}); !errors.As(err, &invalid) {
		t.Errorf("got %v", err)
	}
	same(t, len(*came), 0)
}

func TestBodies(t *testing.T) {
	client, came := serve(t, nil)
	photo := Photo{Photo: FileUpload{Name: "a.png", Content: strings.NewReader("bytes")}, Tags: []string{"a", "b"}}
	succeed(t, client.Calls.BodiesCreate(t.Context(), Thing{ID: 1}))
	succeed(t, client.Calls.BodiesCreateWithForm(t.Context(), Filter{Color: Ptr("a b")}))
	succeed(t, client.Calls.BodiesCreateWithText(t.Context(), "# Text"))
	succeed(t, client.Calls.BodiesCreateWithBinary(t.Context(), bytes.NewReader([]byte("%PDF"))))
	succeed(t, client.Calls.BodiesPartialUpdate(t.Context(), BodiesPartialUpdateRequest{Tags: []string{"a", "b"}}))
	succeed(t, client.Calls.BodiesUpdate(t.Context(), nil))
	succeed(t, client.Calls.BodiesUpdate(t.Context(), []Thing{}))
	var found []string
	for _, one := range *came {
		found = append(found, one.header.Get("Content-Type")+" "+one.body)
	}
	same(t, found, []string{
		`application/merge-patch+json {"id":1}`,
		"application/x-www-form-urlencoded color=a%20b",
		"text/markdown # Text",
		"application/pdf %PDF",
		"application/x-www-form-urlencoded tags=a,b",
		" ",
		"application/json []",
	})
	succeed(t, client.Calls.BodiesCreateWithMultipart(t.Context(), photo))
	same(t, parts(t, (*came)[7]), []string{"photo a.png image/png bytes", "tags   a", "tags   b"})
}

// parts are name, file name, type and content of each part of a form.
func parts(t *testing.T, request sent) []string {
	t.Helper()
	_, params, err := mime.ParseMediaType(request.header.Get("Content-Type"))
	succeed(t, err)
	reader := multipart.NewReader(strings.NewReader(request.body), params["boundary"])
	var found []string
	for {
		part, err := reader.NextPart()
		if err == io.EOF {
			return found
		}
		succeed(t, err)
		content, _ := io.ReadAll(part)
		found = append(found, fmt.Sprintf("%s %s %s %s", part.FormName(), part.FileName(), part.Header.Get("Content-Type"), content))
	}
}

func TestSeveralSuccesses(t *testing.T) {
	client, came := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/answers/ok":
			answer(200, "application/json", `{"id":1}`)(w, r)
		case "/answers/later":
			answer(202, "application/json", `{"job":"j"}`)(w, r)
		case "/answers/told":
			answer(203, "text/plain", "told")(w, r)
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	})
	for kind, want := range map[string]*CallsAnswersResultResult{
		"ok":    {StatusCode: 200, OK: &Thing{ID: 1}},
		"later": {StatusCode: 202, Accepted: &Job{Job: "j"}},
		"told":  {StatusCode: 203, NonAuthoritative: Ptr("told")},
		"none":  {StatusCode: 204},
	} {
		got, err := client.Calls.AnswersResult(t.Context(), kind)
		succeed(t, err)
		same(t, got, want)
	}
	same(t, (*came)[0].header.Get("Accept"), "application/json, text/plain")
}

func TestErrors(t *testing.T) {
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/answers/missing" {
			answer(404, "application/json", `{"detail":"gone"}`)(w, r)
			return
		}
		answer(409, "application/json", `{"job":"other"}`)(w, r)
	})
	_, err := client.Calls.AnswersResult(t.Context(), "missing")
	var problem *ErrorOf[Problem]
	if !errors.As(err, &problem) || problem.Value.Detail != "gone" {
		t.Errorf("got %v", err)
	}
	if !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	_, err = client.Calls.AnswersResult(t.Context(), "other")
	var job *ErrorOf[Job]
	if !errors.As(err, &job) || job.Value.Job != "other" {
		t.Errorf("got %v", err)
	}
	var plain *APIError
	if !errors.As(err, &plain) || plain.StatusCode != 409 {
		t.Errorf("got %v", err)
	}
}

func TestOneOrNothing(t *testing.T) {
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusAccepted) })
	got, err := client.Calls.AnswersMaybe(t.Context(), "x")
	succeed(t, err)
	if got != nil {
		t.Errorf("got %v", got)
	}
}

func TestNoneOrNothing(t *testing.T) {
	client, _ := serve(t, answer(200, "application/json", "0"))
	got, err := client.Calls.Count(t.Context())
	succeed(t, err)
	same(t, got, Ptr(int64(0)))
	client, _ = serve(t, nil)
	got, err = client.Calls.Count(t.Context())
	succeed(t, err)
	same(t, got, (*int64)(nil))
}

func TestTextAndFile(t *testing.T) {
	client, _ := serve(t, answer(200, "text/csv", "a,b"))
	text, err := client.Calls.AnswersText(t.Context(), "x")
	succeed(t, err)
	same(t, text, "a,b")
	file, err := client.Calls.AnswersFile(t.Context(), "x")
	succeed(t, err)
	defer file.Close()
	content, err := io.ReadAll(file)
	succeed(t, err)
	same(t, string(content), "a,b")
}

func TestStreams(t *testing.T) {
	client, came := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/lines":
			answer(200, "application/jsonl", "{\"id\":1}\n{\"id\":2}\n")(w, r)
		case strings.Contains(r.Header.Get("Accept"), "event-stream"):
			answer(200, "text/event-stream", "data: {\"id\":1}\n\ndata: {\"id\":2}\n\n")(w, r)
		default:
			answer(200, "application/json", `[{"id":3}]`)(w, r)
		}
	})
	var ids []int64
	for thing, err := range client.Calls.Lines(t.Context()) {
		succeed(t, err)
		ids = append(ids, thing.ID)
	}
	for thing, err := range client.Calls.AnswersStreamStream(t.Context(), "x") {
		succeed(t, err)
		ids = append(ids, thing.ID)
	}
	whole, err := client.Calls.AnswersStream(t.Context(), "x")
	succeed(t, err)
	same(t, append(ids, whole[0].ID), []int64{1, 2, 1, 2, 3})
	same(t, (*came)[2].method, "DELETE")
}

func TestAccept(t *testing.T) {
	client, came := serve(t, answer(200, "application/hal+json", `{"id":1}`))
	got, err := client.Calls.Hal(t.Context())
	succeed(t, err)
	same(t, got.ID, int64(1))
	same(t, (*came)[0].header.Get("Accept"), "application/hal+json")
}

func TestPages(t *testing.T) {
	var base string
	client, came := serve(t, func(w http.ResponseWriter, r *http.Request) {
		base = "http://" + r.Host
		q := r.URL.Query()
		first := q.Get("page") == "" && q.Get("offset") == "" && q.Get("cursor") == "" || q.Get("page") == "1" || q.Get("offset") == "0"
		id, next := 2, "null"
		if first {
			id = 1
			next = map[string]string{
				"/pages/number": `"more"`, "/pages/cursor": `"c2"`, "/pages/link": `"` + base + `/pages/link?page=2"`,
			}[r.URL.Path]
		}
		if next == "" {
			next = "null"
		}
		if r.URL.Path == "/pages/header" {
			if first {
				w.Header().Set("Link", `</pages/header?page=2>; rel="next"`)
			}
			answer(200, "application/json", fmt.Sprintf(`[{"id":%d}]`, id))(w, r)
			return
		}
		answer(200, "application/json", fmt.Sprintf(`{"count":2,"next":%s,"results":[{"id":%d}]}`, next, id))(w, r)
	})
	day := NewDate(2026, time.January, 31)
	params := &CallsListCursorsParams{}
	for name, all := range map[string]func(func(Thing, error) bool){
		"number": client.Calls.ListNumbersAll(t.Context(), CallsListNumbersParams{Day: day}),
		"offset": client.Calls.ListOffsetsAll(t.Context(), nil),
		"cursor": client.Calls.ListCursorsAll(t.Context(), params),
		"link":   client.Calls.ListLinksAll(t.Context()),
		"header": client.Calls.ListHeadersAll(t.Context()),
	} {
		*came = nil
		var ids []int64
		for thing, err := range all {
			succeed(t, err)
			ids = append(ids, thing.ID)
		}
		same(t, ids, []int64{1, 2})
		if name == "number" && !strings.Contains((*came)[1].uri, "day=2026-01-31") {
			t.Errorf("the second page was asked for by %s", (*came)[1].uri)
		}
	}
	same(t, params, &CallsListCursorsParams{})
}

func TestSecurity(t *testing.T) {
	client, came := serve(t, nil, WithToken("t"))
	succeed(t, client.Calls.SecurityNone(t.Context()))
	succeed(t, client.Calls.SecurityOther(t.Context()))
	same(t, (*came)[0].header.Get("Authorization"), "")
	same(t, (*came)[1].header.Get("Authorization"), "Bearer t")
	client, came = serve(t, nil, WithToken("t"), WithAPIKey("key", "k"), WithBasicAuth("u", "p"))
	succeed(t, client.Calls.SecurityOther(t.Context()))
	same(t, (*came)[0].header.Get("X-Key"), "k")
	same(t, (*came)[0].header.Get("Authorization"), "Basic dTpw")
}

func TestServers(t *testing.T) {
	same(t, SomewhereServer{}.URL(), "https://eu.calls.example/v1")
	same(t, SomewhereServer{Region: "us", Version: "v2"}.URL(), "https://us.calls.example/v2")
	same(t, SandboxServerURL, "https://sandbox.calls.example")
	client, came := serve(t, nil)
	succeed(t, client.Calls.Elsewhere(t.Context()))
	same(t, (*came)[0].uri, "/other/elsewhere")
}

func TestCancelled(t *testing.T) {
	client, came := serve(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := client.Calls.SecurityNone(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	same(t, len(*came), 0)
}
