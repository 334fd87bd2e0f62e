import type { Statement as Prepared } from 'better-sqlite3'
import { checkTexts, type Database, StoreBusyError } from '../sql/database.ts'
import type { Outcome, Step, Work } from '../sql/work.ts'
import type { Connection } from './connection.ts'

interface Job {
  /** Runs the work inside the open transaction; answers how to tell the caller once it is committed. */
  readonly run: () => () => void
  readonly reject: (error: unknown) => void
}

/** Keeps one commit from holding up the event loop. */
const jobsPerCommit = 200

/**
 * What arrives together is committed together: one flush of the disk for all, each behind a savepoint of its
 * own, and nobody is answered before the commit.
 */
export function sqliteDatabase(db: Connection): Database {
  const prepared = new Map<string, Prepared>()
  const prepare = (text: string): Prepared => {
    const known = prepared.get(text)
    if (known) return known
    const statement = db.prepare(text.replace(/ FOR UPDATE$/, ''))
    prepared.set(text, statement)
    return statement
  }
  const execute = (step: Step): Outcome => {
    if ('lock' in step) return { rows: [], changes: 0 }
    checkTexts(step)
    const statement = prepare(step.text)
    if (!statement.reader) {
      return { rows: [], changes: statement.run(...step.values).changes }
    }
    const rows = statement.all(...step.values)
    return { rows, changes: rows.length }
  }
  const drive = <T>(work: () => Work<T>): T => {
    const steps = work()
    let step = steps.next()
    while (!step.done) step = steps.next(execute(step.value))
    return step.value
  }

  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const rollback = db.prepare('ROLLBACK')
  const savepoint = db.prepare('SAVEPOINT job')
  const release = db.prepare('RELEASE job')
  const rollbackTo = db.prepare('ROLLBACK TO job')
  let waiting: Job[] = []
  let flushing: NodeJS.Immediate | undefined

  function flush(): void {
    flushing = undefined
    const jobs = waiting.slice(0, jobsPerCommit)
    waiting = waiting.slice(jobsPerCommit)
    if (waiting.length > 0) flushing = setImmediate(flush)
    const tell: (() => void)[] = []
    try {
      begin.run()
      for (const job of jobs) tell.push(runOne(job))
      commit.run()
    } catch (error) {
      if (db.inTransaction) rollback.run()
      for (const job of jobs) job.reject(asStoreError(error))
      return
    }
    for (const told of tell) told()
  }

  function runOne(job: Job): () => void {
    savepoint.run()
    try {
      const told = job.run()
      release.run()
      return told
    } catch (error) {
      // A full or failing disk ends the whole transaction, and with it what the others had done.
      if (!db.inTransaction) throw error
      rollbackTo.run()
      release.run()
      return () => job.reject(asStoreError(error))
    }
  }

  function write<T>(work: () => Work<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        const value = drive(work)
        return () => resolve(value)
      }
      waiting.push({ run, reject })
      flushing ??= setImmediate(flush)
    })
  }

  return {
    async read(work) {
      try {
        return drive(work)
      } catch (error) {
        throw asStoreError(error)
      }
    },
    write,
    append: (_key, work) => write(work),
    async close() {
      while (flushing) {
        clearImmediate(flushing)
        flush()
      }
      db.close()
    },
  }
}

/** A full or busy disk passes. */
function asStoreError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!/^SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|PROTOCOL)/.test(code)) return error
  return new StoreBusyError(code, { cause: error })
}
