package client

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

type wireCase struct {
	In       string
	Style    string
	Name     string
	Value    json.RawMessage
	Sent     json.RawMessage
	Encoding map[string]string
}

func wireCases(t *testing.T) []wireCase {
	t.Helper()
	text, err := os.ReadFile("wire_cases.json")
	must(t, err)
	var cases []wireCase
	must(t, json.Unmarshal(text, &cases))
	if len(cases) < 150 {
		t.Fatalf("only %d cases", len(cases))
	}
	return cases
}

// What the table says is what arrives: for values as JSON, and for values as Go has them.
func TestWireCases(t *testing.T) {
	server := newRecorder(t)
	client := connect(t, server)
	for _, one := range wireCases(t) {
		for form, value := range map[string]any{"json": one.Value, "go": goValue(one.Value), "pointer": pointerTo(goValue(one.Value))} {
			name := one.In + " " + one.Style + " " + one.Name + " " + string(one.Value) + " " + form
			t.Run(strings.ReplaceAll(name, "/", "_"), func(t *testing.T) {
				before := server.count()
				err := sendCase(t, client, one, value)
				var refused struct{ Error bool }
				if json.Unmarshal(one.Sent, &refused) == nil && refused.Error {
					var invalid *InvalidRequestError
					if !errors.As(err, &invalid) || server.count() != before {
						t.Fatalf("not refused: %v", err)
					}
					return
				}
				must(t, err)
				arrived, err := json.Marshal(arrivedFor(t, server, one))
				must(t, err)
				var a, b any
				must(t, json.Unmarshal(arrived, &a))
				must(t, json.Unmarshal(one.Sent, &b))
				if !reflect.DeepEqual(a, b) {
					t.Errorf("got %s, want %s", arrived, one.Sent)
				}
			})
		}
	}
}

func sendCase(t *testing.T, client *apiClient, one wireCase, value any) error {
	t.Helper()
	template := "/"
	if one.In == "path" {
		template = "/before/{" + one.Name + "}/after"
	}
	req := newRequest(http.MethodPost, template)
	switch one.In {
	case "path":
		req.path(one.Name, value, one.Style)
	case "query":
		req.query(one.Name, value, one.Style)
	case "header":
		req.header(one.Name, value, one.Style)
	case "cookie":
		req.cookie(one.Name, value, one.Style)
	case "form":
		var parts []partStyle
		for name, style := range one.Encoding {
			parts = append(parts, partStyle{name: name, style: style})
		}
		if raw, ok := value.(json.RawMessage); ok {
			value = rawBody{raw}
		}
		req.form(value, parts...)
	}
	return doNothing(t.Context(), client, req, nil)
}

// rawBody is a struct that writes itself.
type rawBody struct{ raw json.RawMessage }

func (b rawBody) MarshalJSON() ([]byte, error) { return b.raw, nil }

func arrivedFor(t *testing.T, server *recorder, one wireCase) any {
	t.Helper()
	last := server.last(t)
	path, query, _ := strings.Cut(last.target, "?")
	switch one.In {
	case "path":
		return strings.TrimSuffix(strings.TrimPrefix(path, "/before/"), "/after")
	case "query":
		return query
	case "header":
		if values, ok := last.header[http.CanonicalHeaderKey(one.Name)]; ok {
			return values[0]
		}
		return nil
	case "cookie":
		return last.header.Get("Cookie")
	}
	equal(t, last.header.Get("Content-Type"), "application/x-www-form-urlencoded")
	return last.body
}

// goValue makes structs of objects, slices of arrays and so on.
func goValue(raw json.RawMessage) any {
	switch raw[0] {
	case 'n':
		return NullOf[string]()
	case '[':
		_, values := members(raw)
		items := make([]any, len(values))
		for i, value := range values {
			if items[i] = goValue(value); string(value) == "null" {
				items[i] = nil
			}
		}
		return items
	case '{':
		return goStruct(raw)
	}
	var value any
	_ = json.Unmarshal(raw, &value)
	return value
}

// goStruct has a field for each member, in their order.
func goStruct(raw json.RawMessage) any {
	keys, values := members(raw)
	if strings.ContainsAny(strings.Join(keys, ""), `",`) {
		return raw
	}
	fields := make([]reflect.StructField, len(keys))
	for i, key := range keys {
		fields[i] = reflect.StructField{
			Name: "F" + string(rune('A'+i)),
			Type: reflect.TypeFor[any](),
			Tag:  reflect.StructTag(`json:"` + key + `"`),
		}
	}
	made := reflect.New(reflect.StructOf(fields)).Elem()
	for i, value := range values {
		if string(value) != "null" {
			made.Field(i).Set(reflect.ValueOf(goValue(value)))
		}
	}
	return made.Interface()
}

func pointerTo(value any) any {
	made := reflect.New(reflect.TypeOf(value))
	made.Elem().Set(reflect.ValueOf(value))
	return made.Interface()
}

type colour string

type span struct {
	Low   *int64            `json:"low,omitzero"`
	High  *int64            `json:"high,omitzero"`
	Note  Nullable[string]  `json:"note,omitzero"`
	Other map[string]string `json:"other,omitzero"`
}

