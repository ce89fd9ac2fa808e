package client

import (
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// chunks answers piece by piece.
func chunks(pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, piece := range pieces {
			_, _ = io.WriteString(w, piece)
			_ = http.NewResponseController(w).Flush()
		}
	}
}

func collect[T any](all iter.Seq2[T, error]) (values []T, err error) {
	for value, err := range all {
		if err != nil {
			return values, err
		}
		values = append(values, value)
	}
	return values, nil
}

func events(t *testing.T, pieces ...string) []ServerSentEvent {
	t.Helper()
	server := newRecorder(t, chunks(pieces...))
	found, err := collect(doEvents[ServerSentEvent](t.Context(), connect(t, server), newRequest(http.MethodGet, "/"), nil))
	must(t, err)
	equal(t, server.last(t).header.Get("Accept"), "text/event-stream")
	return found
}

func TestEvents(t *testing.T) {
	for text, want := range map[string][]ServerSentEvent{
		"data: a\n\ndata:b\r\rdata:  c\r\n\r\n":      {{Data: "a"}, {Data: "b"}, {Data: " c"}},
		"\ufeffdata: a\ndata: b\ndata\n\n":           {{Data: "a\nb\n"}},
		"data: a\r\ndata: b\r\n\r\n":                 {{Data: "a\nb"}},
		"data:\n\n":                                  {{}},
		": comment\nevent: x\n\ndata: a\n\n":         {{Data: "a"}},
		"event: x\nid: 1\ndata: a\n\ndata: b\n\n":    {{Data: "a", Event: "x", ID: "1"}, {Data: "b", ID: "1"}},
		"id: 1\x00\ndata: a\nfoo: bar\ndatax: b\n\n": {{Data: "a"}},
		"retry: 12\ndata: a\n\n":                     {{Data: "a", Retry: Ptr(int64(12))}},
		"retry: 1x\nretry: +1\nretry:\ndata: a\n\n":  {{Data: "a"}},
		"data: a\n\ndata: cut off\n":                 {{Data: "a"}},
		"data: a\n\ndata: cut off":                   {{Data: "a"}},
		"data: [DONE]\n\ndata: b\n\n":                {{Data: "[DONE]"}, {Data: "b"}},
		"data: \xff\n\n":                             {{Data: "\ufffd"}},
		"data: \ufeffa\n\n":                          {{Data: "\ufeffa"}},
		"":                                           nil,
	} {
		for i := range want {
			if want[i].Event == "" {
				want[i].Event = "message"
			}
		}
		equal(t, events(t, text), want)
		equal(t, events(t, strings.Split(text, "")...), want)
	}
}

func TestTypedEvents(t *testing.T) {
	server := newRecorder(t, chunks("data: {\"id\":1}\n\n", ": ping\n\n", "data: {\"id\":\ndata: 2}\n\ndata: [DONE]\n\ndata: {\"id\":3}\n\n"))
	found, err := collect(doEvents[thing](t.Context(), connect(t, server), newRequest(http.MethodPost, "/"), nil))
	must(t, err)
	equal(t, found, []thing{{ID: 1}, {ID: 2}})
	texts, err := collect(doEvents[string](t.Context(), connect(t, server), newRequest(http.MethodPost, "/"), nil))
	must(t, err)
	equal(t, texts, []string{`{"id":1}`, "{\"id\":\n2}"})
	server = newRecorder(t, chunks("data: {\"id\":1}\n\ndata: {\"id\":\"secret\"}\n\n"))
	found, err = collect(doEvents[thing](t.Context(), connect(t, server), newRequest(http.MethodGet, "/"), nil))
	var wrong *ResponseError
	if !errors.As(err, &wrong) || len(found) != 1 || string(wrong.Body) != `{"id":"secret"}` || err.Error() != "GET /: 200, but event: id is a JSON string where int64 is expected" {
		t.Error(found, err)
	}
}

// An event comes as soon as its blank line does, also where lines end with CR.
func TestEventsComeAtOnce(t *testing.T) {
	next := make(chan struct{})
	server := newRecorder(t, func(w http.ResponseWriter, _ *http.Request) {
		for range 3 {
			_, _ = io.WriteString(w, "data: x\r\r")
			_ = http.NewResponseController(w).Flush()
			<-next
		}
	})
	count := 0
	for _, err := range doEvents[string](t.Context(), connect(t, server), newRequest(http.MethodGet, "/"), []RequestOption{WithTimeout(5 * time.Second)}) {
		must(t, err)
		count++
		next <- struct{}{}
	}
	equal(t, count, 3)
}

