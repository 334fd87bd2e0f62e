import type pg from 'pg'
import { migrations } from './schema.ts'

/** Any number that everybody here uses and nobody else. */
const migrationLock = 7_247_001

/**
 * Brings the schema up to date in one transaction, one process at a time; a database written by newer software
 * is refused, never touched.
 */
export async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    // Others may be at it for longer than any statement of ours takes.
    await client.query('SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0')
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (applied INTEGER NOT NULL)')
    const { rows } = await client.query<{ applied: number }>('SELECT applied FROM schema_version')
    const applied = rows[0]?.applied ?? 0
    if (applied > migrations.length) {
      throw new Error(`store has schema ${applied}, this software knows ${migrations.length}`)
    }
    for (const migration of migrations.slice(applied)) await client.query(migration)
    if (rows.length === 0) {
      await client.query('INSERT INTO schema_version VALUES ($1)', [migrations.length])
    } else if (applied < migrations.length) {
      await client.query('UPDATE schema_version SET applied = $1', [migrations.length])
    }
    await client.query('COMMIT')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}
