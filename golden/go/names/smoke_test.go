package names

import "testing"

// TestModels writes each model as JSON and reads it again.
func TestModels(t *testing.T) {
	testRoundTrips(t, allModels())
}

// FuzzModels reads any JSON as each model and writes it again.
func FuzzModels(f *testing.F) {
	fuzzRoundTrips(f, allModels())
}

// allModels has a zero value of each model.
func allModels() []any {
	return []any{
		new(None),
		new(Error),
		new(Promise),
		new(ModelConfig),
		new(Wrong),
		new(Taken),
		new(ModelConfigModel),
		new(FooBar),
		new(FooBarModel),
	}
}
