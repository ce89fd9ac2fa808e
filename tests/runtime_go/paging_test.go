package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

type numberPage struct {
	Count   *int64           `json:"count,omitzero"`
	Next    Nullable[string] `json:"next,omitzero"`
	Results []int            `json:"results"`
	Meta    *pageMeta        `json:"meta,omitzero"`
}

type pageMeta struct {
	Cursor  any             `json:"cur/sor,omitzero"`
	HasMore *bool           `json:"has_more,omitzero"`
	Items   []numberedThing `json:"items,omitzero"`
}

type numberedThing struct {
	ID int `json:"id"`
}

var sevenItems = []int{1, 2, 3, 4, 5, 6, 7}

// threeAPage answers pages of three, counted from first.
func threeAPage(first int, page func(number int, items []int) string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		number := first
		if text := req.URL.Query().Get("page"); text != "" {
			number, _ = strconv.Atoi(text)
		}
		from := min(3*(number-first), 7)
		answer(200, page(number, sevenItems[from:min(from+3, 7)]))(w, req)
	}
}

func listed(items []int) string {
	text, _ := json.Marshal(items)
	return string(text)
}

// list is like a generated method.
func list(t *testing.T, c *apiClient, by paging, query map[string]any, opts ...RequestOption) ([]int, error) {
	return collect(pages[int](opts, by, func(opts []RequestOption) (*numberPage, error) {
		req := newRequest(http.MethodGet, "/list")
		for name, value := range query {
			req.query(name, value)
		}
		return do[numberPage](t.Context(), c, req, opts)
	}))
}

func targets(r *recorder) []string {
	var all []string
	for _, each := range r.all() {
		all = append(all, strings.TrimPrefix(each.target, "/list"))
	}
	return all
}

func TestPagesByNumber(t *testing.T) {
	server := newRecorder(t, threeAPage(1, func(number int, items []int) string {
		next := "null"
		if number < 3 {
			next = `"http://elsewhere/"`
		}
		return fmt.Sprintf(`{"count":7,"next":%s,"results":%s}`, next, listed(items))
	}))
	client := connect(t, server)
	by := paging{style: "page", parameter: "page", items: "/results", next: "/next"}
	found, err := list(t, client, by, map[string]any{"status": "x"})
	must(t, err)
	equal(t, found, sevenItems)
	equal(t, targets(server), []string{"?status=x&page=1", "?status=x&page=2", "?status=x&page=3"})
	found, err = list(t, client, by, map[string]any{"page": 2})
	must(t, err)
	equal(t, found, sevenItems[3:])
	found, err = list(t, client, by, nil, WithQuery("page", "3"))
	must(t, err)
	equal(t, found, sevenItems[6:])
	before := server.count()
	by.next, by.total = "", "/count"
	found, err = list(t, client, by, nil)
	must(t, err)
	equal(t, found, sevenItems)
	equal(t, server.count(), before+3)
	// From a later page on it is not known how many were before it: an empty page ends it.
	found, err = list(t, client, by, map[string]any{"page": 2})
	must(t, err)
	equal(t, found, sevenItems[3:])
}

func TestPagesFromZeroUpToAnEmptyPage(t *testing.T) {
	server := newRecorder(t, threeAPage(0, func(_ int, items []int) string { return `{"results":` + listed(items) + `}` }))
	found, err := list(t, connect(t, server), paging{style: "page", parameter: "page", first: "0", items: "/results"}, nil)
	must(t, err)
	equal(t, found, sevenItems)
	equal(t, targets(server), []string{"?page=0", "?page=1", "?page=2", "?page=3"})
}

func TestAServerThatDoesNotLookAtTheNumber(t *testing.T) {
	server := newRecorder(t, answer(200, `{"results":[1,2],"next":"more"}`))
	client := connect(t, server)
	found, err := list(t, client, paging{style: "page", parameter: "page", items: "/results"}, nil)
	must(t, err)
	equal(t, found, []int{1, 2, 1, 2})
	_, err = list(t, client, paging{style: "page", parameter: "page", items: "/results", next: "/next"}, nil)
	equal(t, err.Error(), "GET /list: two pages in a row are the same")
}

