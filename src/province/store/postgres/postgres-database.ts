import type pg from 'pg'
import { checkTexts, type Database, StoreBusyError } from '../sql/database.ts'
import type { Outcome, Step, Work } from '../sql/work.ts'
import { sharedCommits } from './shared-commits.ts'

/** Somebody else was in the way and had to win; the work is run again from the start. */
const again = new Set(['40001', '40P01'])
const maxRuns = 6

export function postgresDatabase(pool: pg.Pool): Database {
  const named = new Map<string, { readonly name: string; readonly text: string }>()
  const prepare = (text: string) => {
    const known = named.get(text)
    if (known) return known
    let number = 0
    const numbered = text.replaceAll('?', () => {
      number += 1
      return `$${number}`
    })
    const statement = { name: `s${named.size + 1}`, text: numbered }
    named.set(text, statement)
    return statement
  }
  const execute = async (client: pg.Pool | pg.PoolClient, step: Step): Promise<Outcome> => {
    const { text, values } =
      'lock' in step
        ? { text: 'SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', values: [step.lock] }
        : step
    checkTexts({ text, values })
    const result = await client.query({ ...prepare(text), values: [...values] })
    return { rows: result.rows, changes: result.rowCount ?? 0 }
  }
  const drive = async <T>(client: pg.Pool | pg.PoolClient, work: () => Work<T>): Promise<T> => {
    const steps = work()
    let step = steps.next()
    while (!step.done) step = steps.next(await execute(client, step.value))
    return step.value
  }

  const transaction = async <T>(inside: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
      const value = await inside(client)
      const { command } = await client.query('COMMIT')
      // A transaction that failed before answers the COMMIT with ROLLBACK, and without an error.
      if (command !== 'COMMIT') throw new Error(`the commit was answered with ${command}`)
      client.release()
      return value
    } catch (error) {
      const rolledBack = await client.query('ROLLBACK').then(
        () => true,
        () => false,
      )
      client.release(!rolledBack)
      throw error
    }
  }

  const write = async <T>(work: () => Work<T>): Promise<T> => {
    for (let runs = 1; ; runs += 1) {
      try {
        return await transaction((client) => drive(client, work))
      } catch (error) {
        if (runs < maxRuns && again.has(codeOf(error))) continue
        throw asStoreError(error)
      }
    }
  }

  const append = sharedCommits({ drive, transaction, write })

  return {
    async read(work) {
      try {
        return await drive(pool, work)
      } catch (error) {
        throw asStoreError(error)
      }
    },
    write,
    append,
    close: () => pool.end(),
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** The database is away, restarting, full, or others are in the way: it passes. */
function asStoreError(error: unknown): unknown {
  const code = codeOf(error)
  const passes =
    /^(08|53|57P|40)/.test(code) ||
    ['55P03', '57014', '25P03'].includes(code) ||
    /^E(CONN|PIPE|TIMEDOUT|HOST|NET|NOTFOUND|AI_AGAIN|NOENT)/.test(code) ||
    (error instanceof Error && /^(Connection terminated|timeout exceeded)/.test(error.message))
  return passes ? new StoreBusyError(code || 'connection', { cause: error }) : error
}
