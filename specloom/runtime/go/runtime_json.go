//lint:file-ignore U1000 Generated code calls what the API needs of this.

// JSON as every client of this API writes it: compact, nothing escaped that
// JSON does not ask for, and a nil slice or map as an empty one.

package client

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxDepth ends pointers that lead in a circle.
const maxDepth = 10_000

// marshalJSON writes a value as encoding/json does, with the differences said
// at the top of this file.
func marshalJSON(value any) ([]byte, error) {
	w := jsonWriter{}
	if err := w.write(reflect.ValueOf(value)); err != nil {
		return nil, err
	}
	return w.out, nil
}

type jsonWriter struct {
	out   []byte
	depth int
}

func (w *jsonWriter) write(v reflect.Value) error {
	if !v.IsValid() {
		w.out = append(w.out, "null"...)
		return nil
	}
	t := v.Type()
	if t.PkgPath() == "" && t.Kind() <= reflect.Float64 || t == stringType {
		return w.writeKind(v)
	}
	if w.depth == maxDepth {
		return errors.New("nests too deeply")
	}
	w.depth++
	err := w.writeForm(v, jsonFormOf(t))
	w.depth--
	return err
}

func (w *jsonWriter) writeForm(v reflect.Value, form *jsonForm) error {
	switch form.how {
	case byMarshaler, byPointerMarshaler:
		return w.writeMarshaler(v, form.how)
	case byContent:
		content, state := v.Interface().(anyNullable).content()
		if state != isValue {
			content = nil
		}
		return w.write(reflect.ValueOf(content))
	case byText:
		return w.writeText(v)
	case byTime:
		text, err := timeText(v.Interface().(time.Time))
		w.out = appendJSONString(w.out, text)
		return err
	case byStandard:
		return w.writeStandard(v)
	case byFields:
		return w.writeFields(v, form.fields)
	default:
		return w.writeKind(v)
	}
}

