//lint:file-ignore U1000 Generated code calls what the API needs of this.

// What the API's description asks of values, checked before they are sent.

package client

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// A validation collects problems. Values that are absent or null have none.
type validation struct{ problems []RequestProblem }

func (v *validation) err() error {
	if len(v.problems) == 0 {
		return nil
	}
	return &InvalidRequestError{Problems: v.problems}
}

func (v *validation) add(name, message string, values ...any) {
	v.problems = append(v.problems, RequestProblem{name, fmt.Sprintf(message, values...)})
}

// length counts characters; a limit below 0 is none.
func (v *validation) length(name string, value any, low, high int) {
	if found := inside(reflect.ValueOf(value)); found.Kind() == reflect.String {
		v.count(name, utf8.RuneCountInString(found.String()), low, high, "character")
	}
}

// items counts items or properties; a limit below 0 is none. A slice or map
// that is nil has none: it would travel as an empty one.
func (v *validation) items(name string, value any, low, high int) {
	switch found := inside(reflect.ValueOf(value)); found.Kind() {
	case reflect.Slice, reflect.Array:
		v.count(name, found.Len(), low, high, "item")
	case reflect.Map:
		v.count(name, found.Len(), low, high, "property")
	case reflect.Struct:
		if raw, err := marshalJSON(found.Interface()); err == nil && len(raw) > 0 && raw[0] == '{' {
			keys, _ := members(raw)
			v.count(name, len(keys), low, high, "property")
		}
	}
}

func (v *validation) count(name string, count, low, high int, what string) {
	plural := func(limit int) string {
		if limit == 1 {
			return "1 " + what
		}
		return strconv.Itoa(limit) + " " + strings.TrimSuffix(what+"s", "ys") + map[bool]string{true: "ies"}[what == "property"]
	}
	if low >= 0 && count < low {
		v.add(name, "must have at least %s", plural(low))
	}
	if high >= 0 && count > high {
		v.add(name, "must have at most %s", plural(high))
	}
}

func (v *validation) minimum(name string, value any, limit float64) {
	v.compare(name, value, limit, "at least", func(order int) bool { return order >= 0 })
}

func (v *validation) maximum(name string, value any, limit float64) {
	v.compare(name, value, limit, "at most", func(order int) bool { return order <= 0 })
}

func (v *validation) exclusiveMinimum(name string, value any, limit float64) {
	v.compare(name, value, limit, "more than", func(order int) bool { return order > 0 })
}

func (v *validation) exclusiveMaximum(name string, value any, limit float64) {
	v.compare(name, value, limit, "less than", func(order int) bool { return order < 0 })
}

func (v *validation) compare(name string, value any, limit float64, words string, good func(order int) bool) {
	if number := decimalOf(value); number != nil && !good(number.Cmp(decimalOf(limit))) {
		v.add(name, "must be %s %s", words, strconv.FormatFloat(limit, 'f', -1, 64))
	}
}

// multipleOf counts in decimals: 0.3 is a multiple of 0.1.
func (v *validation) multipleOf(name string, value any, limit float64) {
	number, step := decimalOf(value), decimalOf(limit)
	if number == nil || step.Sign() == 0 {
		return
	}
	if !new(big.Rat).Quo(number, step).IsInt() {
		v.add(name, "must be a multiple of %s", strconv.FormatFloat(limit, 'f', -1, 64))
	}
}

// decimalOf is a number exactly as it is written; nil for what is none.
func decimalOf(value any) *big.Rat {
	found := inside(reflect.ValueOf(value))
	text := ""
	switch {
	case found.CanInt():
		return new(big.Rat).SetInt64(found.Int())
	case found.CanUint():
		return new(big.Rat).SetUint64(found.Uint())
	case found.CanFloat():
		if math.IsNaN(found.Float()) || math.IsInf(found.Float(), 0) {
			return nil
		}
		text = strconv.FormatFloat(found.Float(), 'g', -1, found.Type().Bits())
	case found.Kind() == reflect.String && len(found.String()) < 100:
		text = found.String()
		if strings.Trim(text, "+-.0123456789") != "" {
			return nil
		}
	}
	number, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil
	}
	return number
}

