// Log lines about calls, without secrets. Values of the path are not logged.

package client

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const redacted = "***"

var (
	secretParts = []string{
		"auth", "cookie", "csrf", "xsrf", "token", "secret", "passw", "passphrase", "credential", "session", "signature",
		"apikey", "api-key", "api_key", "privatekey", "private-key", "private_key",
	}
	secretNames = []string{"key", "sig", "pwd", "pin", "otp", "code", "cvv", "cvc", "ssn"}
)

// isSecret reports whether the header or parameter of this name is not to be shown.
func (c *apiClient) isSecret(name string) bool {
	name = strings.ToLower(name)
	for _, scheme := range c.auth.schemes {
		if strings.ToLower(scheme.name) == name && scheme.kind == "apiKey" {
			return true
		}
	}
	return slices.Contains(secretNames, name) ||
		slices.ContainsFunc(secretParts, func(part string) bool { return strings.Contains(name, part) })
}

func (c *apiClient) shownQuery(query string) string {
	pairs := strings.Split(query, "&")
	for i, each := range pairs {
		name, _, found := strings.Cut(each, "=")
		plain, err := url.QueryUnescape(name)
		if found && (err != nil || c.isSecret(plain)) {
			pairs[i] = name + "=" + redacted
		}
	}
	return strings.Join(pairs, "&")
}

// shownURL is a URL without credentials.
func (c *apiClient) shownURL(target *url.URL) string {
	shown := *target
	shown.User = nil
	shown.RawQuery = c.shownQuery(shown.RawQuery)
	return shown.String()
}

func (c *apiClient) shownHeaders(header http.Header) slog.Attr {
	var shown []any
	for name, values := range header {
		text := strings.Join(values, ", ")
		if c.isSecret(name) {
			text = redacted
		}
		shown = append(shown, slog.String(name, text))
	}
	slices.SortFunc(shown, func(a, b any) int { return strings.Compare(a.(slog.Attr).Key, b.(slog.Attr).Key) })
	return slog.Group("headers", shown...)
}

func (c *apiClient) logs(ctx context.Context, level slog.Level) bool {
	return c.logger != nil && c.logger.Enabled(ctx, level)
}

func (c *apiClient) log(ctx context.Context, level slog.Level, message string, r *request, attrs ...slog.Attr) {
	if c.logs(ctx, level) {
		c.logger.LogAttrs(ctx, level, message, append([]slog.Attr{slog.String("operation", r.operation())}, attrs...)...)
	}
}

func (c *apiClient) logRequest(ctx context.Context, r *request, req *http.Request, try int) {
	if c.logs(ctx, slog.LevelDebug) {
		c.log(ctx, slog.LevelDebug, "request", r,
			slog.Int("try", try),
			slog.String("origin", req.URL.Scheme+"://"+req.URL.Host),
			slog.String("query", c.shownQuery(req.URL.RawQuery)),
			c.shownHeaders(req.Header))
	}
}

func (c *apiClient) logResponse(ctx context.Context, r *request, status int, taken time.Duration) {
	c.log(ctx, slog.LevelDebug, "response", r, slog.Int("status", status), slog.Duration("taken", taken))
}

func (c *apiClient) logRetry(ctx context.Context, r *request, delay time.Duration, answer *http.Response) {
	reason := "no answer"
	if answer != nil {
		reason = statusText(answer)
	}
	c.log(ctx, slog.LevelInfo, "trying again", r, slog.String("reason", reason), slog.Duration("delay", delay))
}
