import type { ProvinceStore } from '../contract.ts'
import { sqlAccessLog } from './access-log.ts'
import type { Database } from './database.ts'
import { sqlDossiers } from './dossiers.ts'
import { sqlErasures } from './erasures.ts'
import { sqlFeed } from './feed.ts'
import { sqlHeartbeats } from './heartbeats.ts'
import { sqlIdentity } from './identity.ts'
import { sqlKiosks } from './kiosks.ts'
import { sqlMessages } from './messages.ts'
import { sqlOfficial } from './official.ts'
import { sqlPages } from './pages.ts'
import { sqlResults } from './results.ts'
import { sqlSessions } from './sessions.ts'
import { sqlSms } from './sms.ts'
import { sqlStaff } from './staff.ts'
import { sqlUsers } from './users.ts'

/** The store over either database. */
export function createStore(db: Database): ProvinceStore {
  return {
    identity: sqlIdentity(db),
    kiosks: sqlKiosks(db),
    heartbeats: sqlHeartbeats(db),
    messages: sqlMessages(db),
    pages: sqlPages(db),
    dossiers: sqlDossiers(db),
    results: sqlResults(db),
    feed: sqlFeed(db),
    staff: sqlStaff(db),
    users: sqlUsers(db),
    sessions: sqlSessions(db),
    sms: sqlSms(db),
    official: sqlOfficial(db),
    erasures: sqlErasures(db),
    accessLog: sqlAccessLog(db),
    close: () => db.close(),
  }
}