// pattern compiles a regular expression when it is first needed. One that Go
// cannot say (look-around, for one) checks nothing.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		compiled, err := regexp.Compile(unicodeEscape.ReplaceAllString(expression, `\x{$1$2}`))
		if err != nil {
			return nil
		}
		return compiled
	})
}

// unicodeEscape is how ECMAScript writes a character by its number.
var unicodeEscape = regexp.MustCompile(`\\u(?:([0-9a-fA-F]{4})|\{([0-9a-fA-F]+)\})`)

func (v *validation) pattern(name string, value any, pattern func() *regexp.Regexp) {
	found := inside(reflect.ValueOf(value))
	if found.Kind() != reflect.String {
		return
	}
	if compiled := pattern(); compiled != nil && !compiled.MatchString(found.String()) {
		v.add(name, "must match %s", compiled)
	}
}

// unique compares items by their JSON.
func (v *validation) unique(name string, value any) {
	found := inside(reflect.ValueOf(value))
	if found.Kind() != reflect.Slice {
		return
	}
	seen := make(map[string]int, found.Len())
	for i := range found.Len() {
		raw, err := marshalJSON(found.Index(i).Interface())
		if err != nil {
			return
		}
		if first, ok := seen[string(raw)]; ok {
			v.add(name, "must not repeat items, but %d is as %d", i, first)
			return
		}
		seen[string(raw)] = i
	}
}

// each checks the items of a list.
func each[T any](v *validation, name string, values []T, check func(name string, item T)) {
	for i, item := range values {
		check(fmt.Sprintf("%s[%d]", name, i), item)
	}
}

// eachOf checks the members of a map.
func eachOf[T any](v *validation, name string, values map[string]T, check func(name string, item T)) {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		check(fmt.Sprintf("%s[%q]", name, key), values[key])
	}
}

// nested checks what can check itself: the value, its items or its members.
func (v *validation) nested(name string, value any) {
	v.problems = append(v.problems, problemsOf(name, reflect.ValueOf(value))...)
}

type validator interface{ Validate() error }

func validationError(value any) error {
	v := validation{}
	v.nested("", value)
	return v.err()
}

func problemsOf(name string, value reflect.Value) []RequestProblem {
	for value.Kind() == reflect.Pointer || value.Kind() == reflect.Interface {
		if value.IsNil() {
			return nil
		}
		value = value.Elem()
	}
	if !value.IsValid() {
		return nil
	}
	if own, ok := value.Interface().(validator); ok {
		return problemsIn(name, own.Validate())
	}
	if nullable, ok := value.Interface().(anyNullable); ok {
		if inner, state := nullable.content(); state == isValue {
			return problemsOf(name, reflect.ValueOf(inner))
		}
		return nil
	}
	var problems []RequestProblem
	switch value.Kind() {
	case reflect.Slice, reflect.Array:
		if value.Type().Elem().Kind() == reflect.Uint8 {
			return nil
		}
		for i := range value.Len() {
			problems = append(problems, problemsOf(fmt.Sprintf("%s[%d]", name, i), value.Index(i))...)
		}
	case reflect.Map:
		keys := value.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			problems = append(problems, problemsOf(fmt.Sprintf("%s[%q]", name, key.String()), value.MapIndex(key))...)
		}
	}
	return problems
}

func problemsIn(name string, err error) []RequestProblem {
	var invalid *InvalidRequestError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &invalid):
		problems := make([]RequestProblem, len(invalid.Problems))
		for i, problem := range invalid.Problems {
			problems[i] = RequestProblem{joinPath(name, problem.Path), problem.Message}
		}
		return problems
	}
	return []RequestProblem{{name, err.Error()}}
}

func joinPath(outer, inner string) string {
	switch {
	case outer == "" || inner == "":
		return outer + inner
	case inner[0] == '[':
		return outer + inner
	}
	return outer + "." + inner
}
