import { readFileSync } from 'node:fs'
import { fuseProblems } from '../src/main/shell/fuses.ts'

/** `npm run check-fuses -- BINARY`: whether a packaged Electron binary has its fuses as the machine needs them. */
const [file] = process.argv.slice(2)
if (file === undefined) {
  process.stderr.write('usage: npm run check-fuses -- BINARY\n')
  process.exit(64)
}
const problems = fuseProblems(readFileSync(file))
process.stdout.write(`${problems.length === 0 ? 'fuses as they should be' : problems.join('\n')}\n`)
process.exit(problems.length === 0 ? 0 : 1)
