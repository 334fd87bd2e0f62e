import { enableCompileCache } from 'node:module'

// Code that was compiled once is loaded from a cache the next time: core has to be back within a second.
enableCompileCache()
const { runCore } = await import('./run-core.ts')
await runCore(process.argv.slice(2))
