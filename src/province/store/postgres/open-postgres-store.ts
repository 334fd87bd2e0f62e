import type { ProvinceStore } from '../contract.ts'
import { createStore } from '../sql/create-store.ts'
import { checkDurability } from './check-durability.ts'
import { migrate } from './migrate.ts'
import { openPool } from './open-pool.ts'
import { postgresDatabase } from './postgres-database.ts'

/**
 * Connects and brings the schema up to date. Throws when the server may lose commits, the database was written
 * by newer software, or nobody answers.
 * @param url `postgres://user@host:5432/database`
 */
export async function openPostgresStore(url: string): Promise<ProvinceStore> {
  const pool = openPool(url)
  try {
    await checkDurability(pool)
    await migrate(pool)
    return createStore(postgresDatabase(pool))
  } catch (error) {
    await pool.end()
    throw error
  }
}
