import type { Store } from '../open-store.ts'
import type { CommitEffect } from '../store-tap.ts'
import {
  sampleAt,
  sampleGrant,
  sampleIntakeId,
  samplePage,
  sampleResult,
  sampleRight,
  sampleSeal,
  sampleStaffId,
  stockedDraft,
} from './sample.ts'

export interface Step {
  readonly effect: CommitEffect
  run(store: Store): void
}

const step = (effect: CommitEffect, run: (store: Store) => void): Step => ({ effect, run })
const id = sampleIntakeId
const firstKey = (store: Store) => {
  const row = store.outbox.due(Number.MAX_SAFE_INTEGER, 1)[0]
  if (row === undefined) throw new Error('nothing to send')
  return row.key
}

const parkedKey = (store: Store) => {
  const row = store.queue.rows('parked', 0, 1)[0]
  if (row === undefined) throw new Error('nothing is parked')
  return row.key
}

/** One run through every commit of the store, each one step; kill tests end it inside any of them. */
export const allEffects: readonly Step[] = [
  step('commit:markEpochRegistered', (store) => store.epoch.markEpochRegistered(1)),
  step('commit:allocateIntakeNumber', (store) => store.flow.allocateIntakeNumber()),
  step('commit:keepDraftPage', (store) => store.pages.keepDraftPage(samplePage(1))),
  step('commit:keepDraftPage', (store) => store.pages.keepDraftPage(samplePage(2))),
  step('commit:keepDraftPage', (store) => store.pages.keepDraftPage(samplePage(3))),
  step('commit:dropDraftPages', (store) => store.pages.dropDraftPages([samplePage(2).contentHash])),
  step('commit:sealDossier', (store) =>
    store.flow.sealDossier({ ...sampleSeal(1, 1), pages: [samplePage(1).contentHash] }),
  ),
  step('commit:expireDraftPages', (store) => {
    store.pages.expireDraftPages(Number.MAX_SAFE_INTEGER)
  }),
  step('commit:recordDepositUnlock', (store) => store.flow.recordDepositUnlock(id(1))),
  step('commit:moveDossier', (store) => store.flow.moveDossier(id(1), 2, 'DOOR_NOT_OPENED')),
  step('commit:recordDepositUnlock', (store) => store.flow.recordDepositUnlock(id(1))),
  step('commit:depositDossier', (store) => store.flow.depositDossier(id(1), sampleAt)),
  step('commit:recordSlipBegun', (store) => store.flow.recordSlipBegun(id(1))),
  step('commit:queueSlipSms', (store) => store.flow.queueSlipSms(id(1))),
  step('commit:recordSlipSeen', (store) => store.flow.recordSlipSeen(id(1), 1, sampleAt)),
  step('commit:releaseCompartment', (store) => store.flow.releaseCompartment(1, sampleStaffId)),
  step('commit:sealDossier', (store) => store.flow.sealDossier(sampleSeal(2, 1))),
  step('commit:abandonDossier', (store) => store.flow.abandonDossier(id(2), 'nothing', 'empty')),
  step('commit:sealDossier', (store) => store.flow.sealDossier(sampleSeal(3, 1))),
  step('commit:markDepositUnknown', (store) =>
    store.flow.markDepositUnknown(id(3), 'BUS_SILENT', sampleAt),
  ),
  step('commit:recordEmptyingUnlock', (store) => store.flow.recordEmptyingUnlock(2, sampleStaffId)),
  step('commit:cancelEmptying', (store) => store.flow.cancelEmptying(2)),
  step('commit:recordWitnessedUnlock', (store) =>
    store.flow.recordWitnessedUnlock(2, { staffId: sampleStaffId, secondStaffId: 'S-2' }),
  ),
  step('commit:cancelEmptying', (store) => store.flow.cancelEmptying(2)),
  step('commit:recordEmptyingUnlock', (store) => store.flow.recordEmptyingUnlock(2, sampleStaffId)),
  step('commit:recordBagCollected', (store) =>
    store.flow.recordBagCollected(id(1), sampleStaffId, sampleAt),
  ),
  step('commit:recordBagMissing', (store) =>
    store.flow.recordBagMissing(id(3), sampleStaffId, sampleAt),
  ),
  step('commit:recordLookUnlock', (store) => store.flow.recordLookUnlock(3, sampleStaffId)),
  step('commit:releaseCompartment', (store) => store.flow.releaseCompartment(3, sampleStaffId)),
  step('commit:recordDeviceTest', (store) =>
    store.deviceTests.recordDeviceTest(
      'printer',
      { test: 'testSlip', at: sampleAt, outcome: 'good', detail: 'processId' },
      sampleStaffId,
    ),
  ),
  step('commit:fillSupply', (store) => store.supplies.fillSupply('paper', sampleStaffId)),
  step('commit:usePaper', (store) => store.supplies.usePaper(250)),
  step('commit:recordSurplus', (store) =>
    store.flow.recordSurplus({
      ...{ bagCode: 'BAG-9', compartment: 2, staffId: sampleStaffId, at: sampleAt },
    }),
  ),
  step('commit:markCompartment', (store) => store.flow.markCompartment(4, 'suspect', 'DOOR')),
  step('commit:applyFeedItem', (store) => store.feed.apply('results', 1, sampleResult('R1'))),
  step('commit:applyFeedItem', (store) => store.feed.apply('results', 2, sampleResult('R2'))),
  step('commit:applyFeedItem', (store) => store.feed.apply('staff', 1, sampleGrant)),
  step('commit:parkFeedItem', (store) => store.feed.parkItem('texts', 1, 'INVALID_ITEM')),
  step('commit:markRefusalTold', (store) => store.feed.markRefusalTold('texts', 1)),
  step('commit:assignResult', (store) => store.flow.assignResult('R1', 11, sampleStaffId)),
  step('commit:unassignResult', (store) => store.flow.unassignResult('R1', 'empty', 'nothing')),
  step('commit:assignResult', (store) => store.flow.assignResult('R1', 11, sampleStaffId)),
  step('commit:stockResult', (store) =>
    store.flow.stockResult('R1', sampleRight('G1'), stockedDraft('R1', 'G1', 11), sampleAt),
  ),
  step('commit:assignResult', (store) => store.flow.assignResult('R2', 12, sampleStaffId)),
  step('commit:stockResult', (store) =>
    store.flow.stockResult('R2', sampleRight('G2'), stockedDraft('R2', 'G2', 12), sampleAt),
  ),
  step('commit:beginTry', (store) =>
    store.flow.beginTry([{ scope: 'kiosk', limit: 3, windowMs: 1_000 }]),
  ),
  step('commit:takeBackTry', (store) => store.flow.takeBackTry(['kiosk'])),
  step('commit:beginTry', (store) =>
    store.flow.beginTry([{ scope: 'kiosk', limit: 3, windowMs: 1_000 }]),
  ),
  step('commit:clearTries', (store) => store.flow.clearTries(['kiosk'])),
  step('commit:beginOpening', (store) => store.flow.beginOpening('G1', sampleAt)),
  step('commit:recordOpened', (store) => store.flow.recordOpened('G1', sampleAt)),
  step('commit:recordNotTaken', (store) => store.flow.recordNotTaken('G1')),
  step('commit:beginOpening', (store) => store.flow.beginOpening('G1', sampleAt)),
  step('commit:recordTaken', (store) => store.flow.recordTaken('G1', sampleAt, 'empty')),
  step('commit:beginOpening', (store) => store.flow.beginOpening('G2', sampleAt)),
  step('commit:markCollectionUnknown', (store) =>
    store.flow.markCollectionUnknown('G2', 'BUS_SILENT', sampleAt),
  ),
  step('commit:withdrawResult', (store) =>
    store.flow.withdrawResult('R2', { staffId: sampleStaffId }, 'gone', sampleAt),
  ),
  step('commit:applyFeedItem', (store) => store.feed.apply('results', 3, sampleResult('R3'))),
  step('commit:assignResult', (store) => store.flow.assignResult('R3', 13, sampleStaffId)),
  step('commit:stockResult', (store) =>
    store.flow.stockResult(
      'R3',
      { ...sampleRight('G3'), validMs: 0 },
      stockedDraft('R3', 'G3', 13),
      sampleAt,
    ),
  ),
  step('commit:remindHolders', (store) => {
    store.reminders.remindHolders('2026-05-01T00:00:00.000Z')
  }),
  step('commit:expireRights', (store) => store.flow.expireRights('2026-05-01T00:00:00.000Z')),
  step('commit:recordReturnUnlock', (store) => store.flow.recordReturnUnlock(13, sampleStaffId)),
  step('commit:cancelEmptying', (store) => store.flow.cancelEmptying(13)),
  step('commit:recordWitnessedUnlock', (store) =>
    store.flow.recordWitnessedUnlock(
      13,
      { staffId: sampleStaffId, secondStaffId: 'S-2' },
      'officeAsks',
    ),
  ),
  step('commit:withdrawResult', (store) =>
    store.flow.withdrawResult(
      'R3',
      { staffId: sampleStaffId, secondStaffId: 'S-2' },
      'takenOut',
      sampleAt,
    ),
  ),
  step('commit:recordAudit', (store) => store.flow.audit.record('door.forced', { compartment: 3 })),
  step('commit:enqueue', (store) =>
    store.enqueue({ kind: 'rating', lane: 'rating', body: { score: 5 } }),
  ),
  step('commit:markSending', (store) => store.outbox.markSending(firstKey(store))),
  step('commit:postpone', (store) => store.outbox.postpone(firstKey(store), 5, 'BUSY')),
  step('commit:markSending', (store) => store.outbox.markSending(firstKey(store))),
  step('commit:acknowledge', (store) => store.outbox.acknowledge(firstKey(store), '{}', sampleAt)),
  step('commit:sendAgain', (store) => {
    const [sent] = store.sent.acknowledgedAfter(1, 0, 1)
    store.sent.sendAgain([sent?.key ?? ''])
  }),
  step('commit:park', (store) => store.outbox.park(firstKey(store), 'INVALID_MESSAGE')),
  step('commit:releaseParked', (store) => {
    store.queue.releaseParked(parkedKey(store), 'mended', sampleStaffId)
  }),
  step('commit:retryMessages', (store) => store.queue.retryNow(undefined, sampleStaffId)),
  step('commit:parkByHand', (store) => {
    store.queue.parkByHand(firstKey(store), 'holdBack', sampleStaffId)
  }),
  step('commit:deliverByHand', (store) => {
    const by = { officialCode: 'H99-1', staffId: sampleStaffId, secondStaffId: 'staff-0002' }
    store.queue.deliverByHand(parkedKey(store), by)
  }),
  step('commit:forget', (store) => {
    const late = '9999-01-01T00:00:00.000Z'
    store.forget.forgetOld({ over: late, withoutResult: late, abandoned: late, sent: late }, 10)
  }),
  step('commit:beginEpoch', (store) => store.epoch.beginEpoch(2)),
  step('commit:markCompartment', (store) =>
    store.flow.markCompartment(4, 'unknown', 'STORE_RESTORED'),
  ),
  step('commit:agreeEmpty', (store) => {
    store.restoration.agreeEmpty(4)
  }),
]