func TestLeavingTheLoopClosesTheStream(t *testing.T) {
	gone := make(chan struct{})
	server := newRecorder(t, func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.WriteString(w, "data: 1\n\ndata: 2\n\n")
		_ = http.NewResponseController(w).Flush()
		<-req.Context().Done()
		close(gone)
	})
	for value, err := range doEvents[int](t.Context(), connect(t, server), newRequest(http.MethodGet, "/"), nil) {
		must(t, err)
		equal(t, value, 1)
		break
	}
	select {
	case <-gone:
	case <-time.After(5 * time.Second):
		t.Error("the connection is still open")
	}
}

func TestAStreamIsRangedOverAgain(t *testing.T) {
	server := newRecorder(t, chunks("1\n2\n"))
	req := newRequest(http.MethodPost, "/")
	req.json(map[string]int{"a": 1})
	lines := doLines[int](t.Context(), connect(t, server), req, []RequestOption{WithQuery("q", "x")})
	equal(t, server.count(), 0)
	for range 2 {
		found, err := collect(lines)
		must(t, err)
		equal(t, found, []int{1, 2})
		equal(t, []string{server.last(t).target, server.last(t).body}, []string{"/?q=x", `{"a":1}`})
	}
}

func TestStreamsThatBreak(t *testing.T) {
	server := newRecorder(t, func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.WriteString(w, "data: 1\n\n")
		broken(w, req)
	})
	found, err := collect(doEvents[int](t.Context(), connect(t, server), newRequest(http.MethodGet, "/"), nil))
	var lost *NetworkError
	if !errors.As(err, &lost) || len(found) != 1 {
		t.Error(found, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	server = newRecorder(t, func(w http.ResponseWriter, req *http.Request) {
		chunks("1\n")(w, req)
		<-req.Context().Done()
	})
	for _, err := range doLines[int](ctx, connect(t, server), newRequest(http.MethodGet, "/"), nil) {
		if err != nil {
			if !errors.Is(err, context.Canceled) || errors.As(err, &lost) {
				t.Error(err)
			}
			return
		}
		cancel()
	}
	t.Error("no error")
}

func TestErrorsBeforeTheStream(t *testing.T) {
	server := newRecorder(t, answer(404, `{"detail":"x"}`))
	req := newRequest(http.MethodGet, "/")
	fails[problem4xx](req, "404")
	_, err := collect(doEvents[int](t.Context(), connect(t, server), req, nil))
	var typed *ErrorOf[problem4xx]
	if !errors.As(err, &typed) || typed.Value.Detail != "x" {
		t.Error(err)
	}
	if _, err := doStream(t.Context(), connect(t, server), req, nil); !errors.As(err, &typed) {
		t.Error(err)
	}
}

func TestLines(t *testing.T) {
	for text, want := range map[string][]int{
		"1\n2\n": {1, 2}, "1\r\n\r\n\n2": {1, 2}, "\x1e1\n\x1e2\n": {1, 2}, "": nil, " \t1 \n": {1},
	} {
		server := newRecorder(t, chunks(strings.Split(text, "")...))
		found, err := collect(doLines[int](t.Context(), connect(t, server), newRequest(http.MethodGet, "/"), nil))
		must(t, err)
		equal(t, found, want)
	}
	server := newRecorder(t, chunks("1\n\n{\n3\n"))
	found, err := collect(doLines[int](t.Context(), connect(t, server), newRequest(http.MethodGet, "/"), nil))
	var wrong *ResponseError
	if !errors.As(err, &wrong) || len(found) != 1 || err.Error() != "GET /: 200, but line 3: it is not JSON from byte 1 on" {
		t.Error(found, err)
	}
}

func FuzzEventsDoNotDependOnChunks(f *testing.F) {
	f.Add("\ufeffid: 1\r\ndata: a\r\rdata\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		read := func(in io.Reader) (found []ServerSentEvent) {
			reader := newEventReader(in)
			for {
				event, err := reader.next()
				if err != nil {
					return found
				}
				found = append(found, event)
			}
		}
		equal(t, read(iotest.OneByteReader(strings.NewReader(text))), read(strings.NewReader(text)))
	})
}
