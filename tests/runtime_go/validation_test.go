package client

import (
	"errors"
	"math"
	"testing"
)

type checked struct {
	Name  string             `json:"name"`
	Items []checked          `json:"items,omitzero"`
	By    map[string]checked `json:"by,omitzero"`
	Maybe Nullable[checked2] `json:"maybe,omitzero"`
	Other *checked2          `json:"other,omitzero"`
}

type checked2 struct{ N int }

func (c checked) Validate() error {
	var v validation
	v.length("name", c.Name, 2, -1)
	v.nested("items", c.Items)
	v.nested("by", c.By)
	v.nested("maybe", c.Maybe)
	v.nested("other", c.Other)
	return v.err()
}

func (c checked2) Validate() error {
	var v validation
	v.minimum("n", c.N, 1)
	return v.err()
}

func problems(check func(v *validation)) []RequestProblem {
	var v validation
	check(&v)
	return v.problems
}

func TestConstraints(t *testing.T) {
	price := pattern(`^\d+\.\d{2}$`)
	var none *string
	for _, one := range []struct {
		check   func(v *validation)
		message string
	}{
		{func(v *validation) { v.length("x", "日本", 2, 2) }, ""},
		{func(v *validation) { v.length("x", "日本", 3, -1) }, "must have at least 3 characters"},
		{func(v *validation) { v.length("x", NullableOf("日本"), -1, 1) }, "must have at most 1 character"},
		{func(v *validation) {
			v.length("x", none, 1, 1)
			v.length("x", NullOf[string](), 1, 1)
			v.length("x", nil, 1, 1)
		}, ""},
		{func(v *validation) { v.items("x", []int{}, 1, -1) }, "must have at least 1 item"},
		{func(v *validation) { v.items("x", &[]int{1, 2, 3}, 1, 2) }, "must have at most 2 items"},
		{func(v *validation) { v.items("x", map[string]int{"a": 1}, 2, -1) }, "must have at least 2 properties"},
		{func(v *validation) { v.items("x", span{}, 1, -1) }, "must have at least 1 property"},
		{func(v *validation) { v.items("x", (*span)(nil), 1, -1) }, ""},
		{func(v *validation) { v.minimum("x", Ptr(int64(-1)), 0) }, "must be at least 0"},
		{func(v *validation) {
			v.minimum("x", 0.5, 0.5)
			v.maximum("x", uint64(math.MaxUint64), 2e19)
			v.maximum("x", math.NaN(), 1)
		}, ""},
		{func(v *validation) { v.maximum("x", colour("12.51"), 12.5) }, "must be at most 12.5"},
		{func(v *validation) { v.maximum("x", "1e9", 1); v.minimum("x", "text", 1); v.minimum("x", "", 1) }, ""},
		{func(v *validation) { v.exclusiveMinimum("x", int32(1), 1) }, "must be more than 1"},
		{func(v *validation) { v.exclusiveMaximum("x", 1e21, 1e21) }, "must be less than 1000000000000000000000"},
		{func(v *validation) {
			v.multipleOf("x", 0.3, 0.1)
			v.multipleOf("x", 19.99, 0.01)
			v.multipleOf("x", "12.50", 0.01)
		}, ""},
		{func(v *validation) { v.multipleOf("x", float32(0.7), 0.1); v.multipleOf("x", 6, 0) }, ""},
		{func(v *validation) { v.multipleOf("x", 0.35, 0.1) }, "must be a multiple of 0.1"},
		{func(v *validation) { v.multipleOf("x", int64(7), 2) }, "must be a multiple of 2"},
		{func(v *validation) {
			v.pattern("x", "12.50", price)
			v.pattern("x", none, price)
			v.pattern("x", 3, price)
		}, ""},
		{func(v *validation) { v.pattern("x", "12", price) }, `must match ^\d+\.\d{2}$`},
		{func(v *validation) { v.pattern("x", "é", pattern(`^\u00e9\u{1F600}?$`)) }, ""},
		{func(v *validation) { v.pattern("x", "b", pattern(`^(?=a)`)) }, ""},
		{func(v *validation) { v.unique("x", []any{1, "1", nil}); v.unique("x", nil); v.unique("x", []span{}) }, ""},
		{func(v *validation) { v.unique("x", []*span{{Low: Ptr(int64(1))}, {}, {Low: Ptr(int64(1))}}) }, "must not repeat items, but 2 is as 0"},
	} {
		var want []RequestProblem
		if one.message != "" {
			want = []RequestProblem{{"x", one.message}}
		}
		equal(t, problems(one.check), want)
	}
}

func TestItemsOfListsAndMaps(t *testing.T) {
	equal(t, problems(func(v *validation) {
		each(v, "tags", []string{"a", "", "b", ""}, func(name, tag string) { v.length(name, tag, 1, -1) })
		eachOf(v, "by", map[string]int{"z": 0, "a": 0, "m": 1}, func(name string, n int) { v.minimum(name, n, 1) })
	}), []RequestProblem{
		{"tags[1]", "must have at least 1 character"}, {"tags[3]", "must have at least 1 character"},
		{`by["a"]`, "must be at least 1"}, {`by["z"]`, "must be at least 1"},
	})
}

func TestNestedValuesCheckThemselves(t *testing.T) {
	good := checked{Name: "good"}
	value := checked{
		Name: "good", Items: []checked{good, {By: map[string]checked{"k": {}, "g": good}, Name: "good"}},
		Maybe: NullableOf(checked2{}), Other: &checked2{},
	}
	err := validationError([]any{nil, &value})
	var invalid *InvalidRequestError
	if !errors.As(err, &invalid) {
		t.Fatal(err)
	}
	equal(t, invalid.Problems, []RequestProblem{
		{`[1].items[1].by["k"].name`, "must have at least 2 characters"}, {"[1].maybe.n", "must be at least 1"}, {"[1].other.n", "must be at least 1"},
	})
	equal(t, checked{}.Validate().Error(), "not valid: name must have at least 2 characters")
	for _, fine := range []any{nil, 3, []byte("x"), good, (*checked)(nil), checked{Name: "good", Maybe: NullOf[checked2]()}, boxed{}} {
		must(t, validationError(fine))
	}
}