func (w *jsonWriter) writeKind(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Bool:
		w.out = strconv.AppendBool(w.out, v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.out = strconv.AppendInt(w.out, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		w.out = strconv.AppendUint(w.out, v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		text, err := floatText(v.Float(), v.Type().Bits())
		w.out = append(w.out, text...)
		return err
	case reflect.String:
		return w.writeString(v)
	case reflect.Slice, reflect.Array:
		return w.writeList(v)
	case reflect.Map:
		return w.writeMap(v)
	case reflect.Pointer, reflect.Interface:
		return w.write(v.Elem())
	default:
		return fmt.Errorf("holds a %s, which cannot be JSON", v.Type())
	}
	return nil
}

func (w *jsonWriter) writeString(v reflect.Value) error {
	text := v.String()
	if v.Type() != numberType {
		w.out = appendJSONString(w.out, text)
		return nil
	}
	if text == "" {
		text = "0"
	}
	if !json.Valid([]byte(text)) || strings.Trim(text, "+-.0123456789Ee") != "" {
		return errors.New("holds a json.Number that is no number")
	}
	w.out = append(w.out, text...)
	return nil
}

func (w *jsonWriter) writeList(v reflect.Value) error {
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 && jsonFormOf(v.Type().Elem()).how == byKind {
		w.out = append(w.out, '"')
		w.out = base64.StdEncoding.AppendEncode(w.out, v.Bytes())
		w.out = append(w.out, '"')
		return nil
	}
	w.out = append(w.out, '[')
	for i := range v.Len() {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		if err := w.write(v.Index(i)); err != nil {
			return err
		}
	}
	w.out = append(w.out, ']')
	return nil
}

func (w *jsonWriter) writeMap(v reflect.Value) error {
	type entry struct {
		key   string
		value reflect.Value
	}
	entries := make([]entry, 0, v.Len())
	for rows := v.MapRange(); rows.Next(); {
		key, err := keyText(rows.Key())
		if err != nil {
			return err
		}
		entries = append(entries, entry{key, rows.Value()})
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	w.out = append(w.out, '{')
	for i, entry := range entries {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.out = append(appendJSONString(w.out, entry.key), ':')
		if err := w.write(entry.value); err != nil {
			return err
		}
	}
	w.out = append(w.out, '}')
	return nil
}

func (w *jsonWriter) writeFields(v reflect.Value, fields []jsonField) error {
	w.out = append(w.out, '{')
	first := true
	for i := range fields {
		member := v.Field(fields[i].index)
		if fields[i].isLeftOut(member) {
			continue
		}
		if !first {
			w.out = append(w.out, ',')
		}
		first = false
		w.out = append(w.out, fields[i].label...)
		if err := w.write(member); err != nil {
			return err
		}
	}
	w.out = append(w.out, '}')
	return nil
}

func (w *jsonWriter) writeMarshaler(v reflect.Value, how jsonHow) error {
	if how == byPointerMarshaler {
		pointer := reflect.New(v.Type())
		pointer.Elem().Set(v)
		v = pointer
	}
	text, err := v.Interface().(json.Marshaler).MarshalJSON()
	if err != nil {
		return err
	}
	if !w.writeCompact(text) {
		return fmt.Errorf("holds a %s whose JSON is not valid", v.Type())
	}
	return nil
}

// writeCompact writes JSON that others have made, with no more blanks and
// escapes than our own has.
func (w *jsonWriter) writeCompact(text []byte) bool {
	start := len(w.out)
	compact := bytes.NewBuffer(w.out)
	if json.Compact(compact, text) != nil {
		return false
	}
	w.out = compact.Bytes()
	if !bytes.Contains(text, []byte(`\u`)) {
		return true
	}
	made := slices.Clone(w.out[start:])
	w.out = w.out[:start]
	for len(made) > 0 {
		size := 1
		if made[0] == '"' {
			for made[size] != '"' {
				if made[size] == '\\' {
					size++
				}
				size++
			}
			size++
			var plain string
			_ = json.Unmarshal(made[:size], &plain)
			w.out = appendJSONString(w.out, plain)
		} else {
			w.out = append(w.out, made[0])
		}
		made = made[size:]
	}
	return true
}

func (w *jsonWriter) writeText(v reflect.Value) error {
	text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
	w.out = appendJSONString(w.out, string(text))
	return err
}

func (w *jsonWriter) writeStandard(v reflect.Value) error {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v.Interface()); err != nil {
		return err
	}
	w.writeCompact(out.Bytes())
	return nil
}

func keyText(key reflect.Value) (string, error) {
	if key.Kind() == reflect.String {
		return key.String(), nil
	}
	if text, ok := key.Interface().(encoding.TextMarshaler); ok {
		out, err := text.MarshalText()
		return string(out), err
	}
	switch {
	case key.CanInt():
		return strconv.FormatInt(key.Int(), 10), nil
	case key.CanUint():
		return strconv.FormatUint(key.Uint(), 10), nil
	}
	return "", fmt.Errorf("has a %s as a key, which cannot be JSON", key.Type())
}

// floatText writes a number as ECMAScript's String(n) does (ECMA-262, Number::toString).
func floatText(number float64, bits int) (string, error) {
	if math.IsNaN(number) || math.IsInf(number, 0) {
		return "", errors.New("holds a number that is not finite")
	}
	if number == 0 {
		return "0", nil
	}
	if size := math.Abs(number); size >= 1e-6 && size < 1e21 {
		return strconv.FormatFloat(number, 'f', -1, bits), nil
	}
	text := strconv.FormatFloat(number, 'e', -1, bits)
	// The exponent has no leading zero: 1e-7.
	if n := len(text); text[n-2] == '0' && (text[n-3] == '-' || text[n-3] == '+') {
		text = text[:n-2] + text[n-1:]
	}
	return text, nil
}

// timeText writes a moment as RFC 3339 does: a fraction only where there is
// one, in 3, 6 or 9 digits.
func timeText(moment time.Time) (string, error) {
	if year := moment.Year(); year < 0 || year > 9999 {
		return "", errors.New("holds a date-time outside of the years 0 to 9999")
	}
	layout := "2006-01-02T15:04:05Z07:00"
	switch nanos := moment.Nanosecond(); {
	case nanos == 0:
	case nanos%1_000_000 == 0:
		layout = "2006-01-02T15:04:05.000Z07:00"
	case nanos%1000 == 0:
		layout = "2006-01-02T15:04:05.000000Z07:00"
	default:
		layout = "2006-01-02T15:04:05.000000000Z07:00"
	}
	return moment.Format(layout), nil
}

// appendJSONString escapes what JSON asks for, and nothing else.
func appendJSONString(out []byte, text string) []byte {
	const hex = "0123456789abcdef"
	out = append(out, '"')
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		size, escape := 1, ""
		switch {
		case c >= utf8.RuneSelf:
			var r rune
			if r, size = utf8.DecodeRuneInString(text[i:]); r != utf8.RuneError || size > 1 {
				i += size
				continue
			}
			escape = "\ufffd"
		case c == '\n':
			escape = `\n`
		case c == '\r':
			escape = `\r`
		case c == '\t':
			escape = `\t`
		case c == '\b':
			escape = `\b`
		case c == '\f':
			escape = `\f`
		case c < ' ':
			escape = `\u00` + string(hex[c>>4]) + string(hex[c&15])
		default:
			escape = `\` + string(c)
		}
		out = append(append(out, text[start:i]...), escape...)
		i += size
		start = i
	}
	return append(append(out, text[start:]...), '"')
}
