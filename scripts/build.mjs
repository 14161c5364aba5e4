// Builds dist/ (what clasp pushes) and, for the local commands, .build/.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { ENTRY_POINTS } from './entry-points.mjs';
import { root } from './environment.mjs';
import { checkManifest, checkServerBundle, checkSidebarHtml } from './gates.mjs';
import { inlineSafe } from './inline-script.mjs';

const require = createRequire(import.meta.url);
const GLOBAL_NAME = 'TimeToInvoice';
const dist = join(root, 'dist');

/** Builds the server bundle, the sidebar and the manifest into dist/ and checks each; throws with every finding. */
export async function build() {
  mkdirSync(dist, { recursive: true });
  const [server, sidebar] = await Promise.all([buildServer(), buildSidebar()]);
  const manifest = readFileSync(join(root, 'appsscript.json'), 'utf8');
  const findings = [
    ...checkServerBundle(server, ENTRY_POINTS, GLOBAL_NAME),
    ...checkSidebarHtml(sidebar),
    ...checkManifest(JSON.parse(manifest)),
  ];
  if (findings.length > 0) throw new Error(`The build was refused:\n- ${findings.join('\n- ')}`);
  writeFileSync(join(dist, 'main.js'), server);
  writeFileSync(join(dist, 'sidebar.html'), sidebar);
  copyFileSync(join(root, 'appsscript.json'), join(dist, 'appsscript.json'));
  return {
    files: [
      { name: 'dist/main.js', bytes: Buffer.byteLength(server) },
      { name: 'dist/sidebar.html', bytes: Buffer.byteLength(sidebar) },
      { name: 'dist/appsscript.json', bytes: Buffer.byteLength(manifest) },
    ],
  };
}

/** Bundles one command for plain Node. Both paths are relative to the project. */
export async function buildLocal(source, file) {
  await esbuild.build({
    entryPoints: [join(root, source)],
    outfile: join(root, file),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

/** esbuild's bundle as a plain script, with the top-level functions that gas-webpack-plugin's generator makes of the exports. */
async function buildServer() {
  const entry = join(root, 'src', 'server', 'main.ts');
  const common = { entryPoints: [entry], bundle: true, write: false, target: 'es2020', logLevel: 'warning' };
  const [script, module] = await Promise.all([
    esbuild.build({
      ...common,
      format: 'iife',
      globalName: GLOBAL_NAME,
      minify: true,
      lineLimit: 240,
      charset: 'ascii',
      legalComments: 'inline',
    }),
    esbuild.build({ ...common, format: 'esm', metafile: true, outdir: dist }), // only an ES module's exports are listed
  ]);
  const names = Object.values(module.metafile.outputs).flatMap((output) => output.exports);
  return `${script.outputFiles[0].text}\n${entryStubs(names)}\n`;
}

function entryStubs(names) {
  const generator = createRequire(require.resolve('gas-webpack-plugin'))('gas-entry-generator');
  const listing = names.map((name) => `export function ${name}() {}`).join('\n');
  const made = generator.generate(listing, { autoGlobalExports: true });
  return `${made.entryPointFunctions}\n(function (global, exports) {\n${made.globalAssignments}\n})(globalThis, ${GLOBAL_NAME});`;
}

async function buildSidebar() {
  const result = await esbuild.build({
    entryPoints: [join(root, 'src', 'sidebar', 'main.tsx')],
    bundle: true,
    write: false,
    outdir: dist,
    minify: true,
    format: 'iife',
    target: 'es2020',
    charset: 'ascii',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  const text = (extension) => result.outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
  const shell = readFileSync(join(root, 'src', 'sidebar', 'shell.html'), 'utf8');
  return shell
    .replace('/* styles */', () => text('.css').trim())
    .replace('/* script */', () => inlineSafe(text('.js').trim()));
}
