package library

import (
	"bytes"
	"encoding/json"
	"time"
)

// Shelf is a shelf; shelves stand in shelves.
type Shelf struct {
	ID     int64            `json:"id"`
	Name   string           `json:"name"`
	Inside Nullable[*Shelf] `json:"inside,omitzero"`
	Parts  []Shelf          `json:"parts"`
}

type Book struct {
	ID    int64           `json:"id"`
	Title string          `json:"title"`
	Genre Nullable[Genre] `json:"genre,omitzero"`
	// What it costs to replace.
	Price   string          `json:"price"`
	Pages   Nullable[int64] `json:"pages,omitzero"`
	AddedAt time.Time       `json:"added_at"`
	Shelf   Shelf           `json:"shelf"`
	Holder  Holder          `json:"holder"`
	Extra   map[string]any  `json:"extra,omitzero"`
}

// BookRequest is what is sent to create or replace a [Book].
type BookRequest struct {
	Title string          `json:"title"`
	Genre Nullable[Genre] `json:"genre,omitzero"`
	// What it costs to replace.
	Price string `json:"price"`
	// Left out, it is 100.
	Pages Nullable[int64] `json:"pages,omitzero"`
}

var bookRequestPricePattern = pattern(`^-?\d{0,4}(?:\.\d{0,2})?$`)

// Validate reports what the API's description does not allow.
func (b BookRequest) Validate() error {
	var v validation
	v.length("title", b.Title, 1, 200)
	v.pattern("price", b.Price, bookRequestPricePattern)
	v.minimum("pages", b.Pages, 1)
	v.maximum("pages", b.Pages, 32767)
	return v.err()
}

// PatchedBookRequest is what is sent to change a [Book].
type PatchedBookRequest struct {
	Title *string `json:"title,omitzero"`
	// What it costs to replace.
	Price *string `json:"price,omitzero"`
}

// Validate reports what the API's description does not allow.
func (p PatchedBookRequest) Validate() error {
	var v validation
	v.length("title", p.Title, 1, 200)
	v.pattern("price", p.Price, bookRequestPricePattern)
	return v.err()
}

type CoverRequest struct {
	Picture FileUpload `json:"picture"`
	Credit  *string    `json:"credit,omitzero"`
}

// Holder holds one of [Reader], [Branch] or [UnknownHolder].
type Holder struct {
	Value HolderValue
}

// HolderValue is implemented by the kinds of [Holder].
type HolderValue interface{ isHolder() }

// UnknownHolder keeps a [Holder] of a kind newer than this client.
type UnknownHolder struct {
	Kind string
	Raw  json.RawMessage
}

func (*Reader) isHolder() {}

func (*Branch) isHolder() {}

func (*UnknownHolder) isHolder() {}

// MarshalJSON writes the value as it is.
func (h Holder) MarshalJSON() ([]byte, error) {
	if unknown, ok := h.Value.(*UnknownHolder); ok {
		return unknown.Raw, nil
	}
	return marshalJSON(h.Value)
}

// UnmarshalJSON picks the type by "kind".
func (h *Holder) UnmarshalJSON(data []byte) error {
	switch kind := shapeOf(data).text("kind"); kind {
	case "reader":
		h.Value = new(Reader)
	case "branch":
		h.Value = new(Branch)
	default:
		h.Value = &UnknownHolder{Kind: kind, Raw: bytes.Clone(data)}
		return nil
	}
	return json.Unmarshal(data, h.Value)
}

// Reader is the [Holder] of kind "reader".
type Reader struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Email string `json:"email"`
}

// MarshalJSON fills in Kind where left empty.
func (r Reader) MarshalJSON() ([]byte, error) {
	type plain Reader
	if r.Kind == "" {
		r.Kind = "reader"
	}
	return marshalJSON(plain(r))
}

// Branch is the [Holder] of kind "branch".
type Branch struct {
	Kind string `json:"kind"`
	Town string `json:"town"`
}

// MarshalJSON fills in Kind where left empty.
func (b Branch) MarshalJSON() ([]byte, error) {
	type plain Branch
	if b.Kind == "" {
		b.Kind = "branch"
	}
	return marshalJSON(plain(b))
}

type Loan struct {
	ID   string `json:"id"`
	Book int64  `json:"book"`
	Due  Date   `json:"due"`
}

type PaginatedBookList struct {
	// For example 123.
	Count    int64            `json:"count"`
	Next     Nullable[string] `json:"next,omitzero"`
	Previous Nullable[string] `json:"previous,omitzero"`
	Results  []Book           `json:"results"`
}

type PaginatedLoanList struct {
	Next     Nullable[string] `json:"next,omitzero"`
	Previous Nullable[string] `json:"previous,omitzero"`
	Results  []Loan           `json:"results"`
}

type ValidationError = map[string][]string

type Detail struct {
	Detail string `json:"detail"`
}
