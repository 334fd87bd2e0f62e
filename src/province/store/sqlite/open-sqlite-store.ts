import { join } from 'node:path'
import type { ProvinceStore } from '../contract.ts'
import { sqliteAccessLog } from './access-log.ts'
import { openConnection } from './connection.ts'
import { sqliteDossiers } from './dossiers.ts'
import { sqliteFeed } from './feed.ts'
import { sqliteKiosks } from './kiosks.ts'
import { sqliteMessages } from './messages.ts'
import { sqlitePages } from './pages.ts'
import { sqliteResults } from './results.ts'
import { migrate } from './schema.ts'
import { sqliteSms } from './sms.ts'
import { sqliteStaff } from './staff.ts'
import { sqliteUsers } from './users.ts'

export function sqliteStoreFile(dataFolder: string): string {
  return join(dataFolder, 'province.sqlite')
}

/** Opens (or begins) the store of a data folder. Throws when it is damaged or written by newer software. */
export function openSqliteStore(dataFolder: string): ProvinceStore {
  const db = openConnection(sqliteStoreFile(dataFolder))
  migrate(db)
  return {
    kiosks: sqliteKiosks(db),
    messages: sqliteMessages(db),
    pages: sqlitePages(db),
    dossiers: sqliteDossiers(db),
    results: sqliteResults(db),
    feed: sqliteFeed(db),
    staff: sqliteStaff(db),
    users: sqliteUsers(db),
    sms: sqliteSms(db),
    accessLog: sqliteAccessLog(db),
    async close() {
      db.close()
    },
  }
}
