package library

type Genre string

const (
	// Made up
	GenreFiction Genre = "fiction"
	// Not made up
	GenreNonFiction Genre = "non-fiction"
	// Made up, with rockets
	GenreSciFi Genre = "sci_fi"
)

// Valid reports whether g is a value that the API's description knows.
func (g Genre) Valid() bool {
	switch g {
	case GenreFiction, GenreNonFiction, GenreSciFi:
		return true
	}
	return false
}
