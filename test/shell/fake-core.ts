import { readFileSync } from 'node:fs'

/** The fake core of the host's tests, told by a file in place of a configuration what to be at this start. */
export interface FakeCoreFile {
  readonly logFile: string
  /** Name of an example screen. */
  readonly screen: string
  /** Ends at once with this exit code. */
  readonly exitWith?: number
}

const args = process.argv.slice(2)
const file = args[args.indexOf('--config') + 1] ?? ''
const { logFile, screen, exitWith } = JSON.parse(readFileSync(file, 'utf8')) as FakeCoreFile
if (exitWith !== undefined) process.exit(exitWith)
const more = args.filter((arg) => arg === '--safe-start')
process.argv.splice(2, args.length, logFile, screen, ...more)
await import('../host/fake-core.ts')
