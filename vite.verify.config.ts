import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The page that checks slips is one file: browsers load no module script over file://, and a file can be
 * handed on. Its policy allows its own script by hash and nothing else.
 */
function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const scripts = Object.values(bundle).filter((part) => part.type === 'chunk')
      const page = Object.values(bundle).find((part) => part.fileName.endsWith('.html'))
      const [script, ...others] = scripts
      if (!script || others.length > 0 || page?.type !== 'asset') {
        throw new Error('the page must come to one script')
      }
      const code = script.code.trim().replaceAll('</script', '<\\/script')
      const hash = createHash('sha256').update(code).digest('base64')
      const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`
      const html = String(page.source)
        .replace(/\s*<script type="module"[^>]*><\/script>/, '')
        .replace(
          '<meta charset="utf-8" />',
          `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
        )
      // A function: the code holds `$&` and the like.
      page.source = html.replace('</body>', () => `<script>${code}</script>\n  </body>`)
      delete bundle[script.fileName]
    },
  }
}

export default defineConfig({
  root: at('src/verify'),
  base: './',
  plugins: [oneFile()],
  build: {
    outDir: at('dist/verify'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: { input: at('src/verify/index.html'), output: { format: 'iife' } },
  },
})
