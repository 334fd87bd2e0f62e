import { writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os'
import { benchUsage, readBenchCommand } from './command-line.ts'
import type { Figure } from './figure.ts'
import { parts } from './parts.ts'

/** Prints one JSON object; how far it is goes to standard error. Whether an aim is met never fails the run. */
const command = readBenchCommand(process.argv.slice(2))
if (typeof command === 'string') {
  process.stderr.write(`${command}\n${benchUsage}\n`)
  process.exit(64)
}

const minuteLoad = () => Number((loadavg()[0] ?? 0).toFixed(2))
const figures: Record<string, Figure & { load: { before: number; after: number } }> = {}
for (const name of command.only) {
  const progress = (line: string) => void process.stderr.write(`${name.padEnd(8)}${line}\n`)
  const before = minuteLoad()
  progress(`begins, load ${before}`)
  const measure = await parts[name]()
  const figure = await measure({ intakes: command.intakes, progress })
  figures[name] = { ...figure, load: { before, after: minuteLoad() } }
  for (const { aim, value, met } of figure.aims)
    progress(`${met ? 'met   ' : 'missed'} ${aim}: ${value}`)
}

const result = {
  at: new Date().toISOString(),
  machine: {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    system: `${platform()} ${arch()}`,
    node: process.version,
  },
  figures,
}
const text = `${JSON.stringify(result, undefined, 2)}\n`
process.stdout.write(text)
if (command.outFile !== undefined) writeFileSync(command.outFile, text)
// The browser and the HTTP client keep connections open a while; everything that was started has ended.
process.exit(0)
