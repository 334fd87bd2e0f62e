import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Keys } from '../security/keys.ts'
import type { ProvinceStore } from '../store/contract.ts'
import { pageHashes } from './page-hashes.ts'
import type { RetentionConfig } from './retention-config.ts'

const dayMs = 24 * 60 * 60_000
const atOnce = 50

export interface RetentionJob {
  /** Does nothing when the last time was less than a day ago. */
  run(): Promise<void>
}

/** Forgets what has been kept long enough. Each dossier is on record in the access log. */
export function retentionJob(parts: {
  readonly store: ProvinceStore
  readonly keys: Keys
  readonly retention: RetentionConfig
  readonly clock: Clock
  readonly log: Log
}): RetentionJob {
  const { store, keys, retention, clock, log } = parts
  let nextMs = 0
  let running: Promise<void> | undefined

  const forget = async (): Promise<void> => {
    const nowMs = clock().getTime()
    if (nowMs < nextMs) return
    const at = new Date(nowMs).toISOString()
    const daysAgo = (days: number) => new Date(nowMs - days * dayMs).toISOString()
    const before = {
      over: daysAgo(retention.dossierDays),
      accepted: daysAgo(retention.dossierWithoutResultDays),
    }
    let dossiers = 0
    for (;;) {
      const due = await store.erasures.due(before, atOnce)
      let erased = 0
      for (const { intakeId, sealed } of due) {
        const pages = await pageHashes(keys, sealed)
        const outcome = await store.erasures.eraseDossier(intakeId, pages, at, 'retention')
        if (outcome !== 'erased') continue
        await store.accessLog.add({
          at,
          user: 'retention',
          action: 'eraseDossier',
          subject: intakeId,
        })
        erased += 1
      }
      dossiers += erased
      if (erased === 0) break
    }
    const notices = await store.erasures.eraseNotices(daysAgo(retention.noticeDays))
    if (dossiers + notices > 0) log('info', `forgotten: ${dossiers} dossiers, ${notices} notices`)
    nextMs = nowMs + dayMs
  }

  return {
    run() {
      running ??= forget().finally(() => {
        running = undefined
      })
      return running
    },
  }
}
