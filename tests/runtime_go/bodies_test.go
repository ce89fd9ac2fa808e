package client

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func post(t *testing.T, c *apiClient, build func(*request)) error {
	t.Helper()
	req := newRequest(http.MethodPost, "/")
	build(req)
	return doNothing(t.Context(), c, req, nil)
}

func TestJSONBodies(t *testing.T) {
	server := newRecorder(t)
	client := connect(t, server)
	type body struct {
		Name string   `json:"name"`
		Tags []string `json:"tags"`
	}
	must(t, post(t, client, func(r *request) { r.json(body{Name: "<é\u2028>"}) }))
	last := server.last(t)
	equal(t, []any{last.body, last.header.Get("Content-Type"), last.length}, []any{"{\"name\":\"<é\u2028>\",\"tags\":[]}", "application/json", 28})
	must(t, post(t, client, func(r *request) { r.json([]int(nil), "application/merge-patch+json") }))
	equal(t, server.last(t).body+server.last(t).header.Get("Content-Type"), "[]application/merge-patch+json")
	must(t, post(t, client, func(r *request) { r.json(NullOf[body]()) }))
	equal(t, server.last(t).body, "null")
	for _, missing := range []any{nil, (*body)(nil)} {
		must(t, post(t, client, func(r *request) { r.json(missing); r.text(missing); r.form(missing); r.multipart(missing) }))
		equal(t, []any{server.last(t).body, server.last(t).length, server.last(t).header.Get("Content-Type")}, []any{"", 0, ""})
	}
	err := post(t, client, func(r *request) { r.json(func() {}) })
	equal(t, err.Error(), "POST /: not sent: body holds a func(), which cannot be JSON")
}

func TestTextAndBinary(t *testing.T) {
	server := newRecorder(t)
	client := connect(t, server)
	must(t, post(t, client, func(r *request) { r.text("hé", "text/csv") }))
	equal(t, server.last(t).body+server.last(t).header.Get("Content-Type"), "hétext/csv")
	must(t, post(t, client, func(r *request) { r.text(Ptr(colour(""))) }))
	equal(t, []any{server.last(t).length, server.last(t).header.Get("Content-Type")}, []any{0, "text/plain; charset=utf-8"})
	must(t, post(t, client, func(r *request) { r.binary(strings.NewReader("x"), "image/*") }))
	equal(t, server.last(t).header.Get("Content-Type"), "application/octet-stream")
	must(t, post(t, client, func(r *request) { r.binary(nil); r.binary((*os.File)(nil)) }))
	equal(t, server.last(t).header.Get("Content-Type"), "")
	must(t, post(t, client, func(r *request) { r.binary(onlyReader{strings.NewReader("")}) }))
	equal(t, server.last(t).body, "")
	if post(t, client, func(r *request) { r.text(1) }) == nil {
		t.Error("a number was sent as text")
	}
	broken := errors.New("the disk is gone")
	err := post(t, client, func(r *request) {
		r.binary(readerFunc(func([]byte) (int, error) { return 0, broken }))
	})
	if !errors.Is(err, broken) {
		t.Error(err)
	}
}

type formModel struct {
	Name    string            `json:"name"`
	Tags    []string          `json:"tags,omitzero"`
	Note    Nullable[string]  `json:"note,omitzero"`
	Point   *span             `json:"point,omitzero"`
	At      *time.Time        `json:"at,omitzero"`
	Data    []byte            `json:"data,omitzero"`
	Flags   map[string]bool   `json:"flags,omitzero"`
	Numbers []Nullable[int64] `json:"numbers,omitzero"`
}

