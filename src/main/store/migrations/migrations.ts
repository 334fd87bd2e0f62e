import { initial } from './0010-initial.ts'
import { rightsByRunningTime } from './0020-rights-by-running-time.ts'
import { pages } from './0030-pages.ts'
import { deviceTests } from './0040-device-tests.ts'
import { supplies } from './0050-supplies.ts'
import { reminders } from './0060-reminders.ts'
import { papersGoingBack } from './0070-papers-going-back.ts'
import { lowDoors } from './0080-low-doors.ts'
import { restorations } from './0090-restorations.ts'
import { signedAuditHeads } from './0100-signed-audit-heads.ts'
import { grownTables } from './0105-grown-tables.ts'
import { sentByEpoch } from './0120-sent-by-epoch.ts'
import type { Migration } from './migration.ts'

/** In the order in which they run; numbers leave room between them. */
export const migrations: readonly Migration[] = [
  initial,
  rightsByRunningTime,
  pages,
  deviceTests,
  supplies,
  reminders,
  papersGoingBack,
  lowDoors,
  restorations,
  signedAuditHeads,
  grownTables,
  sentByEpoch,
]
