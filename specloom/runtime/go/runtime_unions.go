//lint:file-ignore U1000 Generated code calls what the API needs of this.

// What a union's arms are told apart by, and properties beyond the described ones.

package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// A jsonShape is a JSON value, looked into one level deep.
type jsonShape struct {
	raw     []byte
	members map[string]json.RawMessage
}

// shapeOf looks at valid JSON.
func shapeOf(data []byte) jsonShape {
	shape := jsonShape{raw: bytes.TrimSpace(data)}
	if len(shape.raw) > 0 && shape.raw[0] == '{' {
		_ = json.Unmarshal(shape.raw, &shape.members)
	}
	return shape
}

// is reports whether it is a "null", "boolean", "string", "number", "integer",
// "array" or "object".
func (s jsonShape) is(kind string) bool {
	if len(s.raw) == 0 {
		return false
	}
	switch s.raw[0] {
	case 'n':
		return kind == "null"
	case 't', 'f':
		return kind == "boolean"
	case '"':
		return kind == "string"
	case '[':
		return kind == "array"
	case '{':
		return kind == "object"
	}
	if kind == "integer" {
		return strings.Trim(numberText(string(s.raw)), "-0123456789") == ""
	}
	return kind == "number"
}

// has reports whether it is an object with all these keys.
func (s jsonShape) has(keys ...string) bool {
	for _, key := range keys {
		if _, ok := s.members[key]; !ok {
			return false
		}
	}
	return s.members != nil
}

// text is the text of a member, empty where there is none.
func (s jsonShape) text(key string) string {
	raw := s.members[key]
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	return textOf(raw)
}

// equals reports whether a member is this JSON value.
func (s jsonShape) equals(key, value string) bool {
	raw, ok := s.members[key]
	return ok && sameJSON(raw, []byte(value))
}

// value reports whether it is one of these JSON values.
func (s jsonShape) value(values ...string) bool {
	return slices.ContainsFunc(values, func(value string) bool { return sameJSON(s.raw, []byte(value)) })
}

func sameJSON(one, other []byte) bool {
	if bytes.Equal(one, other) {
		return true
	}
	var a, b any
	return json.Unmarshal(one, &a) == nil && json.Unmarshal(other, &b) == nil && reflect.DeepEqual(a, b)
}

// noValue is the error of writing a union that holds nothing.
func noValue(union string) error { return fmt.Errorf("holds a %s without a value", union) }

// marshalWithExtra writes a struct and, after its fields, the extra properties.
func marshalWithExtra[T any](value any, extra map[string]T) ([]byte, error) {
	out, err := marshalJSON(value)
	if err != nil || len(extra) == 0 {
		return out, err
	}
	if out[len(out)-1] != '}' {
		return nil, errors.New("extra properties belong to an object")
	}
	known := fieldNames(value)
	out = out[:len(out)-1]
	for _, key := range slices.Sorted(maps.Keys(extra)) {
		if known[key] {
			continue
		}
		raw, err := marshalJSON(extra[key])
		if err != nil {
			return nil, err
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(appendJSONString(out, key), ':'), raw...)
	}
	return append(out, '}'), nil
}

// unmarshalWithExtra reads a struct, and what it has no field for into extra.
func unmarshalWithExtra[T any](data []byte, value any, extra *map[string]T) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	known := fieldNames(value)
	own := make(map[string]json.RawMessage, len(all))
	for key, raw := range all {
		if known[key] {
			own[key] = raw
		}
	}
	if len(own) < len(all) {
		// To encoding/json a further key "ID" is as good as the field "id".
		var err error
		if data, err = json.Marshal(own); err != nil {
			return err
		}
	}
	if err := json.Unmarshal(data, value); err != nil {
		return err
	}
	*extra = nil
	for key, raw := range all {
		if known[key] {
			continue
		}
		var member T
		if err := json.Unmarshal(raw, &member); err != nil {
			return fmt.Errorf("property %q: %w", key, err)
		}
		if *extra == nil {
			*extra = map[string]T{}
		}
		(*extra)[key] = member
	}
	return nil
}

func fieldNames(value any) map[string]bool {
	known := map[string]bool{}
	for _, field := range jsonFormOf(reflect.Indirect(reflect.ValueOf(value)).Type()).fields {
		known[field.name] = true
	}
	return known
}

// unionValue is what a union's wrapper holds.
func unionValue(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Struct || v.NumField() != 1 {
		return reflect.Value{}
	}
	if only := v.Type().Field(0); only.Name != "Value" || only.Type.Kind() != reflect.Interface {
		return reflect.Value{}
	}
	return v.Field(0).Elem()
}