func TestPagesByOffset(t *testing.T) {
	server := newRecorder(t, func(w http.ResponseWriter, req *http.Request) {
		offset, err := strconv.Atoi(req.URL.Query().Get("offset"))
		if err != nil {
			w.WriteHeader(400)
			return
		}
		offset = min(offset, 7)
		answer(200, fmt.Sprintf(`{"count":7,"results":%s}`, listed(sevenItems[offset:min(offset+3, 7)])))(w, req)
	})
	client := connect(t, server)
	by := paging{style: "offset", parameter: "offset", items: "/results"}
	found, err := list(t, client, by, map[string]any{"limit": 3})
	must(t, err)
	equal(t, found, sevenItems)
	equal(t, len(targets(server)), 4)
	by.total = "/count"
	found, err = list(t, client, by, map[string]any{"offset": 2})
	must(t, err)
	equal(t, found, sevenItems[2:])
	equal(t, targets(server)[4:], []string{"?offset=2", "?offset=5"})
}

func TestPagesByCursor(t *testing.T) {
	pages := map[string]string{"": `{"results":[1,2],"meta":{"cur/sor":"a b"}}`, "a b": `{"results":[],"meta":{"cur/sor":12345678}}`, "12345678": `{"results":[3],"meta":{"cur/sor":""}}`}
	server := newRecorder(t, func(w http.ResponseWriter, req *http.Request) {
		answer(200, pages[req.URL.Query().Get("cursor")])(w, req)
	})
	client := connect(t, server)
	by := paging{style: "cursor", parameter: "cursor", items: "/results", next: "/meta/cur~1sor"}
	found, err := list(t, client, by, nil)
	must(t, err)
	equal(t, found, []int{1, 2, 3})
	equal(t, targets(server), []string{"", "?cursor=a%20b", "?cursor=12345678"})
	pages[""], pages["a b"] = `{"results":[1],"meta":{"cur/sor":"x","has_more":false}}`, `{"results":[2]}`
	by.hasMore = "/meta/has_more"
	found, err = list(t, client, by, nil)
	must(t, err)
	equal(t, found, []int{1})
	by.hasMore = ""
	found, err = list(t, client, by, map[string]any{"cursor": "a b"})
	must(t, err)
	equal(t, found, []int{2})
	pages["x"] = `{"results":[2],"meta":{"cur/sor":"x"}}`
	found, err = list(t, client, by, nil)
	var wrong *ResponseError
	if !errors.As(err, &wrong) || err.Error() != "GET /list: a page names one before it as the next" {
		t.Error(err)
	}
	equal(t, found, []int{1, 2})
}

func TestACursorInALink(t *testing.T) {
	server := newRecorder(t, answer(200, `{"results":[1],"next":"http://internal/list?cursor=cD0y%2B&x=1"}`), answer(200, `{"results":[2],"next":null}`))
	found, err := list(t, connect(t, server), paging{style: "cursor", parameter: "cursor", items: "/results", next: "/next"}, nil)
	must(t, err)
	equal(t, found, []int{1, 2})
	equal(t, targets(server), []string{"", "?cursor=cD0y%2B"})
}

func TestPagesByLink(t *testing.T) {
	server := newRecorder(t, answer(200, `{"results":[1],"next":"/list?p=2&key=k"}`), answer(200, `{"results":[2],"next":"?p=3"}`), answer(200, `{"results":[3]}`))
	client, _ := newTestClient(server.URL, allSchemes, WithAPIKey("query", "k"))
	client.security = [][]string{{"query"}}
	by := paging{style: "next-link", items: "/results", next: "/next"}
	found, err := list(t, client, by, map[string]any{"size": 1}, WithHeader("X-Call", "kept"))
	must(t, err)
	equal(t, found, []int{1, 2, 3})
	equal(t, targets(server), []string{"?size=1&key=k", "?p=2&key=k", "?p=3&key=k"})
	equal(t, server.last(t).header.Get("X-Call"), "kept")
}

func TestALinkElsewhereGetsNoCredentials(t *testing.T) {
	other := newRecorder(t, answer(200, `{"results":[2]}`))
	server := newRecorder(t, answer(200, `{"results":[1],"next":"`+other.URL+`/"}`))
	found, err := list(t, connect(t, server, WithToken("secret"), WithHeader("X-A", "secret")), paging{style: "next-link", items: "/results", next: "/next"}, nil)
	must(t, err)
	equal(t, found, []int{1, 2})
	equal(t, other.last(t).header.Get("Authorization")+other.last(t).header.Get("X-A"), "")
}

