import { defineConfig } from 'vitest/config'

// Unit tests sit beside their source; the other projects cross rooms and start real processes.
const project = (name: string, include: string[], extra = {}) => ({
  test: {
    name,
    include,
    environment: 'node' as const,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    ...extra,
  },
})

export default defineConfig({
  test: {
    projects: [
      project('unit', ['src/**/*.test.ts', 'src/**/*.test.tsx']),
      project('integration', ['test/**/*.test.ts'], {
        exclude: ['test/{demo,e2e,electron}/**'],
        // Each file starts real processes, and two cores are all there is.
        maxConcurrency: 2,
        fileParallelism: false,
      }),
      project('e2e', ['test/{demo,e2e}/**/*.test.ts'], { fileParallelism: false }),
      project('crash', ['test/crash/**/*.full.ts'], { fileParallelism: false, testTimeout: 0 }),
    ],
  },
})
