import { parseArgs } from 'node:util'
import type { QueueRow } from '../../contract/screens/operator.ts'
import { type QueueReader, readQueue } from '../store/read-queue.ts'
import { StoreFault } from '../store/store-fault.ts'
import { queueCsv } from './adapters/queue-export.ts'
import { problemLine } from './config/config-problem.ts'
import { loadConfig } from './config/load-config.ts'

export interface OutboxAnswer {
  /** 0: here it is. 1: it cannot be read. 2: asked wrongly. */
  readonly exitCode: 0 | 1 | 2
  readonly text: string
}

const usage = `usage: npm run -s outbox -- --config FILE [--csv]
  FILE   the kiosk's configuration
  --csv  every message as CSV; without it, a summary and what is still open
`

/** The queue to the province for somebody who is connected over SSH; changes nothing. */
export function outboxCommand(args: readonly string[]): OutboxAnswer {
  const asked = readArguments(args)
  if (asked === undefined) return { exitCode: 2, text: usage }
  const loaded = loadConfig(asked.config)
  if (!loaded.ok) return { exitCode: 2, text: `${loaded.problems.map(problemLine).join('\n')}\n` }
  const { dataFolder } = loaded.config
  try {
    const text = readQueue(dataFolder, asked.csv ? csv : summary)
    if (text !== undefined) return { exitCode: 0, text }
    return { exitCode: 1, text: `${dataFolder}: no database of a kiosk yet\n` }
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error
    return { exitCode: 1, text: `${error.code}: ${error.message}\n` }
  }
}

function csv(queue: QueueReader): string {
  return queueCsv(queue.rows('all', 0, Number.MAX_SAFE_INTEGER))
}

function summary(queue: QueueReader): string {
  const counts = Object.entries(queue.counts()).map(([state, count]) => `${state} ${count}`)
  const open = queue.rows('open', 0, Number.MAX_SAFE_INTEGER)
  const oldest = `oldest open since ${queue.oldestOpenAt() ?? '–'}`
  return [counts.join('   '), oldest, ...open.map(rowLine), ''].join('\n')
}

function rowLine({ sequence, createdAt, kind, lane, state, attempts, ...row }: QueueRow): string {
  const tries = `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
  const why = row.behind ? 'waits for an older one of its lane' : (row.answer ?? '–')
  return [sequence, createdAt, kind, lane, state, tries, why].join('  ')
}

function readArguments(args: readonly string[]): { config: string; csv: boolean } | undefined {
  try {
    const options = { config: { type: 'string' }, csv: { type: 'boolean' } } as const
    const { config, csv = false } = parseArgs({ args: [...args], options }).values
    return config === undefined ? undefined : { config, csv }
  } catch {
    return undefined
  }
}