func TestForms(t *testing.T) {
	server := newRecorder(t)
	client := connect(t, server)
	model := &formModel{
		Name: "a b", Tags: []string{"x", "y"}, Note: NullOf[string](), Point: &span{Low: Ptr(int64(1))},
		At: Ptr(time.Date(2026, 1, 31, 10, 0, 0, 0, time.UTC)), Data: []byte("hi"), Flags: map[string]bool{"b": true, "a": false},
		Numbers: []Nullable[int64]{NullableOf(int64(1)), NullOf[int64]()},
	}
	must(t, post(t, client, func(r *request) {
		r.form(model, partStyle{name: "tags", style: "pipes"}, partStyle{name: "flags", style: "deep"})
	}))
	equal(t, server.last(t).body, "name=a%20b&tags=x%7Cy&note=&point=%7B%22low%22%3A1%7D&at=2026-01-31T10%3A00%3A00Z&data=aGk%3D&flags%5Ba%5D=false&flags%5Bb%5D=true&numbers=1&numbers=")
	must(t, post(t, client, func(r *request) {
		r.form(map[string]any{"b": []int{1, 2}, "a": nil, "c": 1.0}, partStyle{name: "b", mediaType: "application/json"})
	}))
	equal(t, server.last(t).body, "a=&b=%5B1%2C2%5D&c=1")
	must(t, post(t, client, func(r *request) { r.form(boxed{&span{Low: Ptr(int64(3))}}) }))
	equal(t, server.last(t).body, "low=3")
	for _, wrong := range []any{3, []int{1}, boxed{}, map[string]any{"f": FileUpload{Content: strings.NewReader("x")}}} {
		var invalid *InvalidRequestError
		if err := post(t, client, func(r *request) { r.form(wrong) }); !errors.As(err, &invalid) {
			t.Errorf("%T: %v", wrong, err)
		}
	}
}

// boxed is like the wrapper of a union.
type boxed struct{ Value any }

func (b boxed) MarshalJSON() ([]byte, error) {
	if b.Value == nil {
		return nil, noValue("boxed")
	}
	return marshalJSON(b.Value)
}

type uploadModel struct {
	Title                string            `json:"title"`
	Photo                FileUpload        `json:"photo"`
	Cover                *FileUpload       `json:"cover,omitzero"`
	More                 []FileUpload      `json:"more,omitzero"`
	Maybe                Nullable[string]  `json:"maybe,omitzero"`
	Point                *span             `json:"point,omitzero"`
	Tags                 []string          `json:"tags,omitzero"`
	AdditionalProperties map[string]string `json:"-"`
}

type part struct{ disposition, mediaType, body string }

func partsOf(t *testing.T, r received) []part {
	t.Helper()
	kind, parameters, err := mime.ParseMediaType(r.header.Get("Content-Type"))
	must(t, err)
	equal(t, strings.HasPrefix(kind, "multipart/"), true)
	reader := multipart.NewReader(strings.NewReader(r.body), parameters["boundary"])
	var parts []part
	for {
		next, err := reader.NextRawPart()
		if err == io.EOF {
			return parts
		}
		must(t, err)
		body, err := io.ReadAll(next)
		must(t, err)
		parts = append(parts, part{strings.TrimPrefix(next.Header.Get("Content-Disposition"), "form-data; "), next.Header.Get("Content-Type"), string(body)})
	}
}

func samePart(t *testing.T, got, want []part) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d parts: %v", len(got), got)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
}

func TestMultipart(t *testing.T) {
	server := newRecorder(t, answer(503, ``), answer(200, ``))
	client := connect(t, server, WithIdempotent())
	model := uploadModel{
		Title: "a\r\nb", Photo: FileUpload{Name: "a\"b\r\n.png", ContentType: "image/png", Content: strings.NewReader("PNG")},
		Cover: &FileUpload{Content: bytes.NewBufferString("COVER")},
		More:  []FileUpload{{Name: "1", Content: strings.NewReader("1")}, {Name: "2", Content: bytes.NewReader([]byte("2"))}},
		Maybe: NullOf[string](), Point: &span{Low: Ptr(int64(1))}, Tags: []string{"x", "y"}, AdditionalProperties: map[string]string{"extra": "e"},
	}
	must(t, post(t, client, func(r *request) {
		r.multipart(model, partStyle{name: "cover", mediaType: "image/gif"}, partStyle{name: "title", mediaType: "text/markdown"},
			partStyle{name: "more", mediaType: "image/*"}, partStyle{name: "photo", mediaType: "image/webp"})
	}))
	want := []part{
		{`name="title"`, "text/markdown", "a\r\nb"},
		{`name="photo"; filename="a%22b%0D%0A.png"`, "image/png", "PNG"},
		{`name="cover"; filename="blob"`, "image/gif", "COVER"},
		{`name="more"; filename="1"`, "application/octet-stream", "1"},
		{`name="more"; filename="2"`, "application/octet-stream", "2"},
		{`name="maybe"`, "", ""},
		{`name="point"`, "application/json", `{"low":1}`},
		{`name="tags"`, "", "x"},
		{`name="tags"`, "", "y"},
		{`name="extra"`, "", "e"},
	}
	for _, each := range server.all() {
		samePart(t, partsOf(t, each), want)
		equal(t, each.length, int64(len(each.body)))
	}
	equal(t, server.count(), 2)
}

