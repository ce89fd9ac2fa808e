// Reads a JSON object {path: text} a line, answers a line: the shape of each file's syntax tree, names and texts left out.
import { createInterface } from "node:readline";
import ts from "typescript-api";

const Kind = ts.SyntaxKind;

function shapeOf(node) {
  switch (node.kind) {
    case Kind.ImportDeclaration:
      return "";
    case Kind.StringLiteral:
    case Kind.NoSubstitutionTemplateLiteral:
      return "S";
    case Kind.ElementAccessExpression:
      return `.(${shapeOf(node.expression)})`;
    case Kind.PropertyAccessExpression:
      return `.(${shapeOf(node.expression)})`;
    case Kind.ShorthandPropertyAssignment:
      return "P(N,I)";
    case Kind.PropertyAssignment:
      return `P(N,${shapeOf(node.initializer)})`;
  }
  const parts = [];
  ts.forEachChild(node, (child) => {
    if (child === node.name && node.kind !== Kind.Parameter) parts.push("N");
    else parts.push(shapeOf(child));
  });
  return parts.length ? `${node.kind}(${parts.join(",")})` : String(node.kind);
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = {};
  for (const [path, text] of Object.entries(JSON.parse(line))) {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
    const error = file.parseDiagnostics.map((d) => `${d.start}: ${ts.flattenDiagnosticMessageText(d.messageText, "\n")}`).join("; ");
    answer[path] = { shape: shapeOf(file), error };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
