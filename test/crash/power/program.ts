import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { openRunningClock } from '../../../src/main/core/process/running-clock.ts'
import { openJournal } from '../../../src/main/store/journal.ts'
import { keepInEpochBook } from '../../../src/main/store/restore/epoch-book.ts'
import { openStoreMark } from '../../../src/main/store/restore/store-mark.ts'
import {
  openSampleStore,
  sampleAt,
  sampleIntakeId,
  sampleSeal,
  sampleStaffId,
} from '../../../src/main/store/testing/sample.ts'
import { chanceOf } from '../random/chance.ts'
import { backUp, keepPages, openMarks, prune, sendPages } from './program-parts.ts'
import { diskFolders, type WorldEvent } from './world-event.ts'

// Several dossiers by the store's and the journal's own writers, in the order of the journeys. What reaches the
// world outside is written to a file of its own: in the record of system calls it stands between the flushes.
const [folder = '', seed = '', dossiers = ''] = process.argv.slice(2)
const hourMs = 3_600_000
const chance = chanceOf(Number(seed))
const { data, journalFolder, runningTime, worldFile } = diskFolders(folder)
mkdirSync(data, { recursive: true, mode: 0o700 })
const world = openSync(worldFile, 'a')
const tell = (event: WorldEvent) => void writeSync(world, `${JSON.stringify(event)}\n`)

/** A restart of core in between: the WAL is taken up, or has been folded into the file. */
async function open() {
  const journal = await openJournal({ folder: journalFolder, now: () => new Date(0) })
  const mark = openStoreMark(journalFolder)
  const keys = { count: restarts * 1_000 }
  const store = openSampleStore(data, {
    firstEpoch: journal.highestEpoch + 1,
    mark,
    newKey() {
      keys.count += 1
      return `00000000-0000-7000-8000-${String(keys.count).padStart(12, '0')}`
    },
  })
  await keepInEpochBook(journalFolder, store.restoration.epochs())
  tell({ event: 'epoch', epoch: store.epoch.epoch().epoch })
  const marks = openMarks(folder)
  const clock = await openRunningClock(runningTime, {
    bootId: () => 'boot-1',
    bootMs: () => bootMs,
  })
  return { journal, store, mark, marks, clock }
}

async function close() {
  marks.close()
  await journal.close()
  store.close()
  mark.close()
}

/** Of some length: messages take less than a page of the WAL, or several. */
const sealedOf = (bytes: number) => Buffer.alloc(bytes, 'sealed').toString('base64')

let restarts = 0
let bootMs = 0
let { journal, store, mark, marks, clock } = await open()
store.epoch.markEpochRegistered(1)
tell({ event: 'registered' })

for (let number = 1; number <= Number(dossiers); number += 1) {
  const intakeId = sampleIntakeId(number)
  const compartment = chance.between(1, 4)
  const allocated = store.flow.allocateIntakeNumber()
  tell({ event: 'number', ...allocated })
  marks.serve(intakeId)
  const pages = await keepPages(folder, store, chance, tell)
  const sealed = sealedOf(chance.between(10, 7_000))
  const seal = { ...sampleSeal(number, compartment), sealed, pages }
  store.flow.sealDossier(seal)
  store.flow.recordDepositUnlock(intakeId)
  tell({ event: 'pulse', intakeId })
  store.flow.depositDossier(intakeId, sampleAt)
  const { bagCode, contentHash, procedureCode } = seal
  const entry = { intakeId, at: sampleAt, sealed, contentHash, bagCode, compartment, procedureCode }
  await journal.append(entry)
  const copy = store.flow.recordSlipBegun(intakeId)
  tell({ event: 'paper', intakeId })
  if (chance.happens(0.8)) store.flow.recordSlipSeen(intakeId, copy, sampleAt)

  bootMs = number * hourMs
  await clock.save()
  tell({ event: 'clockSaved', runningMs: clock.runningMs() })
  marks.leave()

  await sendPages(folder, pages, tell)
  // The next of a lane is due when the one before it has its receipt.
  for (let tries = 4; tries > 0; tries -= 1) {
    const [row] = store.outbox.due(Number.MAX_SAFE_INTEGER, 1)
    if (row === undefined) break
    store.outbox.markSending(row.key)
    tell({ event: 'sent', key: row.key })
    if (chance.happens(0.3)) continue
    store.outbox.acknowledge(row.key, '{"receipt":true}', sampleAt)
    tell({ event: 'acknowledged', key: row.key })
  }
  store.flow.recordEmptyingUnlock(compartment, sampleStaffId)
  store.flow.recordBagCollected(intakeId, sampleStaffId, sampleAt)
  tell({ event: 'collected', intakeId })

  if (number === 1 || chance.happens(0.4)) backUp(folder, bootMs, tell)
  if (number === 3 || chance.happens(0.4)) await prune(folder, store, journal, tell)

  if (chance.happens(0.3)) {
    await close()
    restarts += 1
    ;({ journal, store, mark, marks, clock } = await open())
  }
}
await close()
closeSync(world)