func TestMultipartOfOtherThings(t *testing.T) {
	server := newRecorder(t)
	client := connect(t, server)
	must(t, post(t, client, func(r *request) {
		r.multipartAs("multipart/related", map[string]any{
			"a": strings.NewReader("A"), "b": []any{1, []int{2}}, "c": map[string]int{"x": 1}, "d": &FileUpload{Content: strings.NewReader("D")},
		}, partStyle{name: "c", style: "deep"}, partStyle{name: "b", style: "csv"})
	}))
	equal(t, strings.HasPrefix(server.last(t).header.Get("Content-Type"), "multipart/related; boundary="), true)
	samePart(t, partsOf(t, server.last(t)), []part{
		{`name="a"; filename="blob"`, "application/octet-stream", "A"},
		{`name="b"`, "", "1,[2]"},
		{`name="c[x]"`, "", "1"},
		{`name="d"; filename="blob"`, "application/octet-stream", "D"},
	})
	must(t, post(t, client, func(r *request) { r.multipart(boxed{uploadModel{Photo: FileUpload{Content: strings.NewReader("P")}}}) }))
	samePart(t, partsOf(t, server.last(t)), []part{{`name="title"`, "", ""}, {`name="photo"; filename="blob"`, "application/octet-stream", "P"}})
	must(t, post(t, client, func(r *request) { r.multipart(formModel{Name: "n", Tags: []string{}}) }))
	samePart(t, partsOf(t, server.last(t)), []part{{`name="name"`, "", "n"}})
	for _, wrong := range []any{uploadModel{}, uploadModel{Photo: FileUpload{ContentType: "a\nb", Content: strings.NewReader("")}}, 7} {
		if post(t, client, func(r *request) { r.multipart(wrong) }) == nil {
			t.Errorf("%v was sent", wrong)
		}
	}
	equal(t, post(t, client, func(r *request) { r.multipart(uploadModel{}) }).Error(), "POST /: not sent: photo is a file without content")
}

// A large upload passes through without being held in memory.
func TestUploadsAreStreamed(t *testing.T) {
	const size = 200 << 20
	var counted int64
	server := newRecorder(t)
	server.Config.Handler = http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
		counted, _ = io.Copy(io.Discard, req.Body)
	})
	client := connect(t, server)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	zeros := readerFunc(func(out []byte) (int, error) { clear(out); return len(out), nil })
	must(t, post(t, client, func(r *request) {
		r.multipart(uploadModel{Photo: FileUpload{Content: io.LimitReader(zeros, size)}})
	}))
	runtime.ReadMemStats(&after)
	if counted < size || after.TotalAlloc-before.TotalAlloc > size/20 {
		t.Errorf("%d bytes arrived, %d were allocated", counted, after.TotalAlloc-before.TotalAlloc)
	}
}

// A file that grows while it is sent does not break the length that was told.
func TestAFileThatGrows(t *testing.T) {
	name := filepath.Join(t.TempDir(), "log")
	must(t, os.WriteFile(name, []byte("first"), 0o600))
	file, err := os.Open(name)
	must(t, err)
	defer func() { must(t, file.Close()) }()
	server := newRecorder(t)
	must(t, post(t, connect(t, server), func(r *request) {
		r.multipart(uploadModel{Photo: FileUpload{Content: file}})
		must(t, os.WriteFile(name, []byte("first and more"), 0o600))
	}))
	equal(t, partsOf(t, server.last(t))[1].body, "first")
}
