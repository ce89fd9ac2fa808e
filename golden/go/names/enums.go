package names

type Promise string

const (
	PromiseThen        Promise = "then"
	PromiseThenValue   Promise = "then "
	Promise1           Promise = "1"
	PromiseMinus1      Promise = "-1"
	PromiseEmpty       Promise = ""
	PromiseClass       Promise = "class"
	PromiseConstructor Promise = "constructor"
	Promise日本語         Promise = "日本語"
)

// Valid reports whether p is a value that the API's description knows.
func (p Promise) Valid() bool {
	switch p {
	case PromiseThen, PromiseThenValue, Promise1, PromiseMinus1, PromiseEmpty, PromiseClass,
		PromiseConstructor, Promise日本語:
		return true
	}
	return false
}
