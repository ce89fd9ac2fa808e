//lint:file-ignore U1000 Generated code calls what the API needs of this.

// What calls return as errors. No text of an error holds a value that was sent
// or received: those may be secret.

package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Sentinels for [errors.Is]: what an [APIError] of the status is.
var (
	ErrBadRequest      = errors.New("400 Bad Request")
	ErrUnauthorized    = errors.New("401 Unauthorized")
	ErrForbidden       = errors.New("403 Forbidden")
	ErrNotFound        = errors.New("404 Not Found")
	ErrConflict        = errors.New("409 Conflict")
	ErrUnprocessable   = errors.New("422 Unprocessable Content")
	ErrTooManyRequests = errors.New("429 Too Many Requests")
	// ErrServer is any status from 500 on.
	ErrServer = errors.New("the server failed")
)

// APIError is an answer that is no success. Where the API describes its body,
// the error of a call is an [ErrorOf], which unwraps to this.
type APIError struct {
	// StatusCode is the status, such as 404.
	StatusCode int
	// Status is the status with its reason, such as "404 Not Found".
	Status string
	Method string
	// URL is where the request went, without credentials.
	URL    string
	Header http.Header
	Body   []byte

	operation string
}

// Error says which operation was answered with which status.
func (e *APIError) Error() string { return e.operation + ": " + e.Status }

// Is reports whether the target is the sentinel of the status.
func (e *APIError) Is(target error) bool {
	switch target {
	case ErrBadRequest:
		return e.StatusCode == http.StatusBadRequest
	case ErrUnauthorized:
		return e.StatusCode == http.StatusUnauthorized
	case ErrForbidden:
		return e.StatusCode == http.StatusForbidden
	case ErrNotFound:
		return e.StatusCode == http.StatusNotFound
	case ErrConflict:
		return e.StatusCode == http.StatusConflict
	case ErrUnprocessable:
		return e.StatusCode == http.StatusUnprocessableEntity
	case ErrTooManyRequests:
		return e.StatusCode == http.StatusTooManyRequests
	case ErrServer:
		return e.StatusCode >= http.StatusInternalServerError
	}
	return false
}

// ErrorOf is an [APIError] with its body as the API describes it.
type ErrorOf[T any] struct {
	*APIError
	Value T
}

// Unwrap gives the [APIError].
func (e *ErrorOf[T]) Unwrap() error { return e.APIError }

// NetworkError means that no whole answer arrived.
type NetworkError struct {
	// Err is what went wrong; [context.DeadlineExceeded] after a time-out.
	Err       error
	operation string
}

// Error says which operation got no answer, and why.
func (e *NetworkError) Error() string { return e.operation + ": no answer: " + e.Err.Error() }

// Unwrap gives what went wrong.
func (e *NetworkError) Unwrap() error { return e.Err }

// ResponseError is a success that is not what the API describes.
type ResponseError struct {
	StatusCode int
	Header     http.Header
	// Body is what came: the body, or the event or line of a stream.
	Body []byte
	// Err is what is wrong with it. Its text may hold values of the body.
	Err       error
	operation string
}

// Error says what is wrong, and where.
func (e *ResponseError) Error() string {
	text := e.operation + ": "
	if e.StatusCode != 0 {
		text += strconv.Itoa(e.StatusCode) + ", but "
	}
	return text + describe(e.Err)
}

// Unwrap gives what is wrong with the answer.
func (e *ResponseError) Unwrap() error { return e.Err }

// A callError says which operation a caller ended.
type callError struct {
	operation string
	err       error
}

func (e *callError) Error() string { return e.operation + ": " + e.err.Error() }

func (e *callError) Unwrap() error { return e.err }

// A placedError says which part of a stream is wrong.
type placedError struct {
	place string
	err   error
}

func (e placedError) Error() string { return e.place + ": " + e.err.Error() }

func (e placedError) Unwrap() error { return e.err }

// describe says what is wrong with JSON, without the values in it.
func describe(err error) string {
	var (
		placed    placedError
		described describedError
		mismatch  *json.UnmarshalTypeError
		syntax    *json.SyntaxError
		moment    *time.ParseError
	)
	switch {
	case errors.As(err, &placed):
		return placed.place + ": " + describe(placed.err)
	case errors.As(err, &described):
		return described.text
	case errors.As(err, &mismatch):
		kind, _, _ := strings.Cut(mismatch.Value, " ")
		if mismatch.Field == "" {
			return fmt.Sprintf("it is a JSON %s where %s is expected", kind, mismatch.Type)
		}
		return fmt.Sprintf("%s is a JSON %s where %s is expected", mismatch.Field, kind, mismatch.Type)
	case errors.As(err, &syntax):
		return fmt.Sprintf("it is not JSON from byte %d on", syntax.Offset)
	case errors.As(err, &moment):
		return "a date-time is not as RFC 3339 has it"
	}
	return "its content is not as described"
}

// A failure knows the type of an error's body.
type failure struct {
	status string
	read   func(*APIError) error
}

// fails says what the body of an error is, for statuses such as "400", "4XX"
// and "default".
func fails[T any](r *request, statuses ...string) {
	read := func(plain *APIError) error {
		found := &ErrorOf[T]{APIError: plain}
		if decodeBody(plain.Header, plain.Body, &found.Value) != nil {
			return plain
		}
		return found
	}
	for _, status := range statuses {
		r.failures = append(r.failures, failure{status, read})
	}
}

// failed makes the error of an answer.
func (r *request) failed(answer *http.Response, body []byte, shownURL string) error {
	plain := &APIError{
		StatusCode: answer.StatusCode,
		Status:     statusText(answer),
		Method:     answer.Request.Method,
		URL:        shownURL,
		Header:     answer.Header,
		Body:       body,
		operation:  r.operation(),
	}
	for _, pattern := range statusPatterns(answer.StatusCode) {
		for _, failure := range r.failures {
			if strings.EqualFold(failure.status, pattern) {
				return failure.read(plain)
			}
		}
	}
	return plain
}

// statusPatterns are what may stand for a status in a description, most exact first.
func statusPatterns(status int) []string {
	return []string{strconv.Itoa(status), strconv.Itoa(status/100) + "XX", "default"}
}

func statusText(answer *http.Response) string {
	code := strconv.Itoa(answer.StatusCode)
	return strings.TrimSpace(code + " " + http.StatusText(answer.StatusCode))
}
