// Reads {path: text} and writes, as JSON, where the types of each file are switched off: `any`, `!`, and `as` but for `as const`.
import ts from "typescript-api";

const files = JSON.parse(await new Response(process.stdin).text());
const holes = {};
for (const [path, text] of Object.entries(files)) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found = [];
  const visit = (node) => {
    const isConst = ts.isAsExpression(node) && node.type.getText() === "const";
    if (
      node.kind === ts.SyntaxKind.AnyKeyword ||
      ts.isNonNullExpression(node) ||
      ts.isTypeAssertionExpression(node) ||
      (ts.isAsExpression(node) && !isConst)
    ) {
      found.push(node.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (/@ts-|eslint-/.test(text)) found.push("a comment that switches checks off");
  if (found.length > 0) holes[path] = found;
}
process.stdout.write(JSON.stringify(holes));