func TestGoValues(t *testing.T) {
	server := newRecorder(t)
	client := connect(t, server)
	moment := time.Date(2026, 1, 31, 10, 0, 0, 0, time.UTC)
	for _, one := range []struct {
		value any
		sent  string
	}{
		{moment, "2026-01-31T10:00:00Z"},
		{&moment, "2026-01-31T10:00:00Z"},
		{moment.Add(500 * time.Millisecond), "2026-01-31T10:00:00.500Z"},
		{moment.Add(500_001 * time.Microsecond), "2026-01-31T10:00:00.500001Z"},
		{moment.Add(1), "2026-01-31T10:00:00.000000001Z"},
		{moment.In(time.FixedZone("", -2*3600)), "2026-01-31T08:00:00-02:00"},
		{NewDate(2026, 1, 31), "2026-01-31"},
		{Ptr(NewDate(2026, 1, 31)), "2026-01-31"},
		{NullableOf(7), "7"},
		{colour("red"), "red"},
		{math.MaxInt64, "9223372036854775807"},
		{uint64(math.MaxUint64), "18446744073709551615"},
		{math.Copysign(0, -1), "0"},
		{1.5e300, "1.5e+300"},
		{0.000001, "0.000001"},
		{5e-324, "5e-324"},
		{float32(0.1), "0.1"},
		{json.Number("12345678901234567890"), "12345678901234567890"},
		{"a\xffb", "a\ufffdb"},
		{[]byte("hi"), "aGk="},
		{[]colour{"red", "blue"}, "red,blue"},
		{map[string]int{"b": 2, "a": 1}, "a,1,b,2"},
		{span{Low: Ptr(int64(1))}, "low,1"},
	} {
		must(t, get(t, client, func(r *request) { r.header("x", one.value) }))
		equal(t, server.last(t).header.Get("x"), one.sent)
	}
}

func TestAbsentValues(t *testing.T) {
	server := newRecorder(t)
	client := connect(t, server)
	var list []string
	var pointer *int64
	for _, value := range []any{nil, list, pointer, map[string]int(nil), Nullable[string]{}, &list, Ptr(pointer), json.RawMessage(nil)} {
		must(t, get(t, client, func(r *request) {
			r.query("q", value)
			r.query("j", value, "json")
			r.header("h", value, "json")
			r.cookie("c", value)
		}))
		equal(t, server.last(t).target, "/")
		equal(t, server.last(t).header.Get("h")+server.last(t).header.Get("Cookie"), "")
		if get(t, client, func(r *request) { r.template = "/{id}"; r.path("id", value) }) == nil {
			t.Errorf("%T: an absent path parameter was sent", value)
		}
	}
	must(t, get(t, client, func(r *request) { r.query("q", NullOf[int](), "json") }))
	equal(t, server.last(t).target, "/?q=null")
}

func TestValuesWithoutTextAreRefused(t *testing.T) {
	server := newRecorder(t)
	client := connect(t, server)
	for _, value := range []any{math.NaN(), math.Inf(1), func() {}, make(chan int), strings.NewReader("x"), FileUpload{}, 1i, NewDate(2026, 2, 30)} {
		var invalid *InvalidRequestError
		if err := get(t, client, func(r *request) { r.query("q", value) }); !errors.As(err, &invalid) {
			t.Errorf("%T: %v", value, err)
		}
	}
	equal(t, server.count(), 0)
}

func TestPathAndQueryOfTheTemplate(t *testing.T) {
	server := newRecorder(t)
	client, _ := newTestClient(server.URL+"/v1/", plainAPI)
	req := newRequest(http.MethodGet, "/a b/{id}.json?kind=x#frag")
	req.path("id", "..")
	req.query("page", 2)
	must(t, doNothing(t.Context(), client, req, []RequestOption{WithQuery("debug", "a&b")}))
	equal(t, server.last(t).target, "/v1/a%20b/...json?kind=x&page=2&debug=a%26b")
	err := doNothing(t.Context(), client, newRequest(http.MethodGet, "/{id}"), nil)
	equal(t, err.Error(), `GET /{id}: not sent: path parameter "id" is missing`)
}

func TestBaseURLsThatAreNone(t *testing.T) {
	for _, base := range []string{"", "shop.example.com", "ftp://x", "http://", "http://x?y=1", "http://x y", "://"} {
		client, _ := newTestClient(base, plainAPI)
		var invalid *InvalidRequestError
		if err := get(t, client, nil); !errors.As(err, &invalid) || len(invalid.Problems) != 1 {
			t.Errorf("%q: %v", base, err)
		}
	}
	client, _ := newTestClient("", plainAPI)
	equal(t, get(t, client, nil).Error(), "GET /: not sent: base URL is missing")
}

func TestAnOperationsOwnServer(t *testing.T) {
	server, other := newRecorder(t), newRecorder(t)
	client, _ := newTestClient(server.URL+"/v1", plainAPI, WithToken("secret"))
	must(t, get(t, client, func(r *request) { r.server("/v2") }))
	equal(t, server.last(t).target, "/v2/")
	must(t, get(t, client, func(r *request) { r.server(other.URL + "/files") }))
	equal(t, other.last(t).target, "/files/")
	equal(t, other.last(t).header.Get("Authorization"), "Bearer secret")
	err := get(t, client, func(r *request) { r.server("ftp://x") })
	equal(t, err.Error(), "GET /: not sent: server URL has to begin with http:// or https://")
}

func FuzzPercentEncoding(f *testing.F) {
	f.Add("a b%2F%zz/é\xff+&=#?'~")
	f.Fuzz(func(t *testing.T, text string) {
		plain, err := url.PathUnescape(percentEncode(text))
		must(t, err)
		equal(t, plain, strings.ToValidUTF8(text, "\ufffd"))
		kept := percentEncodeReserved(text)
		equal(t, percentEncodeReserved(kept), kept)
		parsed, err := url.Parse("http://x/?" + kept)
		if err != nil || parsed.RawQuery != kept || parsed.Fragment != "" {
			t.Errorf("%q became %q: %v", text, kept, err)
		}
	})
}
