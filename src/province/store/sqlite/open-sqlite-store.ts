import { join } from 'node:path'
import type { ProvinceStore } from '../contract.ts'
import { createStore } from '../sql/create-store.ts'
import { openConnection } from './connection.ts'
import { migrate } from './schema.ts'
import { sqliteDatabase } from './sqlite-database.ts'

export function sqliteStoreFile(dataFolder: string): string {
  return join(dataFolder, 'province.sqlite')
}

/** Opens (or begins) the store of a data folder. Throws when it is damaged or written by newer software. */
export function openSqliteStore(dataFolder: string): ProvinceStore {
  const db = openConnection(sqliteStoreFile(dataFolder))
  try {
    migrate(db)
    return createStore(sqliteDatabase(db))
  } catch (error) {
    db.close()
    throw error
  }
}
