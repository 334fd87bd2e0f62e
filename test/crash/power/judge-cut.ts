import { verifyAudit } from '../../../src/main/audit/verify-audit.ts'
import { type OpenJournal, openJournal } from '../../../src/main/store/journal.ts'
import type { Store } from '../../../src/main/store/open-store.ts'
import { examineDatabase } from '../../../src/main/store/restore/examine-database.ts'
import { openStoreMark } from '../../../src/main/store/restore/store-mark.ts'
import { dumpDatabase } from '../../../src/main/store/testing/dump-database.ts'
import { openSampleStore } from '../../../src/main/store/testing/sample.ts'
import { judgeBackups } from './judge-backups.ts'
import { judgeMarks } from './judge-marks.ts'
import { judgePages } from './judge-pages.ts'
import { diskFolders, type WorldEvent } from './world-event.ts'

/** Starts on what a power cut left and holds it against what the world had seen; answers what is wrong. */
export async function judgeCut(
  folder: string,
  world: readonly WorldEvent[],
): Promise<readonly string[]> {
  const { data, journalFolder } = diskFolders(folder)
  const journal = await openJournal({ folder: journalFolder, now: () => new Date(0) })
  const mark = openStoreMark(journalFolder)
  let store: Store | undefined
  try {
    // A power cut is no damage: nothing may be restored, no epoch begun, no door kept shut for it.
    const damage = examineDatabase(data, {
      kioskId: 'K07',
      mark: mark.found,
      newestDeposit: journal.newest?.intakeId,
      ranBefore: mark.found !== undefined || journal.newest !== undefined,
    })
    if (damage !== undefined) return [`the database counts as ${damage}`]
    store = openSampleStore(data, { firstEpoch: journal.highestEpoch + 1, mark })
    return [
      ...judgeStore(data, store, journal, world),
      ...(await judgePages(folder, store, world)),
      ...judgeBackups(folder, world),
      ...(await judgeMarks(folder, world)),
    ]
  } finally {
    store?.close()
    mark.close()
    await journal.close()
  }
}

function judgeStore(
  data: string,
  store: Store,
  journal: OpenJournal,
  world: readonly WorldEvent[],
): readonly string[] {
  const wrong: string[] = []
  const stateIn = (intakeId: string) => store.flow.dossier(intakeId)?.state ?? 'unknown'
  const { outbox = [] } = dumpDatabase(data)
  const stateOf = new Map(
    (outbox as { key: string; state: string }[]).map(({ key, state }) => [key, state]),
  )
  const pruned = new Set(world.flatMap((one) => (one.event === 'pruned' ? [one.intakeId] : [])))
  for (const intakeId of pruned) wrong.push(...judgePruned(intakeId, outbox))
  if (!verifyAudit(store.auditRows()).ok) wrong.push('the audit chain is broken')
  if (journal.setAside !== null) wrong.push('the journal was damaged in its middle')
  for (const one of world) {
    switch (one.event) {
      case 'registered':
        if (!store.epoch.epoch().registered) wrong.push('the epoch is unregistered again')
        break
      case 'pulse':
        if (!store.flow.dossier(one.intakeId)?.unlockSent) {
          wrong.push(`a door opened and nobody knows: ${one.intakeId}`)
        }
        break
      case 'paper':
        if (!/^(deposited|slipped|collected|reconciled)$/.test(stateIn(one.intakeId))) {
          wrong.push(`a slip without a dossier: ${one.intakeId} is ${stateIn(one.intakeId)}`)
        }
        if (!journal.has(one.intakeId) && !pruned.has(one.intakeId)) {
          wrong.push(`a slip not in the journal: ${one.intakeId}`)
        }
        break
      case 'collected':
        if (!/^(collected|reconciled)$/.test(stateIn(one.intakeId))) {
          wrong.push(`taken out and not on record: ${one.intakeId}`)
        }
        break
      case 'sent':
        if (!stateOf.has(one.key)) wrong.push(`the province has what is not here: ${one.key}`)
        break
      case 'acknowledged':
        if (stateOf.get(one.key) !== 'acknowledged') wrong.push(`a receipt is lost: ${one.key}`)
        break
      default:
        break
    }
  }
  const given = world.filter((one) => one.event === 'number')
  const next = store.flow.allocateIntakeNumber()
  if (given.some((one) => one.epoch === next.epoch && one.number === next.number)) {
    wrong.push(`number ${next.number} is given twice`)
  }
  return wrong
}

/** Whoever was taken out of the journal has left the machine for good, by receipts. */
function judgePruned(intakeId: string, outbox: readonly unknown[]): readonly string[] {
  const open = (outbox as { lane: string; state: string }[]).filter(
    ({ lane, state }) => lane === intakeId && state !== 'acknowledged',
  )
  return open.length === 0 ? [] : [`pruned without a receipt: ${intakeId}`]
}
