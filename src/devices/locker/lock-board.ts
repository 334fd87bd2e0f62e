import type { ReasonCode } from '../../contract/faults.ts'
import type { BoardReading, CompartmentSensors, Outcome } from '../contract.ts'
import { allUnknown } from './board-facts.ts'
import type { MissReason } from './lock-bus.ts'

/** Somebody who wants a frame that was requested after they asked. */
interface Reader {
  readonly afterExchange: number
  missesLeft: number
  readonly settle: (outcome: Outcome<BoardReading>) => void
}

/** One pulse whose door has not been settled yet. */
interface PulseWatch {
  readonly lock: number
  readonly exchange: number
  expired: boolean
  readonly settle: (outcome: Outcome) => void
}

/** What is known of one board, and who waits for what it says next. */
export interface LockBoard {
  readonly board: number
  facts(): readonly CompartmentSensors[]
  /** Facts of the newest frame, also when the board has fallen silent since. */
  lastSeen(): readonly CompartmentSensors[] | undefined
  /** Why nothing is known of the board; undefined while it answers or is still given time. */
  silentBecause(): MissReason | undefined
  answeredSinceConnect(): boolean
  /** Unanswered requests in a row. */
  misses(): number
  waitedFor(): boolean
  read(afterExchange: number, attempts: number): Promise<Outcome<BoardReading>>
  watch(lock: number, exchange: number): { expire(): void; readonly outcome: Promise<Outcome> }
  answered(facts: readonly CompartmentSensors[], reading: BoardReading, exchange: number): void
  missed(reason: MissReason, exchange: number): void
  /** Nothing is known any more; everybody who waits is told. */
  lost(reason: ReasonCode): void
  connected(): void
}

export function lockBoard(board: number, missesUntilSilent: number): LockBoard {
  let facts = allUnknown
  let lastSeen: readonly CompartmentSensors[] | undefined
  let answeredExchange = 0
  let answeredSinceConnect = false
  let misses = 0
  let silentBecause: MissReason | undefined
  const readers = new Set<Reader>()
  const watches = new Set<PulseWatch>()

  /** An observed open door settles a pulse at once; a closed one only when its time is over. */
  const judge = (watch: PulseWatch): Outcome | undefined => {
    const seenAfterPulse = answeredExchange > watch.exchange
    if (seenAfterPulse && misses === 0) {
      const door = facts[watch.lock]?.door
      if (door === 'open') return { outcome: 'done', value: undefined }
      if (watch.expired) return { outcome: 'failed', reason: 'DOOR_NOT_OPENED' }
    }
    if (watch.expired && misses >= missesUntilSilent) {
      return { outcome: 'unknown', reason: 'BUS_SILENT' }
    }
    return undefined
  }
  const judgeAll = (): void => {
    for (const watch of [...watches]) {
      const outcome = judge(watch)
      if (outcome === undefined) continue
      watches.delete(watch)
      watch.settle(outcome)
    }
  }
  const failReader = (reader: Reader, outcome: Outcome<BoardReading>): void => {
    readers.delete(reader)
    reader.settle(outcome)
  }

  return {
    board,
    facts: () => facts,
    lastSeen: () => lastSeen,
    silentBecause: () => silentBecause,
    answeredSinceConnect: () => answeredSinceConnect,
    misses: () => misses,
    waitedFor: () => readers.size > 0 || watches.size > 0,
    read: (afterExchange, attempts) =>
      new Promise((settle) => readers.add({ afterExchange, missesLeft: attempts, settle })),
    watch(lock, exchange) {
      let expire: () => void = () => undefined
      const outcome = new Promise<Outcome>((settle) => {
        const watch: PulseWatch = { lock, exchange, expired: false, settle }
        watches.add(watch)
        expire = () => {
          watch.expired = true
          judgeAll()
        }
      })
      return { outcome, expire: () => expire() }
    },
    answered(seen, reading, exchange) {
      facts = seen
      lastSeen = seen
      answeredExchange = exchange
      answeredSinceConnect = true
      misses = 0
      silentBecause = undefined
      judgeAll()
      for (const reader of [...readers]) {
        if (exchange <= reader.afterExchange) continue
        readers.delete(reader)
        reader.settle({ outcome: 'done', value: reading })
      }
    },
    missed(reason, exchange) {
      misses += 1
      if (misses >= missesUntilSilent) {
        silentBecause = reason
        facts = allUnknown
      }
      for (const reader of [...readers]) {
        if (exchange <= reader.afterExchange) continue
        reader.missesLeft -= 1
        const why = reason === 'SILENT' ? 'BUS_SILENT' : reason
        if (reader.missesLeft <= 0) failReader(reader, { outcome: 'failed', reason: why })
      }
      judgeAll()
    },
    lost(reason) {
      facts = allUnknown
      misses = 0
      answeredSinceConnect = false
      for (const reader of [...readers]) failReader(reader, { outcome: 'failed', reason })
      for (const watch of [...watches]) {
        watches.delete(watch)
        watch.settle({ outcome: 'unknown', reason })
      }
    },
    connected() {
      misses = 0
      answeredSinceConnect = false
    },
  }
}
