import type pg from 'pg'

const oldestVersion = 130_000

/** A receipt must never outlive its message: a server that acknowledges what it has not flushed is refused. */
export async function checkDurability(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<Record<'version' | 'encoding' | 'fsync' | 'commit', string>>(
    `SELECT current_setting('server_version_num') AS version,
       current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
       current_setting('synchronous_commit') AS commit`,
  )
  const found = rows[0]
  if (!found) throw new Error('PostgreSQL does not tell its settings')
  if (Number(found.version) < oldestVersion) throw new Error('PostgreSQL is older than 13')
  if (found.encoding !== 'UTF8') throw new Error(`the database is ${found.encoding}, not UTF8`)
  if (found.fsync !== 'on') throw new Error('PostgreSQL runs with fsync off')
  if (found.commit === 'off') throw new Error('PostgreSQL runs with synchronous_commit off')
}
