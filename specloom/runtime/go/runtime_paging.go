//lint:file-ignore U1000 Generated code calls what the API needs of this.

// Every item of every page, for every kind of paging. The caller's parameters
// stay as they are: a private option says which page is wanted.

package client

import (
	"cmp"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A paging says how pages are asked for and read.
type paging struct {
	// style is "page", "offset", "cursor", "next-link" or "link-header".
	style string
	// parameter of the query chooses the page, the offset or the cursor.
	parameter string
	// first is where the API counts from: "1" for pages and "0" for offsets, unless said.
	first string
	// JSON pointers into the page; an empty one is the page itself for items,
	// and nothing for the others.
	items, next, total, hasMore string
}

// A seenPage is what an answer says besides its body.
type seenPage struct {
	operation string
	header    http.Header
	url       *url.URL
}

func (s *seenPage) look(answer *http.Response) {
	if s != nil {
		s.header, s.url = answer.Header, answer.Request.URL
	}
}

// pages fetches page after page while it is ranged over.
func pages[T, R any](opts []RequestOption, by paging, fetch func([]RequestOption) (R, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		walk := &pageWalk{paging: by}
		for {
			walk.seen = seenPage{}
			page, err := fetch(append(slices.Clip(opts), walk.option))
			if err != nil {
				yield(zero, err)
				return
			}
			items, err := itemsOf[T](page, by.items)
			if err != nil {
				yield(zero, walk.broken(err))
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			more, err := walk.advance(page, len(items))
			if err != nil {
				yield(zero, walk.broken(err))
			}
			if err != nil || !more {
				return
			}
		}
	}
}

// A pageWalk knows where it is between pages.
type pageWalk struct {
	paging
	begun  bool
	number int64 // of the page, or the offset
	key    string
	count  int64 // of items before the next page, as far as it is known
	keys   map[string]bool
	last   any
	seen   seenPage
}

// option makes a request that of the page which is next.
func (w *pageWalk) option(r *request) {
	w.seen.operation = r.operation()
	r.seen = &w.seen
	if !w.begun {
		w.begin(r)
	}
	switch w.style {
	case "page", "offset":
		r.replaceQuery(w.parameter, strconv.FormatInt(w.number, 10))
	case "cursor":
		if w.key != "" {
			r.replaceQuery(w.parameter, w.key)
		}
	default:
		r.target = w.key
	}
}

// begin starts where the caller wants to.
func (w *pageWalk) begin(r *request) {
	w.begun = true
	w.keys = map[string]bool{}
	given := ""
	for _, each := range r.pairs {
		if each.name == w.parameter {
			given, _ = url.PathUnescape(each.text)
		}
	}
	first := w.first
	if first == "" && w.style == "page" {
		first = "1"
	}
	start, _ := strconv.ParseInt(first, 10, 64)
	w.number = start
	if number, err := strconv.ParseInt(given, 10, 64); err == nil {
		w.number = number
	}
	switch {
	case w.style == "offset":
		w.count = w.number
	case w.style == "cursor":
		w.keys[given] = true
	}
}

// advance goes to the next page; false where there is none.
func (w *pageWalk) advance(page any, found int) (bool, error) {
	switch w.style {
	case "page", "offset":
		return w.advanceNumber(page, found)
	case "link-header":
		return w.advanceKey(nextLink(w.seen.header))
	}
	value := valueAt(page, w.next)
	key := ""
	if isTrue(value) {
		raw, err := marshalJSON(value.Interface())
		if err != nil {
			return false, err
		}
		key = textOf(raw)
	}
	if w.hasMore != "" && !isTrue(valueAt(page, w.hasMore)) {
		key = ""
	}
	if w.style == "cursor" {
		key = cursorOf(key, w.parameter)
	}
	return w.advanceKey(key)
}

func (w *pageWalk) advanceNumber(page any, found int) (bool, error) {
	says := cmp.Or(w.hasMore, w.next)
	if says != "" && !isTrue(valueAt(page, says)) {
		return false, nil
	}
	if found == 0 {
		return false, nil
	}
	w.count += int64(found)
	if total, ok := numberOf(valueAt(page, w.total)); ok && says == "" && w.count >= total {
		return false, nil
	}
	if w.last != nil && reflect.DeepEqual(w.last, page) {
		// The server ignores the number. Where nothing says there is more, that
		// was all; else it would go on for ever.
		if says != "" {
			return false, describedError{"two pages in a row are the same"}
		}
		return false, nil
	}
	w.last = page
	if w.style == "offset" {
		w.number += int64(found)
	} else {
		w.number++
	}
	return true, nil
}

func (w *pageWalk) advanceKey(key string) (bool, error) {
	if key == "" {
		return false, nil
	}
	if w.style != "cursor" {
		if w.seen.url == nil {
			return false, nil
		}
		link, err := w.seen.url.Parse(key)
		if err != nil || link.Scheme != "http" && link.Scheme != "https" || link.Host == "" {
			return false, describedError{"the link to the next page is no URL"}
		}
		key = link.String()
	}
	if w.keys[key] {
		return false, describedError{"a page names one before it as the next"}
	}
	w.keys[key] = true
	w.key = key
	return true, nil
}

func (w *pageWalk) broken(err error) error {
	return &ResponseError{Header: w.seen.header, Err: err, operation: w.seen.operation}
}

// cursorOf takes the cursor out of a link, such as the next of Django REST Framework.
func cursorOf(key, parameter string) string {
	starts := []string{"http://", "https://", "/", "?"}
	isLink := slices.ContainsFunc(starts, func(start string) bool { return strings.HasPrefix(key, start) })
	if !isLink {
		return key
	}
	if link, err := url.Parse(key); err == nil && link.Query().Has(parameter) {
		return link.Query().Get(parameter)
	}
	return key
}

var (
	linkPattern      = regexp.MustCompile(`<([^>]*)>((?:[^,"]|"(?:[^"\\]|\\.)*")*)`)
	parameterPattern = regexp.MustCompile(`;\s*([^\s=;,]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,]*)))?`)
)

// nextLink is the target of rel="next" in Link headers (RFC 8288).
func nextLink(header http.Header) string {
	for _, link := range linkPattern.FindAllStringSubmatch(strings.Join(header.Values("Link"), ", "), -1) {
		for _, parameter := range parameterPattern.FindAllStringSubmatch(link[2], -1) {
			if !strings.EqualFold(parameter[1], "rel") {
				continue
			}
			if slices.Contains(strings.Fields(strings.ToLower(parameter[2]+parameter[3])), "next") {
				return link[1]
			}
			break // only the first counts
		}
	}
	return ""
}

// itemsOf finds the items of a page.
func itemsOf[T any](page any, pointer string) ([]T, error) {
	value := reflect.ValueOf(page)
	if pointer != "" {
		value = valueAt(page, pointer)
	}
	value = inside(value)
	if !value.IsValid() {
		return nil, nil
	}
	if items, ok := value.Interface().([]T); ok {
		return items, nil
	}
	raw, err := marshalJSON(value.Interface())
	if err != nil {
		return nil, err
	}
	var items []T
	return items, json.Unmarshal(raw, &items)
}

// valueAt follows a JSON pointer (RFC 6901) through structs and maps; nothing
// for an empty one.
func valueAt(page any, pointer string) reflect.Value {
	if pointer == "" {
		return reflect.Value{}
	}
	value := reflect.ValueOf(page)
	for key := range strings.SplitSeq(pointer[1:], "/") {
		key = strings.NewReplacer("~1", "/", "~0", "~").Replace(key)
		value = memberOf(inside(value), key)
	}
	return inside(value)
}

func memberOf(value reflect.Value, key string) reflect.Value {
	switch value.Kind() {
	case reflect.Struct:
		for _, field := range jsonFormOf(value.Type()).fields {
			if field.name == key {
				return value.Field(field.index)
			}
		}
		if extra := value.FieldByName("AdditionalProperties"); extra.Kind() == reflect.Map {
			return memberOf(extra, key)
		}
	case reflect.Map:
		if value.Type().Key().Kind() == reflect.String {
			return value.MapIndex(reflect.ValueOf(key).Convert(value.Type().Key()))
		}
	}
	return reflect.Value{}
}

// isTrue reports whether a value says that there is more.
func isTrue(value reflect.Value) bool {
	switch value.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Slice, reflect.Map:
		return value.Len() > 0
	}
	return !value.IsZero()
}

func numberOf(value reflect.Value) (int64, bool) {
	switch {
	case value.CanInt():
		return value.Int(), true
	case value.CanUint():
		return int64(value.Uint()), true
	case value.CanFloat():
		return int64(value.Float()), true
	case value.Kind() == reflect.String:
		number, err := strconv.ParseInt(value.String(), 10, 64)
		return number, err == nil
	}
	return 0, false
}
