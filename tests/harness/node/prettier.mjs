// Says which files Prettier's defaults would change: {root, paths} in, [{path, message}] out.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import prettier from "prettier";

const { root, paths } = JSON.parse(await text(process.stdin));
const changed = [];
for (const path of paths) {
  const before = await readFile(join(root, path), "utf8");
  try {
    const after = await prettier.format(before, { filepath: path });
    if (after !== before) changed.push({ path, message: firstDifference(before, after) });
  } catch (error) {
    changed.push({ path, message: String(error).split("\n")[0] });
  }
}
process.stdout.write(JSON.stringify(changed));

function firstDifference(before, after) {
  const [ours, theirs] = [before.split("\n"), after.split("\n")];
  const line = ours.findIndex((value, index) => value !== theirs[index]);
  const at = line < 0 ? ours.length : line;
  return `line ${at + 1}\n  ours     ${JSON.stringify(ours.slice(at, at + 3))}\n  Prettier ${JSON.stringify(theirs.slice(at, at + 3))}`;
}
