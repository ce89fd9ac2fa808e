// What JSON has to know about types, found out once for each.

package client

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"time"
)

var (
	stringType        = reflect.TypeFor[string]()
	timeType          = reflect.TypeFor[time.Time]()
	nullableType      = reflect.TypeFor[anyNullable]()
	numberType        = reflect.TypeFor[json.Number]()
	marshalerType     = reflect.TypeFor[json.Marshaler]()
	textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()
	zeroerType        = reflect.TypeFor[interface{ IsZero() bool }]()
)

// How values of a type become JSON.
type jsonHow int8

const (
	byKind jsonHow = iota
	byFields
	byTime
	byContent // Nullable
	byMarshaler
	byPointerMarshaler
	byText
	byStandard // embedded fields and rare options: as encoding/json says
)

type jsonForm struct {
	how    jsonHow
	fields []jsonField // of every struct that has no embedded fields
}

type jsonField struct {
	name      string
	label     string // the name as JSON, with the colon
	index     int
	omitZero  bool
	omitEmpty bool
	hasZero   bool // the type has an IsZero method
}

// jsonForms remembers what was found out about types.
var jsonForms sync.Map

func jsonFormOf(t reflect.Type) *jsonForm {
	if known, ok := jsonForms.Load(t); ok {
		return known.(*jsonForm)
	}
	form := &jsonForm{}
	regular := true
	if t.Kind() == reflect.Struct {
		form.fields, regular = jsonFieldsOf(t)
	}
	switch {
	case t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface:
		// What it leads to decides.
	case t == timeType:
		form.how = byTime
	case t.Implements(nullableType):
		form.how = byContent
	case t.Implements(marshalerType):
		form.how = byMarshaler
	case reflect.PointerTo(t).Implements(marshalerType):
		form.how = byPointerMarshaler
	case t.Implements(textMarshalerType):
		form.how = byText
	case !regular:
		form.how = byStandard
	case t.Kind() == reflect.Struct:
		form.how = byFields
	}
	known, _ := jsonForms.LoadOrStore(t, form)
	return known.(*jsonForm)
}

func jsonFieldsOf(t reflect.Type) (fields []jsonField, regular bool) {
	for i := range t.NumField() {
		field := t.Field(i)
		tag := field.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if field.Anonymous && name == "" {
			return fields, false
		}
		if !field.IsExported() || tag == "-" {
			continue
		}
		if name == "" {
			name = field.Name
		}
		made := jsonField{name: name, label: string(appendJSONString(nil, name)) + ":", index: i}
		for option := range strings.SplitSeq(options, ",") {
			switch option {
			case "omitzero":
				made.omitZero = true
			case "omitempty":
				made.omitEmpty = true
			case "string":
				return fields, false
			}
		}
		leads := field.Type.Kind() == reflect.Pointer || field.Type.Kind() == reflect.Interface
		made.hasZero = !leads && field.Type.Implements(zeroerType)
		fields = append(fields, made)
	}
	return fields, true
}

func (f *jsonField) isLeftOut(v reflect.Value) bool {
	if f.omitZero {
		if f.hasZero {
			return v.Interface().(interface{ IsZero() bool }).IsZero()
		}
		return v.IsZero()
	}
	if f.omitEmpty {
		switch v.Kind() {
		case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
			return v.Len() == 0
		case reflect.Struct:
			return false
		default:
			return v.IsZero()
		}
	}
	return false
}

// inside is what pointers, interfaces, Nullables and unions hold.
func inside(value reflect.Value) reflect.Value {
	for value.IsValid() {
		switch {
		case value.Kind() == reflect.Pointer || value.Kind() == reflect.Interface:
			value = value.Elem()
			continue
		case value.Kind() != reflect.Struct:
			return value
		}
		if nullable, ok := value.Interface().(anyNullable); ok {
			inner, state := nullable.content()
			if state != isValue {
				return reflect.Value{}
			}
			value = reflect.ValueOf(inner)
		} else if inner := unionValue(value); inner.IsValid() {
			value = inner
		} else {
			return value
		}
	}
	return value
}
