import { defineConfig } from 'vitest/config'

/** Apart from the other projects: it needs Electron's binary and a display. Run it by `npm run test:electron`. */
export default defineConfig({
  test: {
    include: ['test/electron/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
})
