//lint:file-ignore U1000 Generated code calls what the API needs of this.

// How a body is written: JSON, forms, multipart, text and files. What is read
// from files is never held in memory.

package client

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
)

// A partStyle says how one property of a form travels (OpenAPI's Encoding
// Object): as a parameter of this style, or with this media type.
type partStyle struct{ name, style, mediaType string }

func (r *request) json(body any, mediaType ...string) {
	if isMissing(body) {
		return
	}
	r.validate(body)
	text, err := marshalJSON(body)
	r.problem("body", err)
	r.payload = textPayload(concrete(mediaType, "application/json"), string(text))
}

func (r *request) text(body any, mediaType ...string) {
	if isMissing(body) {
		return
	}
	v := reflect.Indirect(reflect.ValueOf(body))
	if v.Kind() != reflect.String {
		r.problem("body", errors.New("is no text"))
		return
	}
	r.payload = textPayload(concrete(mediaType, "text/plain; charset=utf-8"), v.String())
}

func (r *request) binary(body io.Reader, mediaType ...string) {
	if isMissing(body) {
		return
	}
	kind := concrete(mediaType, "application/octet-stream")
	r.payload = &payload{mediaType: kind, segments: []*segment{newSegment(body)}}
}

func (r *request) form(body any, parts ...partStyle) {
	if isMissing(body) {
		return
	}
	r.validate(body)
	properties, err := propertiesOf(reflect.ValueOf(body))
	r.problem("body", err)
	var pairs []pair
	for _, property := range properties {
		if len(property.files) > 0 {
			r.problem(property.name, errors.New("is a file, which this form cannot hold"))
		}
		pairs = append(pairs, property.formPairs(styleOf(parts, property.name))...)
	}
	r.payload = textPayload("application/x-www-form-urlencoded", joinPairs(pairs, "&"))
}

func (r *request) multipart(body any, parts ...partStyle) {
	r.multipartAs("multipart/form-data", body, parts...)
}

func (r *request) multipartAs(mediaType string, body any, parts ...partStyle) {
	if isMissing(body) {
		return
	}
	r.validate(body)
	properties, err := propertiesOf(reflect.ValueOf(body))
	r.problem("body", err)
	written := multipartWriter{boundary: rand.Text()}
	for _, property := range properties {
		r.problem(property.name, written.add(property, styleOf(parts, property.name)))
	}
	end := &segment{text: "--" + written.boundary + "--\r\n"}
	r.payload = &payload{mediaType: mediaType + "; boundary=" + written.boundary, segments: append(written.segments, end)}
}

// concrete is the media type, unless it is a range such as image/*.
func concrete(mediaType []string, other string) string {
	if len(mediaType) == 0 || strings.Contains(mediaType[0], "*") {
		return other
	}
	return mediaType[0]
}

// isMissing reports whether an optional body was not given.
func isMissing(body any) bool {
	v := reflect.ValueOf(body)
	return !v.IsValid() || (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil()
}

func styleOf(parts []partStyle, name string) partStyle {
	for _, part := range parts {
		if part.name == name {
			return part
		}
	}
	return partStyle{}
}

// A property of a form: JSON, or files.
type property struct {
	name  string
	raw   json.RawMessage
	files []FileUpload
}

var fileType = reflect.TypeFor[FileUpload]()

// propertiesOf lists what a form holds: the fields of a struct, or the members
// of a map.
func propertiesOf(v reflect.Value) ([]property, error) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.Kind() == reflect.Struct && !holdsFiles(v.Type()) {
		if inner := unionValue(v); inner.IsValid() {
			return propertiesOf(inner)
		}
		return jsonProperties(v.Interface())
	}
	switch v.Kind() {
	case reflect.Struct:
		return structProperties(v)
	case reflect.Map:
		return mapProperties(v)
	}
	return nil, errors.New("is no object, which a form needs")
}

// holdsFiles reports whether a field is a file or a list of files.
func holdsFiles(t reflect.Type) bool {
	for i := range t.NumField() {
		field := t.Field(i).Type
		for field.Kind() == reflect.Pointer || field.Kind() == reflect.Slice || field.Kind() == reflect.Map {
			field = field.Elem()
		}
		if field == fileType || field == reflect.TypeFor[Nullable[FileUpload]]() {
			return true
		}
	}
	return false
}

func jsonProperties(value any) ([]property, error) {
	raw, err := marshalJSON(value)
	if err != nil {
		return nil, err
	}
	if len(raw) == 0 || raw[0] != '{' {
		return nil, errors.New("is no object, which a form needs")
	}
	keys, values := members(raw)
	properties := make([]property, len(keys))
	for i, key := range keys {
		properties[i] = property{name: key, raw: values[i]}
	}
	return properties, nil
}

func structProperties(v reflect.Value) ([]property, error) {
	var properties []property
	for _, field := range jsonFormOf(v.Type()).fields {
		if field.isLeftOut(v.Field(field.index)) {
			continue
		}
		made, err := propertyOf(field.name, v.Field(field.index))
		if err != nil {
			return nil, err
		}
		properties = append(properties, made)
	}
	if extra := v.FieldByName("AdditionalProperties"); extra.Kind() == reflect.Map {
		more, err := mapProperties(extra)
		return append(properties, more...), err
	}
	return properties, nil
}

