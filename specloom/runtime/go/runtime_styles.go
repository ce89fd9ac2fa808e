//lint:file-ignore U1000 Generated code calls what the API needs of this.

// How a value is written in a path, a query, a header or a cookie
// (OpenAPI 3.1.1, section 4.8.12, which builds on RFC 6570).

package client

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// A pair has a plain name and an encoded text.
type pair struct{ name, text string }

var errEmpty = errors.New("is empty")

// plainJSON is the JSON of a parameter; nil where it was not given.
func plainJSON(value any) (json.RawMessage, error) {
	if _, ok := value.(io.Reader); ok {
		return nil, errors.New("is a stream, which cannot be a parameter")
	}
	v := reflect.ValueOf(value)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Invalid:
		return nil, nil
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface:
		if v.IsNil() {
			return nil, nil
		}
	}
	value = v.Interface()
	if nullable, ok := value.(anyNullable); ok {
		if _, state := nullable.content(); state == isAbsent {
			return nil, nil
		}
	}
	return marshalJSON(value)
}

func isNothing(raw json.RawMessage) bool {
	switch string(raw) {
	case "null", "[]", "{}":
		return true
	}
	return false
}

// styledMembers are the encoded members of a value; glue is between key and value.
func styledMembers(raw json.RawMessage, encode func(string) string, glue string) []string {
	if raw[0] != '[' && raw[0] != '{' {
		if string(raw) == "null" {
			return nil
		}
		return []string{encode(textOf(raw))}
	}
	var texts []string
	keys, values := members(raw)
	for i, value := range values {
		if isNothing(value) {
			continue
		}
		text := encode(textOf(value))
		if keys != nil {
			text = encode(keys[i]) + glue + text
		}
		texts = append(texts, text)
	}
	return texts
}

// pathText is a path parameter in its style.
func pathText(name string, raw json.RawMessage, style string) (string, error) {
	if raw == nil {
		return "", errors.New("is missing")
	}
	if style == "json" {
		return percentEncode(string(raw)), nil
	}
	explode := strings.HasSuffix(style, "*")
	glue := ","
	if explode {
		glue = "="
	}
	texts := styledMembers(raw, percentEncode, glue)
	if len(texts) == 0 || string(raw) == `""` {
		return "", errEmpty
	}
	name = percentEncode(name)
	switch style {
	case "simple", "simple*":
		return strings.Join(texts, ","), nil
	case "label":
		return "." + strings.Join(texts, ","), nil
	case "label*":
		return "." + strings.Join(texts, "."), nil
	case "matrix":
		return ";" + name + "=" + strings.Join(texts, ","), nil
	case "matrix*":
		if raw[0] == '{' {
			return ";" + strings.Join(texts, ";"), nil
		}
		return ";" + name + "=" + strings.Join(texts, ";"+name+"="), nil
	}
	return "", errors.New("has no style " + style)
}

// stylePairs are the pairs of a query, a cookie or a form.
func stylePairs(name string, raw json.RawMessage, style string) []pair {
	word, reserved := strings.CutSuffix(style, "+reserved")
	if reserved {
		return encodedPairs(name, raw, word, percentEncodeReserved)
	}
	return encodedPairs(name, raw, word, percentEncode)
}

func encodedPairs(name string, raw json.RawMessage, word string, encode func(string) string) []pair {
	separator := ","
	switch word {
	case "json":
		return []pair{{name, encode(string(raw))}}
	case "deep":
		return deepPairs(nil, name, raw, encode)
	case "csv":
	case "ssv":
		separator = encode(" ")
	case "pipes":
		separator = encode("|")
	default:
		return formPairs(name, raw, encode)
	}
	texts := styledMembers(raw, encode, separator)
	if texts == nil {
		return nil
	}
	return []pair{{name, strings.Join(texts, separator)}}
}

func formPairs(name string, raw json.RawMessage, encode func(string) string) []pair {
	var pairs []pair
	if raw[0] != '{' {
		for _, text := range styledMembers(raw, encode, "") {
			pairs = append(pairs, pair{name, text})
		}
		return pairs
	}
	keys, values := members(raw)
	for i, value := range values {
		if !isNothing(value) {
			pairs = append(pairs, pair{keys[i], encode(textOf(value))})
		}
	}
	return pairs
}

func deepPairs(pairs []pair, name string, raw json.RawMessage, encode func(string) string) []pair {
	switch {
	case string(raw) == "null":
		return pairs
	case raw[0] != '[' && raw[0] != '{':
		return append(pairs, pair{name, encode(textOf(raw))})
	}
	keys, values := members(raw)
	index := 0
	for i, value := range values {
		if isNothing(value) {
			continue
		}
		key := strconv.Itoa(index)
		if keys != nil {
			key = keys[i]
		}
		index++
		pairs = deepPairs(pairs, name+"["+key+"]", value, encode)
	}
	return pairs
}

// headerText is a header's value; false where nothing is to be sent.
func headerText(raw json.RawMessage, style string) (string, bool) {
	if style == "json" {
		return string(raw), true
	}
	glue := ","
	if style == "simple*" {
		glue = "="
	}
	texts := styledMembers(raw, func(text string) string { return text }, glue)
	return strings.Join(texts, ","), len(texts) > 0
}

// fillPath puts written parameters into a template. A question mark in the
// template starts the query.
func fillPath(template string, written map[string]string) (path, query string, err error) {
	template, _, _ = strings.Cut(template, "#")
	var out strings.Builder
	for rest := template; rest != ""; {
		before, after, found := strings.Cut(rest, "{")
		name, tail, closed := strings.Cut(after, "}")
		if !found || !closed {
			out.WriteString(percentEncodeReserved(rest))
			break
		}
		text, ok := written[name]
		if !ok {
			return "", "", errors.New("path parameter " + strconv.Quote(name) + " is missing")
		}
		out.WriteString(percentEncodeReserved(before))
		out.WriteString(text)
		rest = tail
	}
	path, query, _ = strings.Cut(out.String(), "?")
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return "", "", errors.New("a segment of the path is a dot, which would leave it")
		}
	}
	return path, query, nil
}

const (
	unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
	// Not "#", which would end the query, and not "'", which browsers encode anyway.
	reserved = ":/?[]@!$&()*+,;="
)

// percentEncode encodes all but unreserved characters (RFC 3986, section 2.3).
func percentEncode(text string) string { return percentEncodeBut(text, false) }

// percentEncodeReserved keeps reserved characters and triplets (RFC 6570, section 3.2.3).
func percentEncodeReserved(text string) string { return percentEncodeBut(text, true) }

func percentEncodeBut(text string, keepReserved bool) string {
	const hex = "0123456789ABCDEF"
	if strings.Trim(text, unreserved) == "" {
		return text
	}
	text = strings.ToValidUTF8(text, "\ufffd")
	var out strings.Builder
	for i := range len(text) {
		c := text[i]
		switch {
		case strings.IndexByte(unreserved, c) >= 0,
			keepReserved && strings.IndexByte(reserved, c) >= 0,
			keepReserved && c == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			out.WriteByte(c)
		default:
			out.WriteByte('%')
			out.WriteByte(hex[c>>4])
			out.WriteByte(hex[c&15])
		}
	}
	return out.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
