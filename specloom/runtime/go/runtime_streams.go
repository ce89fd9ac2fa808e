//lint:file-ignore U1000 Generated code calls what the API needs of this.

// Server-sent events (WHATWG HTML, section 9.2.6) and JSON lines.

package client

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

const (
	acceptEvents = "text/event-stream"
	acceptLines  = "application/jsonl, application/x-ndjson, */*;q=0.9"
)

// ServerSentEvent is one event as it came.
type ServerSentEvent struct {
	Data string
	// Event is the event's name; "message" unless the server says otherwise.
	Event string
	// ID is the last one the server has sent.
	ID string
	// Retry is how many milliseconds to wait before connecting again, where the
	// server has said so.
	Retry *int64
}

// doEvents sends the request when it is ranged over. The data of an event is
// JSON, unless T is string or [ServerSentEvent]. "[DONE]" ends the stream.
func doEvents[T any](ctx context.Context, client *apiClient, req *request, opts []RequestOption) iter.Seq2[T, error] {
	return stream(ctx, client, req, opts, acceptEvents, func(answer *exchanged, yield func(T, error) bool) error {
		events := newEventReader(answer.response.Body)
		for {
			event, err := events.next()
			if err != nil {
				return err
			}
			var value T
			switch target := any(&value).(type) {
			case *ServerSentEvent:
				*target = event
			case *string:
				if event.Data == "[DONE]" {
					return nil
				}
				*target = event.Data
			default:
				if event.Data == "[DONE]" {
					return nil
				}
				if err := json.Unmarshal([]byte(event.Data), target); err != nil {
					return answer.invalid([]byte(event.Data), placedError{"event", err})
				}
			}
			if !yield(value, nil) {
				return errStopped
			}
		}
	})
}

// doLines sends the request when it is ranged over. It reads JSON lines, also
// as application/json-seq (RFC 7464).
func doLines[T any](ctx context.Context, client *apiClient, req *request, opts []RequestOption) iter.Seq2[T, error] {
	return stream(ctx, client, req, opts, acceptLines, func(answer *exchanged, yield func(T, error) bool) error {
		lines := bufio.NewReader(answer.response.Body)
		for number := 1; ; number++ {
			line, end := lines.ReadBytes('\n')
			if end != nil && end != io.EOF {
				return end
			}
			if line = bytes.Trim(line, "\x1e \t\r\n"); len(line) > 0 {
				var value T
				if err := json.Unmarshal(line, &value); err != nil {
					return answer.invalid(line, placedError{fmt.Sprintf("line %d", number), err})
				}
				if !yield(value, nil) {
					return errStopped
				}
			}
			if end != nil {
				return nil
			}
		}
	})
}

// errStopped says that the loop over a stream was left.
var errStopped = errors.New("stopped")

// stream sends the request, reads its answer, and closes it however that ends.
func stream[T any](
	ctx context.Context, client *apiClient, req *request, opts []RequestOption, accept string,
	read func(answer *exchanged, yield func(T, error) bool) error,
) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		answer, err := client.call(ctx, req, opts, accept, true)
		if err != nil {
			yield(zero, err)
			return
		}
		defer func() { _ = answer.response.Body.Close() }()
		err = read(answer, yield)
		var invalid *ResponseError
		switch {
		case err == nil || err == io.EOF || err == errStopped:
		case errors.As(err, &invalid):
			yield(zero, err)
		case ctx.Err() != nil:
			yield(zero, &callError{answer.request.operation(), context.Cause(ctx)})
		default:
			yield(zero, &NetworkError{err, answer.request.operation()})
		}
	}
}

type eventReader struct {
	in     *bufio.Reader
	skipLF bool
	begun  bool
	id     string
	retry  *int64
}

func newEventReader(in io.Reader) *eventReader { return &eventReader{in: bufio.NewReader(in)} }

// next is the next event that has data. What is cut off at the end is dropped.
func (e *eventReader) next() (ServerSentEvent, error) {
	var data []string
	name := ""
	for {
		line, err := e.line()
		if err != nil {
			return ServerSentEvent{}, err
		}
		if line == "" {
			if data != nil {
				if name == "" {
					name = "message"
				}
				return ServerSentEvent{strings.Join(data, "\n"), name, e.id, e.retry}, nil
			}
			name = ""
			continue
		}
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "data":
			data = append(data, value)
		case "event":
			name = value
		case "id":
			if !strings.Contains(value, "\x00") {
				e.id = value
			}
		case "retry":
			if wait, err := strconv.ParseUint(value, 10, 63); err == nil {
				e.retry = Ptr(int64(wait))
			}
		}
	}
}

// line ends at LF, CR or CRLF. After a CR it does not wait for what follows.
func (e *eventReader) line() (string, error) {
	var line []byte
	for {
		c, err := e.in.ReadByte()
		if err != nil {
			return "", err
		}
		if e.skipLF && c == '\n' {
			e.skipLF = false
			continue
		}
		e.skipLF = c == '\r'
		if c != '\n' && c != '\r' {
			line = append(line, c)
			continue
		}
		if !e.begun {
			e.begun = true
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		return string(bytes.ToValidUTF8(line, []byte("\ufffd"))), nil
	}
}
