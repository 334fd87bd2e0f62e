import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(({ command }) => ({
  root: at('src/renderer'),
  base: './',
  plugins: [react()],
  build: {
    outDir: at('dist/renderer'),
    emptyOutDir: true,
    target: 'chrome120',
    // The page's policy allows files of its own host only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The gallery is a tool of development: only `vite dev` knows it.
    rollupOptions: { input: at('src/renderer/index.html') },
  },
  server: { host: '127.0.0.1', strictPort: command === 'serve' },
}))
