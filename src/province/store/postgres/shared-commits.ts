import type pg from 'pg'
import type { Database } from '../sql/database.ts'
import type { Work } from '../sql/work.ts'

interface Job {
  readonly key: string
  readonly work: () => Work<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

const jobsPerCommit = 50
/** Few, so that what arrives while they are under way shares the next one. */
const commitsAtOnce = 3

/** What arrives while a few commits are under way shares the next: one flush of the disk for all. */
export function sharedCommits(parts: {
  readonly drive: <T>(client: pg.PoolClient, work: () => Work<T>) => Promise<T>
  readonly transaction: <T>(inside: (client: pg.PoolClient) => Promise<T>) => Promise<T>
  readonly write: Database['write']
}): Database['append'] {
  const { drive, transaction, write } = parts
  let waiting: Job[] = []
  let committing = 0

  function pump(): void {
    while (committing < commitsAtOnce && waiting.length > 0) {
      const jobs = waiting.slice(0, jobsPerCommit)
      waiting = waiting.slice(jobsPerCommit)
      committing += 1
      void commitTogether(jobs).finally(() => {
        committing -= 1
        pump()
      })
    }
  }

  /** All or none; if none, each by itself: one that fails must not harm the others. */
  async function commitTogether(jobs: readonly Job[]): Promise<void> {
    const alone = ({ work, resolve, reject }: Job) => write(work).then(resolve, reject)
    const [only] = jobs
    if (jobs.length === 1 && only) return alone(only)
    // Everybody waits for keys in the same order, so that nobody waits in a circle.
    const inOrder = jobs.toSorted((a, b) => (a.key < b.key ? -1 : 1))
    try {
      const values = await transaction(async (client) => {
        const ends = await Promise.allSettled(inOrder.map(({ work }) => drive(client, work)))
        return ends.map((end) => {
          if (end.status === 'rejected') throw end.reason
          return end.value
        })
      })
      for (const [index, job] of inOrder.entries()) job.resolve(values[index])
    } catch {
      await Promise.all(jobs.map(alone))
    }
  }

  return <T>(key: string, work: () => Work<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ key, work, resolve: resolve as Job['resolve'], reject })
      if (waiting.length === 1) setImmediate(pump)
    })
}