func mapProperties(v reflect.Value) ([]property, error) {
	if v.Type().Key().Kind() != reflect.String {
		return nil, errors.New("is no object, which a form needs")
	}
	names := make([]string, 0, v.Len())
	for _, key := range v.MapKeys() {
		names = append(names, key.String())
	}
	properties := make([]property, 0, len(names))
	slices.Sort(names)
	for _, name := range names {
		made, err := propertyOf(name, v.MapIndex(reflect.ValueOf(name).Convert(v.Type().Key())))
		if err != nil {
			return nil, err
		}
		properties = append(properties, made)
	}
	return properties, nil
}

func propertyOf(name string, v reflect.Value) (property, error) {
	if reader, ok := v.Interface().(io.Reader); ok {
		return property{name: name, files: []FileUpload{{Content: reader}}}, nil
	}
	made := property{name: name}
	value := v
	for value.Kind() == reflect.Pointer || value.Kind() == reflect.Interface {
		value = value.Elem()
	}
	if value.IsValid() {
		if nullable, ok := value.Interface().(anyNullable); ok {
			if inner, state := nullable.content(); state == isValue {
				value = reflect.ValueOf(inner)
			}
		}
	}
	switch {
	case !value.IsValid():
		made.raw = json.RawMessage("null")
	case value.Type() == fileType:
		made.files = []FileUpload{value.Interface().(FileUpload)}
	case value.Kind() == reflect.Slice && (value.Type().Elem() == fileType || value.Type().Elem() == reflect.PointerTo(fileType)):
		for i := range value.Len() {
			if item := reflect.Indirect(value.Index(i)); item.IsValid() {
				made.files = append(made.files, item.Interface().(FileUpload))
			}
		}
	default:
		var err error
		made.raw, err = marshalJSON(v.Interface())
		return made, err
	}
	return made, nil
}

// items are the members of an array, or the value alone.
func (p property) items() []json.RawMessage {
	if p.raw[0] == '[' {
		_, values := members(p.raw)
		return values
	}
	return []json.RawMessage{p.raw}
}

func (p property) formPairs(part partStyle) []pair {
	if p.raw == nil {
		return nil
	}
	if string(p.raw) == "null" {
		return []pair{{p.name, ""}}
	}
	if part.style != "" {
		return stylePairs(p.name, p.raw, part.style)
	}
	if isJSON(part.mediaType) {
		return []pair{{p.name, percentEncode(string(p.raw))}}
	}
	var pairs []pair
	for _, item := range p.items() {
		text := ""
		if string(item) != "null" {
			text = percentEncode(textOf(item))
		}
		pairs = append(pairs, pair{p.name, text})
	}
	return pairs
}

type multipartWriter struct {
	boundary string
	segments []*segment
}

func (w *multipartWriter) add(p property, part partStyle) error {
	mediaType := part.mediaType
	if strings.ContainsAny(mediaType, "*,") {
		mediaType = ""
	}
	for _, file := range p.files {
		if file.Content == nil {
			return errors.New("is a file without content")
		}
		name, kind := file.Name, file.ContentType
		if name == "" {
			name = "blob"
		}
		for _, other := range []string{mediaType, "application/octet-stream"} {
			if kind == "" {
				kind = other
			}
		}
		if err := checkHeader("Content-Type", kind); err != nil {
			return err
		}
		w.part(`name="`+quoted(p.name)+`"; filename="`+quoted(name)+`"`, kind, newSegment(file.Content))
	}
	switch {
	case p.raw == nil:
	case part.style != "" && string(p.raw) != "null":
		plain := func(text string) string { return text }
		for _, each := range encodedPairs(p.name, p.raw, strings.TrimSuffix(part.style, "+reserved"), plain) {
			w.part(`name="`+quoted(each.name)+`"`, "", &segment{text: each.text})
		}
	default:
		for _, item := range p.items() {
			text, kind := textOf(item), mediaType
			switch {
			case isJSON(mediaType):
				text = string(item)
			case string(item) == "null":
				text = ""
			case (item[0] == '{' || item[0] == '[') && kind == "":
				kind = "application/json"
			}
			w.part(`name="`+quoted(p.name)+`"`, kind, &segment{text: text})
		}
	}
	return nil
}

func (w *multipartWriter) part(disposition, mediaType string, content *segment) {
	head := "--" + w.boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n"
	if mediaType != "" {
		head += "Content-Type: " + mediaType + "\r\n"
	}
	w.segments = append(w.segments, &segment{text: head + "\r\n"}, content, &segment{text: "\r\n"})
}

// quoted escapes what WHATWG HTML (multipart form data) says, and nothing else.
func quoted(text string) string {
	return strings.NewReplacer(`"`, "%22", "\r", "%0D", "\n", "%0A").Replace(text)
}

func isJSON(mediaType string) bool {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	return strings.HasSuffix(mediaType, "/json") || strings.HasSuffix(mediaType, "+json")
}

func textPayload(mediaType, text string) *payload {
	return &payload{mediaType: mediaType, segments: []*segment{{text: text}}}
}
