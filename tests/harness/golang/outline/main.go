// Command outline prints the declarations of the Go files that it is given as one file, with bodies of functions left out.
//
// What compiles beside the outline of a package compiles beside the package: many clients can be checked without checking
// in each what is the same in all of them.
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"sort"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(paths []string) error {
	files := token.NewFileSet()
	imports := map[string]bool{}
	var body bytes.Buffer
	name := ""
	for _, path := range paths {
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		name = file.Name.Name
		declared := map[string]string{}
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			local := path[strings.LastIndex(path, "/")+1:]
			if spec.Name != nil {
				return fmt.Errorf("%s names an import", path)
			}
			declared[local] = path
		}
		for _, declaration := range file.Decls {
			switch node := declaration.(type) {
			case *ast.GenDecl:
				if node.Tok == token.IMPORT {
					continue
				}
			case *ast.FuncDecl:
				node.Body = &ast.BlockStmt{List: []ast.Stmt{&ast.ExprStmt{X: &ast.CallExpr{
					Fun: ast.NewIdent("panic"), Args: []ast.Expr{&ast.BasicLit{Kind: token.STRING, Value: `"outline"`}},
				}}}}
			}
			ast.Inspect(declaration, func(node ast.Node) bool {
				if selector, ok := node.(*ast.SelectorExpr); ok {
					if local, ok := selector.X.(*ast.Ident); ok && declared[local.Name] != "" {
						imports[declared[local.Name]] = true
					}
				}
				return true
			})
			if err := format.Node(&body, files, declaration); err != nil {
				return err
			}
			body.WriteString("\n\n")
		}
	}
	sorted := make([]string, 0, len(imports))
	for path := range imports {
		sorted = append(sorted, strconv.Quote(path))
	}
	sort.Strings(sorted)
	_, err := fmt.Printf("//lint:file-ignore U1000 The bodies that use it are left out.\n\npackage %s\n\nimport (\n%s\n)\n\n%s",
		name, strings.Join(sorted, "\n"), body.String())
	return err
}
