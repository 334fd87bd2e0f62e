import pg from 'pg'
import { checkTexts, type Database, StoreBusyError } from '../sql/database.ts'
import type { Outcome, Step, Work } from '../sql/work.ts'

/** 64-bit integers come as numbers: none here is beyond 2^53. */
const int8 = 20
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

const connectMs = 5_000
const statementMs = 30_000
const maxConnections = 10
/** Somebody else was in the way and had to win; the work is run again from the start. */
const again = new Set(['40001', '40P01'])
const maxRuns = 6

/** @param url `postgres://…`; what it lacks comes from PGHOST, PGUSER, PGPASSWORD, ~/.pgpass */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'province',
    max: maxConnections,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    lock_timeout: statementMs / 2,
    idle_in_transaction_session_timeout: statementMs,
    keepAlive: true,
    types,
  })
  // A connection that breaks while idle is replaced by the next that is needed; one that breaks at work also
  // fails the query it was at, which is where it is dealt with.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

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

  const transaction = async <T>(work: () => Work<T>): Promise<T> => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
      const value = await drive(client, work)
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

  return {
    async read(work) {
      try {
        return await drive(pool, work)
      } catch (error) {
        throw asStoreError(error)
      }
    },
    async write(work) {
      for (let runs = 1; ; runs += 1) {
        try {
          return await transaction(work)
        } catch (error) {
          if (runs < maxRuns && again.has(codeOf(error))) continue
          throw asStoreError(error)
        }
      }
    },
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
