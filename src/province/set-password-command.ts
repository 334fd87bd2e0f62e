import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Clock } from './clock.ts'
import { hashSecret } from './security/secret-hash.ts'
import { openPostgresStore } from './store/postgres/open-postgres-store.ts'
import { openSqliteStore, sqliteStoreFile } from './store/sqlite/open-sqlite-store.ts'
import { passwordFlaw } from './web/password-rule.ts'

export interface CommandAnswer {
  /** 0: done. 1: it cannot be done. 2: asked wrongly. */
  readonly exitCode: 0 | 1 | 2
  readonly text: string
}

const usage = `usage: npm run -s province -- set-password NAME --data DIR [--database postgres://…] < PASSWORD
  the new password is the first line of the standard input; the province may go on running
`

/** For whoever forgot theirs: a new password, and every session of that user ends. */
export async function setPasswordCommand(
  args: readonly string[],
  { clock, readLine }: { readonly clock: Clock; readonly readLine: () => string | undefined },
): Promise<CommandAnswer> {
  const asked = readArguments(args)
  const password = asked && readLine()
  if (!asked || password === undefined) return { exitCode: 2, text: usage }
  const { name, data, database } = asked
  if (database === undefined && !existsSync(sqliteStoreFile(data))) {
    return { exitCode: 1, text: `${data}: no store of a province\n` }
  }
  const flaw = passwordFlaw(password, name)
  if (flaw !== undefined) return { exitCode: 1, text: `${flaw}\n` }
  const store = database ? await openPostgresStore(database) : openSqliteStore(data)
  try {
    if (!(await store.users.setPassword(name, await hashSecret(password)))) {
      return { exitCode: 1, text: `${name} is no user of this province\n` }
    }
    const at = clock().toISOString()
    await store.accessLog.add({ at, user: 'set-password', action: 'passwordSet', subject: name })
    return { exitCode: 0, text: `${name} has a new password; their sessions are over\n` }
  } finally {
    await store.close()
  }
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string' }, database: { type: 'string' } },
    })
    const [name, ...more] = positionals
    if (name === undefined || more.length > 0 || values.data === undefined) return undefined
    return { name, data: values.data, database: values.database }
  } catch {
    return undefined
  }
}
