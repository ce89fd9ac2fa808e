package client

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

// TestInstances reads and writes values that the API's description allows.
func TestInstances(t *testing.T) {
	data, err := os.ReadFile("instances.json")
	if err != nil {
		t.Fatal(err)
	}
	var instances []struct {
		Model string
		Value json.RawMessage
	}
	if err := json.Unmarshal(data, &instances); err != nil {
		t.Fatal(err)
	}
	models := map[string]reflect.Type{}
	for _, model := range allModels() {
		models[reflect.TypeOf(model).Elem().Name()] = reflect.TypeOf(model).Elem()
	}
	count := 0
	for _, instance := range instances {
		model, ok := models[instance.Model]
		if !ok {
			continue
		}
		count++
		value := reflect.New(model).Interface()
		if err := json.Unmarshal(instance.Value, value); err != nil {
			t.Errorf("%s: %s: %v", instance.Model, instance.Value, err)
			continue
		}
		written, err := marshalJSON(value)
		if err != nil {
			t.Errorf("%s: %s: %v", instance.Model, instance.Value, err)
			continue
		}
		var before, after any
		if json.Unmarshal(instance.Value, &before) != nil || json.Unmarshal(written, &after) != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("%s: %s became %s", instance.Model, instance.Value, written)
		}
	}
	if count == 0 {
		t.Error("no model was tried")
	}
}
