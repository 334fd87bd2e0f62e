import { fileURLToPath } from 'node:url'
import { build, type InlineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const folder = at('dist/shell')

/** One file out of `entry`, with everything in it but Electron and Node. */
const bundle = (
  entry: string,
  file: string,
  format: 'es' | 'cjs',
  outDir: string,
): InlineConfig => ({
  configFile: false,
  root: at('.'),
  logLevel: 'warn',
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: at(entry),
    outDir,
    emptyOutDir: false,
    minify: false,
    target: 'node24',
    rollupOptions: {
      external: ['electron'],
      output: { format, entryFileNames: file, codeSplitting: false },
    },
  },
})

/**
 * What Electron loads itself. The preload has to be one CommonJS file: a sandboxed page's preload can neither
 * import nor require a second one.
 */
export async function buildShell(outDir = folder): Promise<void> {
  await build(bundle('src/main/shell/main.ts', 'main.js', 'es', outDir))
  await build(bundle('src/main/shell/preload.ts', 'preload.cjs', 'cjs', outDir))
}

if (import.meta.main) await buildShell()
