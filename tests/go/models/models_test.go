package hostile

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// read decodes text into a new T, or fails the test.
func read[T any](t *testing.T, text string) T {
	t.Helper()
	var value T
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return value
}

func written(t *testing.T, value any) string {
	t.Helper()
	text, err := marshalJSON(value)
	if err != nil {
		t.Fatalf("%#v: %v", value, err)
	}
	return string(text)
}

// same reports whether two texts are the same JSON.
func same(t *testing.T, one, other string) bool {
	t.Helper()
	return reflect.DeepEqual(read[any](t, one), read[any](t, other))
}

// TestEveryKeyComesBack reads and writes what has keys of all kinds.
func TestEveryKeyComesBack(t *testing.T) {
	check := func(name, text string, trip func(text string) string) {
		t.Helper()
		if got := trip(text); !same(t, got, text) {
			t.Errorf("%s: %s became %s", name, text, got)
		}
	}
	check("odd keys", `{"a,b":["x"],"quo\"te":"<q>","back\\slash":null,"`+"`tick`"+`":"t","":0,"é":"e","🙂":{"a":1},"-":"minus","a b":"s","<>&":"\u2028"}`,
		func(text string) string { return written(t, read[OddKeys](t, text)) })
	check("odd keys left out", `{"a,b":[],"quo\"te":"","-":""}`,
		func(text string) string { return written(t, read[OddKeys](t, text)) })
	check("odd keys and others", `{"x,y":"odd","plain":"p","further":1,"null":null}`,
		func(text string) string { return written(t, read[OdderKeys](t, text)) })
	check("names that clash", `{"id":"a","ID":"b","_id":"c","@type":"d","type":"e","Type":"f","validate":"g","MarshalJSON":"h","unmarshalJSON":"i",`+
		`"isZero":false,"string":"","error":"k","additional_properties":"l","1st":"m","名前":"n","further":[1,null,{"a":2}]}`,
		func(text string) string { return written(t, read[Clash](t, text)) })
	check("further keys that differ in case only", `{"id":1,"object":"extra","version":2,"ID":{"self":{}},"Version":{}}`,
		func(text string) string { return written(t, read[WithExtra](t, text)) })
	check("recursion", `{"self":{"children":[{},{"maybe":null},{"maybe":{"named":{"x":{}}}}]},"children":[]}`,
		func(text string) string { return written(t, read[Node](t, text)) })
	check("mutual recursion", `{"b":{"as":[{"b":{"as":[],"an":null}}],"a":{"b":{"as":[],"an":{"b":{"as":[]}}}}}}`,
		func(text string) string { return written(t, read[MutualA](t, text)) })
	check("a list of itself", `[[],[[],[[]]]]`, func(text string) string { return written(t, read[ListOfItself](t, text)) })
	check("a map of itself", `{"a":{},"b":{"c":{}}}`, func(text string) string { return written(t, read[MapOfItself](t, text)) })
	check("a union of itself", `{"a":["x",["y",{"b":"z"}],{}]}`, func(text string) string { return written(t, read[Tree](t, text)) })
	check("an empty object", `{}`, func(text string) string { return written(t, read[Empty](t, text)) })
	check("a free object", `{"a":null,"b":[1.5]}`, func(text string) string { return written(t, read[Free](t, text)) })
	check("nothing but null", `{"n":null,"e":{},"f":{}}`, func(text string) string { return written(t, read[UsesNull](t, text)) })
}

// TestPresence tells absent, null and empty apart, both ways.
func TestPresence(t *testing.T) {
	required := `"node":{},"list":[],"map":{},"tree":"t","sign":"","odd":{"a,b":[],"quo\"te":"","-":""},"clash":{},"extra":{"id":0,"object":"extra","version":2},` +
		`"kind":{"kind":"dog"},"animals":[],"needed_list":[],"needed_map":{},"blob":"","when":"2026-01-02T03:04:05Z","day":"2026-01-02","v":{},` +
		`"mutual":{"b":{"as":[]}},"inlineArr":[]`
	for _, further := range []string{
		`,"nul":null,"needed_null_list":null`,
		`,"nul":{"kind":"cat","lives":9},"needed_null_list":[]`,
		`,"nul":null,"needed_null_list":["x"],"optional_null_list":null,"optnul":null,"optday":null`,
		`,"nul":null,"needed_null_list":[],"optional_null_list":[],"optnul":{"kind":"kitty","lives":1},"optday":"2024-02-29"`,
		`,"nul":null,"needed_null_list":[],"tuple":["a",1],"anything":[null],"mixed":"auto","fractions":0.5,"bools":true`,
		`,"nul":null,"needed_null_list":[],"tuple":[],"mapped":{},"limits":[],"nulllimits":[null,"x"],"big":-9223372036854775808`,
	} {
		text := "{" + required + further + "}"
		if got := written(t, read[Everything](t, text)); !same(t, got, text) {
			t.Errorf("%s\nbecame\n%s", text, got)
		}
	}
	fresh := read[map[string]any](t, written(t, Everything{}))
	for _, key := range []string{"list", "needed_list", "animals"} {
		if got, ok := fresh[key].([]any); !ok || len(got) != 0 {
			t.Errorf("%s of nothing is %v", key, fresh[key])
		}
	}
	if got, ok := fresh["needed_map"].(map[string]any); !ok || len(got) != 0 {
		t.Errorf("needed_map of nothing is %v", fresh["needed_map"])
	}
	for _, key := range []string{"optional_null_list", "optnul", "tuple", "limits", "mapped", "odder"} {
		if got, ok := fresh[key]; ok {
			t.Errorf("%s of nothing is %v", key, got)
		}
	}
}

