// Credentials: which are sent, and how a token is replaced.

package client

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
)

// A securityScheme says where a credential travels. Its kind is "bearer",
// "basic", "apiKey" (with in and name), "mutualTLS", or "http" for other schemes
// of the Authorization header (with name).
type securityScheme struct{ kind, in, name string }

type credentials struct {
	schemes map[string]securityScheme
	basic   string
	keys    map[string]string
	source  func(context.Context) (string, error)
	refresh func(context.Context) (string, error)
	// problem is what is wrong with what the user has said.
	problem error

	mutex   sync.Mutex
	token   string
	refused string // the token that could not be replaced
	flight  *flight
}

// A flight is a refresh under way.
type flight struct {
	done chan struct{}
	err  error
}

// A signature is what credentials add to a request.
type signature struct {
	headers, query, cookies []pair
	token                   string
}

func (a *credentials) setBasic(user, password string) {
	a.basic = base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
}

func (a *credentials) setKey(scheme, key string) {
	var all, names []string
	for _, name := range slices.Sorted(maps.Keys(a.schemes)) {
		if a.schemes[name].kind != "apiKey" {
			continue
		}
		all = append(all, name)
		if scheme == name || scheme == "" && a.schemes[name].in != "cookie" {
			names = append(names, name)
		}
	}
	if scheme == "" && len(names) == 0 {
		names = all
	}
	for _, name := range names {
		a.keys[name] = key
	}
	if len(names) == 0 {
		a.problem = fmt.Errorf("there is no API key scheme %q, only %q", scheme, all)
	}
}

// sign satisfies the first alternative that can be satisfied, else none.
// "No credentials" counts last, wherever it stands.
func (a *credentials) sign(ctx context.Context, alternatives [][]string) (signature, error) {
	for _, names := range alternatives {
		signed, all := signature{}, true
		for _, name := range names {
			ok, err := a.add(ctx, &signed, a.schemes[name], name)
			if err != nil {
				return signature{}, err
			}
			all = all && ok
		}
		if all && len(signed.headers)+len(signed.query)+len(signed.cookies) > 0 {
			return signed, nil
		}
	}
	return signature{}, nil
}

func (a *credentials) add(ctx context.Context, to *signature, scheme securityScheme, name string) (bool, error) {
	switch scheme.kind {
	case "mutualTLS":
		return true, nil
	case "basic":
		to.headers = append(to.headers, pair{"Authorization", "Basic " + a.basic})
		return a.basic != "", nil
	case "bearer", "http":
		token, err := a.current(ctx)
		if err != nil || token == "" {
			return false, err
		}
		if checkHeader("Authorization", token) != nil {
			return false, errors.New("the token has a control character")
		}
		to.headers = append(to.headers, pair{"Authorization", cmp.Or(scheme.name, "Bearer") + " " + token})
		to.token = token
		return true, nil
	}
	key, ok := a.keys[name]
	if !ok {
		return false, nil
	}
	if checkHeader("Key", key) != nil {
		return false, errors.New("the API key " + strconv.Quote(name) + " has a control character")
	}
	switch scheme.in {
	case "header":
		to.headers = append(to.headers, pair{scheme.name, key})
	case "query":
		to.query = append(to.query, pair{scheme.name, percentEncode(key)})
	case "cookie":
		to.cookies = append(to.cookies, pair{scheme.name, key})
	}
	return true, nil
}

func (a *credentials) current(ctx context.Context) (string, error) {
	a.mutex.Lock()
	token := a.token
	a.mutex.Unlock()
	if token != "" || a.source == nil {
		return token, nil
	}
	token, err := a.source(ctx)
	if err != nil {
		return "", fmt.Errorf("getting a token failed: %w", err)
	}
	return token, nil
}

type refreshingKey struct{}

// renew replaces the token that was used. False where there is no other one.
func (a *credentials) renew(ctx context.Context, used string) (bool, error) {
	// What refresh itself calls must not wait for it.
	if a.refresh == nil || ctx.Value(refreshingKey{}) != nil {
		return false, nil
	}
	a.mutex.Lock()
	if a.token != "" && a.token != used {
		a.mutex.Unlock()
		return true, nil
	}
	if used != "" && used == a.refused {
		a.mutex.Unlock()
		return false, nil
	}
	waiting := a.flight
	if waiting == nil {
		waiting = &flight{done: make(chan struct{})}
		a.flight = waiting
		// Others wait for it: it goes on when this call is cancelled.
		go a.fly(context.WithoutCancel(ctx), waiting, used)
	}
	a.mutex.Unlock()
	select {
	case <-waiting.done:
		return waiting.err == nil, waiting.err
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}

func (a *credentials) fly(ctx context.Context, own *flight, used string) {
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, refreshingKey{}, true), defaultTimeout)
	defer cancel()
	token, err := a.refresh(ctx)
	if err == nil && token == "" {
		err = errors.New("the new token is empty")
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	var answered *APIError
	switch {
	case err == nil:
		a.token = token
	case errors.As(err, &answered):
		a.refused = used
	}
	own.err = err
	a.flight = nil
	close(own.done)
}
