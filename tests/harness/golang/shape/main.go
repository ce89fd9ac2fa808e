// Command shape answers with the syntax of Go files, names and texts left out: a line of JSON in, {path: text}; a line out,
// {path: {"shape": ..., "error": ...}}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
)

type answer struct {
	Shape string `json:"shape"`
	Error string `json:"error"`
}

func main() {
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadBytes('\n')
		if err != nil {
			return
		}
		var texts map[string]string
		if err := json.Unmarshal(line, &texts); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		answers := make(map[string]answer, len(texts))
		for path, text := range texts {
			answers[path] = shape(path, text)
		}
		if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
			os.Exit(1)
		}
	}
}

func shape(path, text string) answer {
	file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return answer{Error: err.Error()}
	}
	var out strings.Builder
	if directives := directives(file); directives != "" {
		fmt.Fprintf(&out, "directives(%s)", directives)
	}
	for _, declaration := range file.Decls {
		if general, ok := declaration.(*ast.GenDecl); ok && general.Tok == token.IMPORT {
			continue
		}
		write(&out, reflect.ValueOf(declaration))
	}
	return answer{Shape: out.String()}
}

// directives are the comments that the toolchain obeys.
func directives(file *ast.File) string {
	var found []string
	for _, group := range file.Comments {
		for _, comment := range group.List {
			text := comment.Text
			if strings.HasPrefix(text, "//go:") || strings.HasPrefix(text, "//line ") || strings.HasPrefix(text, "/*line ") ||
				strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(text, "//"), " \t"), "+build") || strings.HasPrefix(text, "//export ") {
				found = append(found, text)
			}
		}
	}
	return strings.Join(found, "|")
}

// write prints kinds of nodes and tokens; identifiers and the values of literals are left out, comments too.
func write(out *strings.Builder, value reflect.Value) {
	switch value.Kind() {
	case reflect.Interface, reflect.Pointer:
		if value.IsNil() {
			out.WriteString("-")
			return
		}
		switch node := value.Interface().(type) {
		case *ast.CommentGroup:
			return
		case *ast.Ident:
			out.WriteString("id")
			return
		case *ast.BasicLit:
			out.WriteString(node.Kind.String())
			return
		}
		write(out, value.Elem())
	case reflect.Struct:
		out.WriteString(value.Type().Name() + "(")
		for i := range value.NumField() {
			field := value.Type().Field(i)
			if field.Type == reflect.TypeFor[token.Pos]() || field.Type == reflect.TypeFor[*ast.CommentGroup]() {
				continue
			}
			write(out, value.Field(i))
		}
		out.WriteString(")")
	case reflect.Slice:
		out.WriteString("[")
		for i := range value.Len() {
			write(out, value.Index(i))
			out.WriteString(",")
		}
		out.WriteString("]")
	case reflect.Bool, reflect.Int:
		fmt.Fprint(out, value.Interface())
	}
}