// TestUnions looks at what is chosen.
func TestUnions(t *testing.T) {
	pet := read[Pet](t, `{"kind":"kitty","lives":3}`)
	if cat, ok := pet.Value.(*Cat); !ok || cat.Kind != "kitty" || cat.Lives != 3 {
		t.Errorf("kitty is %#v", pet.Value)
	}
	unknown := `{"kind":"fish","fins":[1,  2]}`
	pet = read[Pet](t, unknown)
	if fish, ok := pet.Value.(*UnknownPet2); !ok || fish.Kind != "fish" {
		t.Errorf("a fish is %#v", pet.Value)
	}
	if got := written(t, pet); !same(t, got, unknown) {
		t.Errorf("%s became %s", unknown, got)
	}
	if got := written(t, Pet{Value: &Dog{Bark: Ptr(false)}}); got != `{"kind":"dog","bark":false}` {
		t.Errorf("a dog is %s", got)
	}
	if got := written(t, WithExtra{ID: 1}); got != `{"id":1,"object":"extra"}` {
		t.Errorf("constants are %s", got)
	}
	animals := read[Everything](t, `{"animals":[{"kind":"cat","lives":1},{"weight":2.5,"name":"r"},"text",null,7]}`).Animals
	if len(animals) != 5 || animals[3] != nil {
		t.Fatalf("animals are %#v", animals)
	}
	if _, ok := animals[0].Value.(*Cat); !ok {
		t.Errorf("a cat is %#v", animals[0].Value)
	}
	if rock, ok := animals[1].Value.(*Rock); !ok || rock.Weight != 2.5 {
		t.Errorf("a rock is %#v", animals[1].Value)
	}
	if text, ok := animals[2].Value.(EverythingAnimalString); !ok || text != "text" {
		t.Errorf("a text is %#v", animals[2].Value)
	}
	if seven, ok := animals[4].Value.(*UnknownEverythingAnimal); !ok || string(seven.Raw) != "7" {
		t.Errorf("a number is %#v", animals[4].Value)
	}
	for text, want := range map[string]EverythingInlineArrValue{
		`["a"]`:   EverythingInlineArrStringList{"a"},
		`[1,2]`:   EverythingInlineArrIntList{1, 2},
		`{"a":1}`: EverythingInlineArrIntMap{"a": 1},
	} {
		got := read[EverythingInlineArr](t, text)
		if !reflect.DeepEqual(got.Value, want) {
			t.Errorf("%s is %#v", text, got.Value)
		}
	}
}

// TestEnums are open, and know their values.
func TestEnums(t *testing.T) {
	for _, text := range []string{"a-b", "a_b", "+1", "-1", "", "日本", "🙂", "Valid", "a b", "1.5", "15", "`"} {
		if !Sign(text).Valid() {
			t.Errorf("%q is not known", text)
		}
	}
	if Sign("other").Valid() || Number(7).Valid() || !NumberMinus1.Valid() {
		t.Error("unknown values are known")
	}
	if got := written(t, read[Sign](t, `"other"`)); got != `"other"` {
		t.Errorf("an unknown value is %s", got)
	}
}

// TestValidate checks what is asked, however deep.
func TestValidate(t *testing.T) {
	good := Everything{Kind: Pet{&Cat{Lives: 1}}, V: V{V: Ptr("abc")}}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	bad := Everything{
		Kind:       Pet{&Cat{}},
		Animals:    []*EverythingAnimal{nil, {&Cat{Lives: -1}}},
		V:          V{V: Ptr("ääää")},
		Limits:     []string{"", ""},
		Nulllimits: NullableOf([]*string{nil, Ptr("\u2003x"), Ptr("x")}),
		Mapped:     map[string][]int64{"k": {3, 4}},
	}
	var invalid *InvalidRequestError
	if !errors.As(bad.Validate(), &invalid) {
		t.Fatal("nothing is wrong")
	}
	found := make([]string, 0, len(invalid.Problems))
	for _, problem := range invalid.Problems {
		found = append(found, problem.Path)
	}
	want := "kind.lives animals[1].lives v.v limits limits[0] limits[1] nulllimits[2] mapped[\"k\"][1]"
	if got := strings.Join(found, " "); got != want {
		t.Errorf("wrong are %s\nbut should be %s", got, want)
	}
}
