package client

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// testRoundTrips writes each model as JSON, reads that and writes it again:
// once as it is when nothing is set, once with something in every field.
// models are pointers to zero values.
func testRoundTrips(t *testing.T, models []any) {
	for _, model := range models {
		name := reflect.TypeOf(model).Elem().Name()
		t.Run(name, func(t *testing.T) {
			testRoundTrip(t, model)
		})
		t.Run(name+"/filled", func(t *testing.T) {
			testRoundTrip(t, filled(model))
		})
	}
}

func testRoundTrip(t *testing.T, model any) {
	t.Helper()
	written, err := marshalJSON(model)
	if err != nil {
		// A union that holds nothing yet has no JSON.
		return
	}
	read := reflect.New(reflect.TypeOf(model).Elem()).Interface()
	if err := json.Unmarshal(written, read); err != nil {
		t.Fatalf("%s cannot be read: %v", written, err)
	}
	again, err := marshalJSON(read)
	if err != nil {
		t.Fatalf("%s cannot be written again: %v", written, err)
	}
	if !bytes.Equal(written, again) {
		t.Errorf("was written as\n%s\nand then as\n%s", written, again)
	}
}

// fuzzRoundTrips reads any JSON as one of the models. What can be read can be
// written, and what was written is read and written without a change.
func fuzzRoundTrips(f *testing.F, models []any) {
	for which, model := range models {
		f.Add(uint(which), []byte("{}"))
		if written, err := marshalJSON(filled(model)); err == nil {
			f.Add(uint(which), written)
		}
	}
	f.Fuzz(func(t *testing.T, which uint, data []byte) {
		if len(models) == 0 {
			return
		}
		model := reflect.TypeOf(models[which%uint(len(models))])
		read := reflect.New(model.Elem()).Interface()
		if json.Unmarshal(data, read) != nil {
			return
		}
		testRoundTrip(t, read)
	})
}

// filled is a new value of the type of model with something in every field.
func filled(model any) any {
	made := reflect.New(reflect.TypeOf(model).Elem())
	fill(made.Elem(), 0)
	return made.Interface()
}

// deepest is where fill stops: models may contain themselves.
const deepest = 5

func fill(value reflect.Value, depth int) {
	if depth > deepest || !value.CanSet() {
		return
	}
	switch value.Addr().Interface().(type) {
	case *time.Time:
		value.Set(reflect.ValueOf(time.Date(2026, time.January, 31, 10, 0, 0, 0, time.UTC)))
		return
	case *Date:
		value.Set(reflect.ValueOf(NewDate(2026, time.January, 31)))
		return
	case *json.RawMessage:
		value.SetBytes([]byte(`"text"`))
		return
	case *FileUpload:
		return
	}
	switch value.Kind() {
	case reflect.Bool:
		value.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		value.SetInt(1)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		value.SetUint(1)
	case reflect.Float32, reflect.Float64:
		value.SetFloat(1.5)
	case reflect.String:
		value.SetString("text")
	case reflect.Interface:
		if value.NumMethod() == 0 {
			value.Set(reflect.ValueOf("text"))
		}
	case reflect.Pointer:
		if depth == deepest {
			// A union that holds nothing is null, and so would come back as no pointer.
			return
		}
		made := reflect.New(value.Type().Elem())
		fill(made.Elem(), depth+1)
		value.Set(made)
	case reflect.Slice:
		made := reflect.MakeSlice(value.Type(), 1, 1)
		fill(made.Index(0), depth+1)
		value.Set(made)
	case reflect.Map:
		made := reflect.MakeMap(value.Type())
		key := reflect.New(value.Type().Key()).Elem()
		member := reflect.New(value.Type().Elem()).Elem()
		fill(key, depth+1)
		fill(member, depth+1)
		made.SetMapIndex(key, member)
		value.Set(made)
	case reflect.Struct:
		for at := range value.NumField() {
			fill(value.Field(at), depth+1)
		}
		fillUnion(value)
	}
}

// fillUnion gives a union something to hold, where it is one.
func fillUnion(value reflect.Value) {
	held := value.FieldByName("Value")
	if !held.IsValid() || held.Kind() != reflect.Interface || held.NumMethod() == 0 {
		return
	}
	if union, ok := value.Addr().Interface().(json.Unmarshaler); ok {
		for _, data := range []string{`"text"`, `1`, `true`, `[]`, `{}`} {
			if union.UnmarshalJSON([]byte(data)) == nil && !held.IsNil() {
				return
			}
		}
	}
}
