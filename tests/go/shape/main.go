// Prints, for each Go file of the folder that it is given, what the parser makes of it, as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

type file struct {
	Error string `json:"error"`
	// Shape is the kind of each node, and what an identifier or operator says.
	Shape []string `json:"shape"`
	// Strings are the values of all string and character literals but tags.
	Strings []string `json:"strings"`
	// Tags are the values of the key json in all tags.
	Tags []string `json:"tags"`
	// Directives are comments that mean something to a tool.
	Directives []string `json:"directives"`
}

func main() {
	names, err := os.ReadDir(os.Args[1])
	if err != nil {
		panic(err)
	}
	found := map[string]*file{}
	for _, entry := range names {
		found[entry.Name()] = read(filepath.Join(os.Args[1], entry.Name()))
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		panic(err)
	}
}

func read(path string) *file {
	var f file
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		f.Error = err.Error()
		return &f
	}
	for _, group := range parsed.Comments {
		for _, comment := range group.List {
			text := comment.Text
			if strings.HasPrefix(text, "/*") || constraint.IsPlusBuild(text) || len(text) > 2 && text[2] != ' ' && text[2] != '\t' {
				f.Directives = append(f.Directives, text)
			}
		}
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.CommentGroup, *ast.Comment:
			return false
		case *ast.Ident:
			f.Shape = append(f.Shape, node.Name)
		case *ast.Field:
			f.Shape = append(f.Shape, "Field")
			if node.Tag != nil {
				tag, err := strconv.Unquote(node.Tag.Value)
				value, ok := reflect.StructTag(tag).Lookup("json")
				f.Tags = append(f.Tags, value)
				f.Shape = append(f.Shape, fmt.Sprint("tag ", ok, err))
				node.Tag = nil
			}
		case *ast.BasicLit:
			value := node.Value
			if node.Kind == token.STRING || node.Kind == token.CHAR {
				unquoted, err := strconv.Unquote(value)
				if err != nil {
					f.Error = err.Error()
				}
				f.Strings = append(f.Strings, unquoted)
				value = ""
			}
			f.Shape = append(f.Shape, node.Kind.String()+value)
		case *ast.BinaryExpr:
			f.Shape = append(f.Shape, node.Op.String())
		case *ast.UnaryExpr:
			f.Shape = append(f.Shape, node.Op.String())
		case *ast.ParenExpr:
		case nil:
			f.Shape = append(f.Shape, ".")
		default:
			f.Shape = append(f.Shape, fmt.Sprintf("%T", node))
		}
		return true
	})
	return &f
}
