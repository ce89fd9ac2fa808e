//lint:file-ignore U1000 Generated code calls what the API needs of this.

// What is wrong with values, without a call.

package client

import "strings"

// InvalidRequestError says why a request was not sent.
type InvalidRequestError struct {
	Problems  []RequestProblem
	operation string
}

// RequestProblem is one thing that is wrong with a request.
type RequestProblem struct {
	// Path leads to the value, such as "items[0].name"; it may be empty.
	Path    string
	Message string
}

// String is path and message.
func (p RequestProblem) String() string {
	if p.Path == "" {
		return p.Message
	}
	return p.Path + " " + p.Message
}

// Error lists all problems.
func (e *InvalidRequestError) Error() string {
	texts := make([]string, len(e.Problems))
	for i, problem := range e.Problems {
		texts[i] = problem.String()
	}
	where := "not valid: "
	if e.operation != "" {
		where = e.operation + ": not sent: "
	}
	return where + strings.Join(texts, "; ")
}

// A describedError has a text that holds no values.
type describedError struct{ text string }

func (e describedError) Error() string { return e.text }
