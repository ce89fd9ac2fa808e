//lint:file-ignore U1000 Generated code calls what the API needs of this.

// JSON that is looked into without being read: texts of scalars, members.

package client

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// numberText is a number of JSON as it is written everywhere else.
func numberText(text string) string {
	if text == "-0" {
		return "0"
	}
	if strings.Trim(text, "-0123456789") == "" {
		return text
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	written, err := floatText(number, 64)
	if err != nil {
		return text
	}
	return written
}

// textOf is the text of a scalar; arrays and objects stay JSON.
func textOf(raw json.RawMessage) string {
	switch raw[0] {
	case '"':
		var text string
		_ = json.Unmarshal(raw, &text)
		return text
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return numberText(string(raw))
	}
	return string(raw)
}

// members splits an array or object. The keys of an array are nil.
func members(raw json.RawMessage) (keys []string, values []json.RawMessage) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	opening, err := decoder.Token()
	if err != nil {
		return nil, nil
	}
	for decoder.More() {
		if opening == json.Delim('{') {
			key, _ := decoder.Token()
			text, _ := key.(string)
			keys = append(keys, text)
		}
		var value json.RawMessage
		if decoder.Decode(&value) != nil {
			return keys, values
		}
		values = append(values, value)
	}
	return keys, values
}
