import { type AnyActorLogic, createActor, type InputFrom, type OutputFrom } from 'xstate'
import { actorClock, type FlowClock } from './clock.ts'
import type { CollectDoor, CollectDoorInput } from './collection/collect-door.ts'
import type { Deposit, DepositInput } from './intake/deposit.ts'
import type { StaffDoor } from './staff/staff-door.ts'
import type { CompartmentRow, FlowStore, Journal } from './store-port.ts'

/**
 * After a restart: every unfinished matter is taken up from its row and from what the sensors see now. What
 * belongs on the screen is offered to the session; the rest is settled behind it.
 */
export interface RecoveryPorts {
  readonly clock: FlowClock
  readonly store: FlowStore
  readonly journal: Journal
  readonly deposit: Deposit
  readonly collectDoor: CollectDoor
  readonly staffDoor: StaffDoor
  /** The dossier or right that may come back to the screen: its person stood there when core ended. */
  readonly mayResume: string | undefined
  resumeDeposit(input: DepositInput): boolean
  resumeCollection(input: CollectDoorInput): boolean
  /** Takes up the stocking that an officer had begun: the envelope lies inside, the door is closed. */
  finishStocking(row: CompartmentRow): Promise<void>
  /** A matter has been decided: what the screen shows may have changed. */
  onSettled(): void
}

export interface Recovery {
  /** Settled when every matter has been decided or handed to the screen. */
  readonly settled: Promise<void>
  /** Compartments whose doors are being watched behind the screen. */
  watches(compartment: number): boolean
  stop(): void
}

export function recover(ports: RecoveryPorts): Recovery {
  const { store } = ports
  const watched = new Set<number>()
  const stops: (() => void)[] = []
  const jobs: Promise<unknown>[] = []

  function watch<Logic extends AnyActorLogic>(
    logic: Logic,
    input: InputFrom<Logic>,
    compartment: number,
  ): Promise<OutputFrom<Logic>> {
    const actor = createActor(logic as AnyActorLogic, { input, clock: actorClock(ports.clock) })
    watched.add(compartment)
    stops.push(() => actor.stop())
    return new Promise((resolve) => {
      actor.subscribe({
        complete: () => {
          // Stopped before its end, with core: the next start takes it up.
          if (actor.getSnapshot().status !== 'done') return
          watched.delete(compartment)
          ports.onSettled()
          resolve(actor.getSnapshot().output)
        },
      })
      actor.start()
    })
  }

  for (const dossier of [...store.unfinishedDossiers()].reverse()) {
    const compartment = dossier.compartment ?? 0
    const { intakeId } = dossier
    if (dossier.state === 'sealed' && !dossier.unlockSent) {
      // The pulse was never sent: nothing of it exists outside this row.
      store.abandonDossier(intakeId, 'restartBeforeUnlock', 'empty')
      continue
    }
    const enter = dossier.state === 'sealed' ? 'watch' : 'print'
    const onScreen = { intakeId, compartment, enter, silent: false } as const
    if (intakeId === ports.mayResume && ports.resumeDeposit(onScreen)) continue
    jobs.push(watch(ports.deposit, { ...onScreen, silent: true }, compartment))
  }

  for (const right of store.unfinishedOpenings()) {
    const { rightId, compartment } = right
    const openedRecorded = store.compartment(compartment).state === 'opened'
    const onScreen = {
      rightId,
      compartment,
      enter: 'watch',
      openedRecorded,
      silent: false,
    } as const
    if (rightId === ports.mayResume && ports.resumeCollection(onScreen)) continue
    jobs.push(watch(ports.collectDoor, { ...onScreen, silent: true }, compartment))
  }

  for (const row of store.compartments()) {
    if (row.state === 'emptying' || row.state === 'assigned') jobs.push(settleStaffDoor(row))
  }

  /** An officer's door: watched until it is closed; then what the sensor sees decides. */
  async function settleStaffDoor(row: CompartmentRow): Promise<void> {
    const want = row.state === 'assigned' ? 'itemIn' : 'itemOut'
    const { door } = await watch(
      ports.staffDoor,
      { compartment: row.number, want, needsBag: false, start: 'watch' },
      row.number,
    )
    const inside = door.result === 'closed' ? door.item : 'unknown'
    const holdsSomething = row.intakeId !== null || row.resultId !== null
    if (row.state === 'emptying' && inside === 'present' && holdsSomething) {
      store.cancelEmptying(row.number)
    } else if (row.state === 'assigned' && inside === 'present') await ports.finishStocking(row)
    else if (row.state === 'assigned' && inside === 'absent' && row.resultId !== null) {
      store.unassignResult(row.resultId, 'empty', 'restart')
      // A bag that was taken out unscanned is the officer's to account for.
    } else store.markCompartment(row.number, 'unknown', 'CORE_RESTARTED')
    ports.onSettled()
  }

  return {
    settled: Promise.all(jobs).then(() => undefined),
    watches: (compartment) => watched.has(compartment),
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}
