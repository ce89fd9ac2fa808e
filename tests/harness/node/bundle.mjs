// Bundles a TypeScript module and what it imports for Node: {entry, target, modules} in.
import { text } from "node:stream/consumers";
import { build } from "esbuild";

const { entry, target, modules } = JSON.parse(await text(process.stdin));
const done = await build({
  entryPoints: [entry],
  outfile: target,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  nodePaths: [modules],
  logLevel: "silent",
});
process.stdout.write(JSON.stringify(done.warnings));
