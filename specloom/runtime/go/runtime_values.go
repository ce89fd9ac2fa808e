//lint:file-ignore U1000 Generated code calls what the API needs of this.

// Types of values that Go has no type for.

package client

import (
	"encoding/json"
	"errors"
	"io"
	"time"
)

// Ptr makes a pointer to a value, for optional fields.
func Ptr[T any](value T) *T { return &value }

// Nullable is a field that may be absent, null, or have a value. Its zero value
// is absent.
type Nullable[T any] struct {
	value T
	state nullableState
}

type nullableState int8

const (
	isAbsent nullableState = iota
	isNull
	isValue
)

// NullableOf has a value.
func NullableOf[T any](value T) Nullable[T] { return Nullable[T]{value, isValue} }

// NullOf is null, and sent as such.
func NullOf[T any]() Nullable[T] { return Nullable[T]{state: isNull} }

// Get gives the value, and whether there is one.
func (n Nullable[T]) Get() (T, bool) { return n.value, n.state == isValue }

// Or gives the value, or another one where there is none.
func (n Nullable[T]) Or(other T) T {
	if n.state == isValue {
		return n.value
	}
	return other
}

// IsNull reports whether it is null.
func (n Nullable[T]) IsNull() bool { return n.state == isNull }

// IsZero reports whether it is absent: neither null nor a value.
func (n Nullable[T]) IsZero() bool { return n.state == isAbsent }

// MarshalJSON writes the value or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) {
	if n.state != isValue {
		return []byte("null"), nil
	}
	return marshalJSON(n.value)
}

// UnmarshalJSON reads a value or null.
func (n *Nullable[T]) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*n = NullOf[T]()
		return nil
	}
	var value T
	if err := json.Unmarshal(data, &value); err != nil {
		return err
	}
	*n = NullableOf(value)
	return nil
}

// content lets code that knows no T look inside.
func (n Nullable[T]) content() (any, nullableState) { return n.value, n.state }

// anyNullable is a Nullable of whatever type.
type anyNullable interface {
	content() (any, nullableState)
}

// Date is a day of the calendar, without time and zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate is a day of the calendar.
func NewDate(year int, month time.Month, day int) Date { return Date{year, month, day} }

// DateOf is the day of a moment, in the moment's own zone.
func DateOf(moment time.Time) Date {
	year, month, day := moment.Date()
	return Date{year, month, day}
}

// ParseDate reads a date as RFC 3339 writes it: 2026-01-31.
func ParseDate(text string) (Date, error) {
	moment, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, errNoDate
	}
	return DateOf(moment), nil
}

var errNoDate = describedError{"not a date such as 2026-01-31"}

const noDate = "0000-00-00"

// Time is the beginning of the day in a zone.
func (d Date) Time(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

// IsZero reports whether no date was set.
func (d Date) IsZero() bool { return d == Date{} }

// String writes the date as RFC 3339 does: 2026-01-31.
func (d Date) String() string {
	if d.IsZero() {
		return noDate
	}
	return d.Time(time.UTC).Format(time.DateOnly)
}

// MarshalText writes the date as RFC 3339 does.
func (d Date) MarshalText() ([]byte, error) {
	if !d.IsZero() && DateOf(d.Time(time.UTC)) != d {
		return nil, errors.New("holds a date that is not in the calendar")
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads a date as RFC 3339 writes it.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if string(text) == noDate {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

// FileUpload is a file to send. Its content is read once while it is sent, and
// never held in memory; where it is an [io.Seeker], such as an [os.File], it can
// be sent again when a try fails. It is not closed.
type FileUpload struct {
	// Name is the name the server gets to see; without one it is "blob".
	Name string
	// ContentType is the media type; without one the API's, else application/octet-stream.
	ContentType string
	Content     io.Reader
}

// MarshalJSON fails: a file travels in a form only.
func (FileUpload) MarshalJSON() ([]byte, error) {
	return nil, errors.New("holds a file, which cannot be JSON")
}
