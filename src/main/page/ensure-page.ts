import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const pageFolder = fileURLToPath(new URL('../../../dist/renderer', import.meta.url))

/** Builds the renderer when nobody has yet. A machine in the street ships it built and has no Vite. */
export async function ensurePage(say: (line: string) => void): Promise<void> {
  if (existsSync(`${pageFolder}/index.html`)) return
  say('host   building the screens once (npm run build)')
  const { build } = await import('vite')
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  await build({ configFile: `${root}/vite.config.ts`, logLevel: 'warn' })
}
