package library

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
		new(Genre),
		new(Shelf),
		new(Book),
		new(BookRequest),
		new(PatchedBookRequest),
		new(Holder),
		new(Reader),
		new(Branch),
		new(Loan),
		new(PaginatedBookList),
		new(PaginatedLoanList),
		new(ValidationError),
		new(Detail),
	}
}
