import { parseArgs } from 'node:util'
import { type PartName, partNames } from './parts.ts'

export interface BenchCommand {
  readonly only: readonly PartName[]
  readonly outFile: string | undefined
  readonly intakes: number
}

export const benchUsage = `usage: npm run bench -- [--only ${partNames.join(',')}] [--intakes N] [--out FILE]`

/** The command line, or one sentence about what is wrong with it. */
export function readBenchCommand(args: readonly string[]): BenchCommand | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        out: { type: 'string' },
        intakes: { type: 'string', default: '1000' },
      },
    })
    const wanted = values.only?.split(',') ?? partNames
    const unknown = wanted.find((name) => !partNames.some((known) => known === name))
    if (unknown !== undefined) return `--only ${unknown}: there is ${partNames.join(', ')}`
    const intakes = Number(values.intakes)
    if (!Number.isInteger(intakes) || intakes < 1) return `--intakes ${values.intakes}: a number`
    const only = partNames.filter((name) => wanted.includes(name))
    return { only, outFile: values.out, intakes }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