func TestLinksThatAreNone(t *testing.T) {
	for link, text := range map[string]string{
		"javascript:1": "GET /list: the link to the next page is no URL", "//[": "GET /list: the link to the next page is no URL", "/list": "GET /list: a page names one before it as the next",
	} {
		server := newRecorder(t, answer(200, `{"results":[1],"next":"`+link+`"}`))
		_, err := list(t, connect(t, server), paging{style: "next-link", items: "/results", next: "/next"}, nil)
		equal(t, err.Error(), text)
	}
}

func TestPagesByLinkHeader(t *testing.T) {
	server := newRecorder(t,
		answer(200, `[1]`, "Link", `</list?p=0>; rel="prev", </list?p=2&a=,;>; title="a, b; rel=next"; rel="last Next"`),
		answer(200, `[2]`, "Link", `</list?p=1>; rel=first; rel=next`))
	var seen *http.Response
	found, err := collect(pages[int]([]RequestOption{WithResponse(&seen)}, paging{style: "link-header"}, func(opts []RequestOption) ([]int, error) {
		return doValue[[]int](t.Context(), connect(t, server), newRequest(http.MethodGet, "/list"), opts)
	}))
	must(t, err)
	equal(t, found, []int{1, 2})
	equal(t, targets(server), []string{"", "?p=2&a=,;"})
	equal(t, seen.StatusCode, 200)
}

func TestPagesStopWhereTheLoopDoes(t *testing.T) {
	server := newRecorder(t, threeAPage(1, func(_ int, items []int) string { return `{"results":` + listed(items) + `}` }))
	client := connect(t, server)
	all := pages[int](nil, paging{style: "page", parameter: "page", items: "/results"}, func(opts []RequestOption) (*numberPage, error) {
		return do[numberPage](t.Context(), client, newRequest(http.MethodGet, "/list"), opts)
	})
	for range 2 {
		for item, err := range all {
			must(t, err)
			if item == 4 {
				break
			}
		}
	}
	equal(t, targets(server), []string{"?page=1", "?page=2", "?page=1", "?page=2"})
	server = newRecorder(t, answer(500, ``))
	found, err := list(t, connect(t, server, WithRetries(0)), paging{style: "page", parameter: "page"}, nil)
	if !errors.Is(err, ErrServer) || found != nil {
		t.Error(found, err)
	}
}

// Whatever a page is made of, its items are found.
func TestWhatSaysThatThereIsMore(t *testing.T) {
	for _, value := range []any{true, 1, "x", []int{0}, map[string]int{"": 0}, Ptr(1), NullableOf("x"), 0.5} {
		equal(t, isTrue(valueAt(map[string]any{"m": value}, "/m")), true)
	}
	for _, value := range []any{nil, false, 0, "", []int{}, map[string]int{}, Ptr(0), NullOf[string](), NullableOf(""), 0.0} {
		equal(t, isTrue(valueAt(map[string]any{"m": value}, "/m")), false)
	}
	for _, value := range []any{7, int32(7), uint8(7), 7.0, "7", Ptr(int64(7))} {
		total, ok := numberOf(valueAt(map[string]any{"m": value}, "/m"))
		equal(t, []any{total, ok}, []any{7, true})
	}
	if _, ok := numberOf(valueAt(map[string]any{"m": "many"}, "/m")); ok {
		t.Error("a word is no number")
	}
}

func TestItemsOfPagesOfAnyType(t *testing.T) {
	text := []byte(`{"data":{"items":[{"id":1},{"id":2}]}}`)
	type extra struct {
		AdditionalProperties map[string]json.RawMessage `json:"-"`
	}
	type typed struct {
		Data Nullable[pageMeta] `json:"data"`
	}
	var asTyped typed
	var anything any
	var asExtra extra
	must(t, json.Unmarshal(text, &asTyped))
	must(t, json.Unmarshal(text, &anything))
	must(t, unmarshalWithExtra(text, &struct{}{}, &asExtra.AdditionalProperties))
	for _, page := range []any{asTyped, &asTyped, anything, boxed{&asTyped}, &anything} {
		items, err := itemsOf[numberedThing](page, "/data/items")
		must(t, err)
		equal(t, items, []numberedThing{{1}, {2}})
	}
	equal(t, string(asExtra.AdditionalProperties["data"]), string(text[8:len(text)-1]))
	for _, page := range []any{nil, (*typed)(nil), typed{}, map[string]any{}, 3, boxed{}} {
		items, err := itemsOf[numberedThing](page, "/data/items")
		must(t, err)
		equal(t, len(items), 0)
	}
	if _, err := itemsOf[numberedThing](map[string]any{"data": 3}, "/data"); err == nil {
		t.Error("a number has items")
	}
}
