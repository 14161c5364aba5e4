import { join } from 'node:path';
import * as esbuild from 'esbuild';

/** The page as one self-contained HTML text, built from local/page. */
export async function pageHtml(): Promise<string> {
  const built = await esbuild.build({
    entryPoints: [join('local', 'page', 'main.tsx')],
    bundle: true,
    write: false,
    outdir: '.build/page',
    format: 'iife',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  const text = (extension: string) => built.outputFiles.find((file) => file.path.endsWith(extension))?.text ?? '';
  const script = text('.js').replaceAll('</script', '<\\/script');
  return [
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Time to Invoice</title>',
    '<link rel="icon" href="data:,">',
    `<style>${text('.css')}</style></head><body><div id="page"></div><script>${script}</script></body></html>`,
  ].join('');
}
