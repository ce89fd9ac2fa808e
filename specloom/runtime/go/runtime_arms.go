//lint:file-ignore U1000 Generated code calls what the API needs of this.

// Choosing the type of a union by how well it fits.

package client

import (
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// decodeAs decodes into the one of arms that fits best, and stores it as the
// value. Arms are pointers to new values; what is no struct is stored without
// the pointer. Of several, the one counts that lacks the fewest required keys,
// then the one that knows the most of the keys that are there, then the first.
func decodeAs[V any](data []byte, value *V, arms ...any) bool {
	var keys map[string]json.RawMessage
	if len(arms) > 1 {
		// What is no object has no keys, and the first that decodes it is taken.
		_ = json.Unmarshal(data, &keys)
	}
	var best any
	var missing, known int
	for _, arm := range arms {
		lacks, knows := armKeysOf(reflect.TypeOf(arm).Elem()).among(keys)
		if best != nil && (lacks > missing || lacks == missing && knows <= known) {
			continue
		}
		if json.Unmarshal(data, arm) == nil {
			best, missing, known = arm, lacks, knows
		}
	}
	if best == nil || len(arms) > 1 && missing > 0 && known == 0 {
		return false
	}
	if held := reflect.ValueOf(best).Elem(); held.Kind() != reflect.Struct {
		best = held.Interface()
	}
	chosen, ok := best.(V)
	if ok {
		*value = chosen
	}
	return ok
}

// armKeys are the keys that a struct's tags name: true for those that are
// always there.
type armKeys map[string]bool

var knownArmKeys sync.Map

// armKeysOf reads the tags of a struct, once.
func armKeysOf(arm reflect.Type) armKeys {
	if found, ok := knownArmKeys.Load(arm); ok {
		return found.(armKeys)
	}
	keys := armKeys{}
	if arm.Kind() == reflect.Struct {
		for i := range arm.NumField() {
			tag, ok := arm.Field(i).Tag.Lookup("json")
			name, options, _ := strings.Cut(tag, ",")
			if ok && tag != "-" {
				keys[name] = !strings.Contains(options, "omitzero")
			}
		}
	}
	knownArmKeys.Store(arm, keys)
	return keys
}

// among tells how many required keys are not among these, and how many of
// these it knows.
func (k armKeys) among(keys map[string]json.RawMessage) (lacks, knows int) {
	for name, required := range k {
		if _, ok := keys[name]; ok {
			knows++
		} else if required {
			lacks++
		}
	}
	return lacks, knows
}
