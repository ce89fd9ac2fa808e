// The shape of each file's syntax tree, by TypeScript's own parser: {path: text} in, {path: {shape, errors}} out.
import { text } from "node:stream/consumers";
import ts from "typescript-api";

const files = JSON.parse(await text(process.stdin));
const answer = {};
for (const [path, source] of Object.entries(files)) {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, false);
  answer[path] = {
    shape: shape(file),
    errors: file.parseDiagnostics.map((found) => ts.flattenDiagnosticMessageText(found.messageText, "\n")),
  };
}
process.stdout.write(JSON.stringify(answer));

function shape(node) {
  const children = [];
  ts.forEachChild(node, (child) => void children.push(shape(child)));
  return children.length ? `${ts.SyntaxKind[node.kind]}(${children.join(" ")})` : ts.SyntaxKind[node.kind];
}
