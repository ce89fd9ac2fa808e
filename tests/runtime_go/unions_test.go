package client

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestShapes(t *testing.T) {
	for text, kinds := range map[string][]string{
		"null": {"null"}, "true": {"boolean"}, `"x"`: {"string"}, "1.5": {"number"}, "-2": {"number", "integer"}, "1.0": {"number", "integer"}, "[1]": {"array"}, ` {"a":1}`: {"object"},
	} {
		shape := shapeOf([]byte(text))
		for _, kind := range []string{"null", "boolean", "string", "number", "integer", "array", "object"} {
			want := false
			for _, each := range kinds {
				want = want || each == kind
			}
			if shape.is(kind) != want {
				t.Errorf("%s is(%q): %v", text, kind, !want)
			}
		}
	}
	shape := shapeOf([]byte(`{"kind":"card","v":2,"on":true,"none":null,"o":{"a":[1, 2]}}`))
	equal(t, []bool{shape.has("kind", "none"), shape.has("kind", "x"), shape.has(), shapeOf([]byte(`[]`)).has()}, []bool{true, false, true, false})
	equal(t, []string{shape.text("kind"), shape.text("v"), shape.text("on"), shape.text("none"), shape.text("x")}, []string{"card", "2", "true", "", ""})
	equal(t, []bool{shape.equals("kind", `"card"`), shape.equals("v", `2.0`), shape.equals("o", `{"a":[1,2]}`), shape.equals("v", `3`), shape.equals("x", `null`), shape.equals("none", "null")},
		[]bool{true, true, true, false, false, true})
	equal(t, []bool{shapeOf([]byte(`"a"`)).value(`"b"`, `"a"`), shapeOf([]byte(`1`)).value(`"1"`), shapeOf(nil).is("null")}, []bool{true, false, false})
}

type (
	animal interface{ isAnimal() }
	cat    struct {
		Name  string `json:"name"`
		Lives int    `json:"lives"`
	}
	dog struct {
		Name string  `json:"name"`
		Bark *string `json:"bark,omitzero"`
	}
	chip int64
)

func (*cat) isAnimal() {}

func (*dog) isAnimal() {}

func (chip) isAnimal() {}

func TestDecodeAsTakesWhatFitsBest(t *testing.T) {
	for text, want := range map[string]animal{
		`{"name":"a","lives":7}`:      &cat{"a", 7},
		`{"name":"a","bark":"w"}`:     &dog{"a", Ptr("w")},
		`{"name":"a"}`:                &dog{Name: "a"},
		`{"name":"a","lives":"nine"}`: &dog{Name: "a"},
		`12`:                          chip(12),
	} {
		var got animal
		if !decodeAs([]byte(text), &got, new(cat), new(dog), new(chip)) || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v", text, got)
		}
	}
	var got animal
	for _, text := range []string{`"text"`, `[]`, `{"wings":2}`, `{"name":1}`} {
		if decodeAs([]byte(text), &got, new(cat), new(dog), new(chip)) {
			t.Errorf("%s: %#v", text, got)
		}
	}
}

type open struct {
	ID                   int64          `json:"id"`
	Tags                 []string       `json:"tags,omitzero"`
	AdditionalProperties map[string]any `json:"-"`
}

func (o open) MarshalJSON() ([]byte, error) {
	type plain open
	return marshalWithExtra(plain(o), o.AdditionalProperties)
}

func (o *open) UnmarshalJSON(data []byte) error {
	type plain open
	return unmarshalWithExtra(data, (*plain)(o), &o.AdditionalProperties)
}

func TestExtraProperties(t *testing.T) {
	for _, text := range []string{`{"id":1}`, `{"id":1,"tags":["<"],"a b":null,"z":{"x":[1]}}`, `{"id":0,"\"":"é"}`} {
		var value open
		must(t, json.Unmarshal([]byte(text), &value))
		written, err := marshalJSON(map[string]open{"k": value})
		must(t, err)
		equal(t, string(written), `{"k":`+text+`}`)
	}
	written, err := marshalJSON(open{ID: 1, AdditionalProperties: map[string]any{"id": 2, "tags": 3, "x": 4}})
	must(t, err)
	equal(t, string(written), `{"id":1,"x":4}`)
	written, err = marshalWithExtra(struct{}{}, map[string]int{"b": 1, "a": 2})
	must(t, err)
	equal(t, string(written), `{"a":2,"b":1}`)
	reused := open{AdditionalProperties: map[string]any{"old": 1}}
	must(t, json.Unmarshal([]byte(`{"id":1}`), &reused))
	if reused.AdditionalProperties != nil {
		t.Error(reused)
	}
	var typed map[string]int
	if unmarshalWithExtra([]byte(`{"x":"y"}`), &struct{}{}, &typed) == nil {
		t.Error("a text was read as a number")
	}
}
