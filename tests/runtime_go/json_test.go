package client

import (
	"encoding/json"
	"math"
	"math/big"
	"reflect"
	"testing"
	"time"
)

type embedded struct {
	span
	Text string `json:"text,string"`
}

type upperText struct{ text string }

func (u *upperText) MarshalJSON() ([]byte, error) { return []byte(` { "t" : "` + u.text + `" } `), nil }

type everything struct {
	List     []string          `json:"list"`
	Map      map[string]int    `json:"map"`
	Pointer  *string           `json:"pointer"`
	Bytes    []byte            `json:"bytes"`
	Any      any               `json:"any"`
	Left     []string          `json:"left,omitzero"`
	Empty    []string          `json:"empty,omitempty"`
	None     string            `json:"-"`
	Unnamed  bool              //
	Raw      json.RawMessage   `json:"raw"`
	Time     time.Time         `json:"time"`
	Times    []*time.Time      `json:"times"`
	Upper    upperText         `json:"upper"`
	Nested   [][]int           `json:"nested"`
	ByNumber map[int8]bool     `json:"by_number"`
	ByDate   map[Date]struct{} `json:"by_date"`
	Optional Nullable[[]int]   `json:"optional,omitzero"`
	Big      *big.Int          `json:"big"`
	hidden   int
}

func TestMarshalJSON(t *testing.T) {
	value := everything{
		Empty: []string{}, None: "x", Raw: json.RawMessage(`{"a": 1}`), Upper: upperText{"<&>"},
		Nested: [][]int{nil, {1}}, ByNumber: map[int8]bool{-1: true}, ByDate: map[Date]struct{}{NewDate(2026, 1, 2): {}},
		Times: []*time.Time{nil, {}}, Optional: NullableOf[[]int](nil), Big: big.NewInt(5), hidden: 1,
	}
	written, err := marshalJSON(value)
	must(t, err)
	equal(t, string(written), `{"list":[],"map":{},"pointer":null,"bytes":"","any":null,"Unnamed":false,"raw":{"a":1},`+
		`"time":"0001-01-01T00:00:00Z","times":[null,"0001-01-01T00:00:00Z"],"upper":{"t":"<&>"},"nested":[[],[1]],`+
		`"by_number":{"-1":true},"by_date":{"2026-01-02":{}},"optional":[],"big":5}`)
	var back everything
	must(t, json.Unmarshal([]byte(`{"list":["a"]}`), &back))
}

func TestMarshalJSONEscapesWhatItMust(t *testing.T) {
	written, err := marshalJSON("<a href=\"x\">&\u2028\u2029\\/\b\f\n\r\t\x00\x1f\x7f\xff\u00e9😀")
	must(t, err)
	if want := "\"<a href=\\\"x\\\">&\u2028\u2029\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\ufffd\u00e9😀\""; string(written) != want {
		t.Errorf("got %q, want %q", written, want)
	}
}

// encoding/json reads what is written as what it has been.
func FuzzMarshalJSON(f *testing.F) {
	f.Add(`{"a":[1,2.5,-1e-7,1e21,null,true,"\u2028\ud800"],"":{"b":{}}}`)
	f.Add(`[0.1,100,1e300,"\"\\"]`)
	f.Fuzz(func(t *testing.T, text string) {
		var value, again any
		if json.Unmarshal([]byte(text), &value) != nil {
			t.Skip()
		}
		written, err := marshalJSON(value)
		must(t, err)
		must(t, json.Unmarshal(written, &again))
		if !reflect.DeepEqual(value, again) {
			t.Errorf("%s became %s", text, written)
		}
	})
}

func TestNumbersAsECMAScriptWritesThem(t *testing.T) {
	for number, text := range map[float64]string{
		1: "1", 1e20: "100000000000000000000", 1e21: "1e+21", 1e-6: "0.000001", 1e-7: "1e-7", 123456789.25: "123456789.25", 1.5e-10: "1.5e-10", 1e100: "1e+100",
	} {
		written, err := marshalJSON(number)
		must(t, err)
		equal(t, string(written), text)
	}
	for _, number := range []float64{math.NaN(), math.Inf(-1)} {
		if _, err := marshalJSON([]float64{number}); err == nil {
			t.Errorf("%v was written", number)
		}
	}
}

func TestWhatIsNoJSON(t *testing.T) {
	type ring struct {
		Next *ring `json:"next"`
	}
	circle := &ring{}
	circle.Next = circle
	for _, value := range []any{circle, func() {}, map[float64]int{1: 1}, json.Number("x"), FileUpload{}, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), json.RawMessage("{")} {
		if written, err := marshalJSON(value); err == nil {
			t.Errorf("%T was written: %.50s", value, written)
		}
	}
}

func TestRareTypesAreAsEncodingJSONWritesThem(t *testing.T) {
	value := embedded{span{Low: Ptr(int64(1))}, "<x>"}
	written, err := marshalJSON([]any{value, &value})
	must(t, err)
	equal(t, string(written), `[{"low":1,"text":"\"<x>\""},{"low":1,"text":"\"<x>\""}]`)
}

func TestNullableHasThreeStates(t *testing.T) {
	type model struct {
		Name Nullable[string] `json:"name,omitzero"`
	}
	for text, want := range map[string]Nullable[string]{`{}`: {}, `{"name":null}`: NullOf[string](), `{"name":"x"}`: NullableOf("x")} {
		var read model
		must(t, json.Unmarshal([]byte(text), &read))
		if read.Name != want {
			t.Errorf("%s: %v", text, read.Name)
		}
		for _, write := range []func(any) ([]byte, error){json.Marshal, marshalJSON} {
			written, err := write(read)
			must(t, err)
			equal(t, string(written), text)
		}
	}
	equal(t, []bool{NullOf[int]().IsNull(), NullableOf(1).IsNull(), Nullable[int]{}.IsZero(), NullOf[int]().IsZero()}, []bool{true, false, true, false})
	equal(t, []int{NullableOf(3).Or(4), NullOf[int]().Or(4)}, []int{3, 4})
	if value, ok := NullableOf(3).Get(); value != 3 || !ok {
		t.Error("the value is lost")
	}
	if json.Unmarshal([]byte(`{"name":1}`), &model{}) == nil {
		t.Error("a number was read as text")
	}
}

func TestDate(t *testing.T) {
	var date Date
	must(t, json.Unmarshal([]byte(`"2024-02-29"`), &date))
	equal(t, date, NewDate(2024, time.February, 29))
	equal(t, date.String(), "2024-02-29")
	equal(t, DateOf(date.Time(time.UTC)), date)
	for _, text := range []string{`"2023-02-29"`, `"x"`, `"2024-2-9"`, `1`} {
		if json.Unmarshal([]byte(text), &date) == nil {
			t.Errorf("%s was read", text)
		}
	}
	written, err := json.Marshal(map[Date]Date{{}: {}})
	must(t, err)
	equal(t, string(written), `{"0000-00-00":"0000-00-00"}`)
	var back map[Date]Date
	must(t, json.Unmarshal(written, &back))
	equal(t, back[Date{}].IsZero(), true)
}
