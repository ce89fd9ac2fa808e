// When to try again, and how long to wait before.

package client

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	defaultTimeout = 30 * time.Second
	defaultRetries = 2

	firstBackoff  = 500 * time.Millisecond
	longestWait   = 8 * time.Second
	maxRetryAfter = 60 * time.Second
	maxRedirects  = 10
)

var (
	// What may be repeated without harm (RFC 9110, section 9.2.2).
	idempotentMethods = []string{"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"}
	safeMethods       = []string{"GET", "HEAD", "OPTIONS", "TRACE"}
	passingStatuses   = []int{408, 429, 500, 502, 503, 504}
)

// backoff is how long to wait after a failed try, counted from 1; false where
// the answer asks for more patience than there is.
func backoff(try int, answer *http.Response) (time.Duration, bool) {
	if answer != nil {
		if asked, ok := parseRetryAfter(answer.Header.Get("Retry-After"), time.Now()); ok {
			return asked, asked <= maxRetryAfter
		}
	}
	longest := longestWait
	if try < 6 {
		longest = min(longest, firstBackoff<<(try-1))
	}
	return rand.N(longest + 1), true
}

// parseRetryAfter reads seconds or a date (RFC 9110, section 10.2.3).
func parseRetryAfter(text string, now time.Time) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if text != "" && strings.Trim(text, "0123456789") == "" {
		seconds, err := strconv.Atoi(text)
		if err != nil || seconds > 1e9 {
			seconds = 1e9
		}
		return time.Duration(seconds) * time.Second, true
	}
	moment, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	return max(0, moment.Sub(now)), true
}

// mayRetry reports whether another try does no harm and can be made.
func (r *request) mayRetry(method string, try int, body *payload) bool {
	return try <= r.retries &&
		(r.idempotent || slices.Contains(idempotentMethods, method)) &&
		(body == nil || body.canBeSent())
}

// pause waits, unless the caller ends the call.
func pause(ctx context.Context, duration time.Duration) error {
	timer := time.NewTimer(duration)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
