import { defineConfig } from 'vitest/config'

// Unit tests sit beside their source; the other projects cross rooms and start real processes.
const project = (name: string, include: string[], extra = {}) => ({
  test: {
    name,
    include,
    environment: 'node' as const,
    // Longer than any wait in vain inside a test, which tells more than a test that ran out of time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    ...extra,
  },
})

export default defineConfig({
  test: {
    projects: [
      project('unit', ['src/**/*.test.ts', 'src/**/*.test.tsx']),
      project('integration', ['test/**/*.test.ts'], {
        exclude: ['test/{demo,e2e,electron}/**'],
        // Each file starts real processes that wait most of their time; the scripts say how many files at once.
        maxConcurrency: 2,
      }),
      // The page of pictures is written last, when all have been taken.
      project('e2e', ['test/{demo,e2e}/**/*.test.ts'], {
        fileParallelism: process.env.UPDATE_SCREENS !== '1',
      }),
      project('crash', ['test/crash/**/*.full.ts'], { fileParallelism: false, testTimeout: 0 }),
    ],
  },
})
