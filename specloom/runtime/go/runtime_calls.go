//lint:file-ignore U1000 Generated code calls what the API needs of this.

// Calls as generated methods make them, by what they return.

package client

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"
)

const (
	acceptJSON = "application/json, */*;q=0.9"
	acceptAny  = "*/*"
)

// call sends a request, with what the client and the caller say of it.
func (c *apiClient) call(
	ctx context.Context, req *request, opts []RequestOption, accept string, stream bool,
) (*exchanged, error) {
	call := req.with(c, opts)
	call.accepted = cmp.Or(call.accepted, accept)
	return c.exchange(ctx, call, stream)
}

// do returns a pointer; nil where the answer is allowed to be empty, or is null.
func do[T any](ctx context.Context, client *apiClient, req *request, opts []RequestOption) (*T, error) {
	answer, err := client.call(ctx, req, opts, acceptJSON, false)
	if err != nil || answer.isBare() {
		return nil, err
	}
	var value *T
	if err := answer.decode(&value); err != nil {
		return nil, err
	}
	return value, nil
}

// doValue returns a value; the zero value where the answer is allowed to be empty.
func doValue[T any](ctx context.Context, client *apiClient, req *request, opts []RequestOption) (T, error) {
	var value, zero T
	answer, err := client.call(ctx, req, opts, acceptJSON, false)
	if err != nil || answer.isBare() {
		return zero, err
	}
	if err := answer.decode(&value); err != nil {
		return zero, err
	}
	return value, nil
}

// doNothing returns no value. Errors are JSON more often than not.
func doNothing(ctx context.Context, client *apiClient, req *request, opts []RequestOption) error {
	_, err := client.call(ctx, req, opts, acceptJSON, false)
	return err
}

// doText returns the text of an answer.
func doText(ctx context.Context, client *apiClient, req *request, opts []RequestOption) (string, error) {
	answer, err := client.call(ctx, req, opts, acceptAny, false)
	if err != nil {
		return "", err
	}
	return bodyText(answer.response.Header, answer.body), nil
}

// doStream returns the body as it arrives. Whoever reads it closes it.
func doStream(ctx context.Context, client *apiClient, req *request, opts []RequestOption) (io.ReadCloser, error) {
	answer, err := client.call(ctx, req, opts, acceptAny, true)
	if err != nil {
		return nil, err
	}
	return answer.response.Body, nil
}

// doResult reads the body into the target of its status. Targets are pointers,
// by "200", "2XX" or "default".
func doResult(
	ctx context.Context, client *apiClient, req *request, opts []RequestOption, status *int, bodies map[string]any,
) error {
	answer, err := client.call(ctx, req, opts, acceptJSON, false)
	if err != nil {
		return err
	}
	*status = answer.response.StatusCode
	for _, pattern := range statusPatterns(*status) {
		if target, ok := bodies[pattern]; ok {
			if answer.isBare() {
				return nil
			}
			return answer.decode(target)
		}
	}
	return nil
}

// isBare reports whether the answer is empty and may be.
func (a *exchanged) isBare() bool {
	if len(a.body) > 0 {
		return false
	}
	switch a.response.StatusCode {
	case http.StatusNoContent, http.StatusResetContent, http.StatusNotModified:
		return true
	}
	return a.request.canBeBare || a.response.Request.Method == http.MethodHead
}

func (a *exchanged) decode(target any) error {
	if err := decodeBody(a.response.Header, a.body, target); err != nil {
		return a.invalid(a.body, err)
	}
	return nil
}

func (a *exchanged) invalid(content []byte, err error) error {
	return &ResponseError{
		StatusCode: a.response.StatusCode,
		Header:     a.response.Header,
		Body:       content,
		Err:        err,
		operation:  a.request.operation(),
	}
}

// decodeBody reads JSON; for text or anything, also what is no JSON.
func decodeBody(header http.Header, body []byte, target any) error {
	if len(body) == 0 {
		return describedError{"its body is empty"}
	}
	v := reflect.ValueOf(target).Elem()
	if !isJSON(header.Get("Content-Type")) {
		inner := v.Type()
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch inner.Kind() {
		case reflect.String:
			if v.Kind() == reflect.Pointer {
				v.Set(reflect.New(inner))
				v = v.Elem()
			}
			v.SetString(bodyText(header, body))
			return nil
		case reflect.Interface:
			if inner.NumMethod() == 0 && !json.Valid(body) {
				return decodeAnything(header, body, v, inner)
			}
		}
	}
	// Some servers begin with a byte order mark (RFC 8259, section 8.1).
	err := json.Unmarshal(bytes.TrimPrefix(body, []byte("\ufeff")), target)
	kind, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && kind != "" && !isJSON(kind) {
		return describedError{"its body is " + kind + ", not JSON"}
	}
	return err
}

func decodeAnything(header http.Header, body []byte, v reflect.Value, inner reflect.Type) error {
	var value any = body
	if utf8.Valid(body) {
		value = bodyText(header, body)
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(inner))
		v = v.Elem()
	}
	v.Set(reflect.ValueOf(value))
	return nil
}

// bodyText is UTF-8, or Latin-1 where the answer says so.
func bodyText(header http.Header, body []byte) string {
	_, parameters, _ := mime.ParseMediaType(header.Get("Content-Type"))
	switch strings.ToLower(parameters["charset"]) {
	case "iso-8859-1", "latin1", "latin-1":
		var text strings.Builder
		for _, c := range body {
			text.WriteRune(rune(c))
		}
		return text.String()
	}
	return string(bytes.ToValidUTF8(body, []byte("\ufffd")))
}
