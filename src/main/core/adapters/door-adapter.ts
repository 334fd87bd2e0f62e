import type { CompartmentSensors, LockAddress, Locker } from '../../../devices/contract.ts'
import type { DoorPort } from '../../flows/door-port.ts'
import type { CompartmentConfig } from '../config/compartment-config.ts'

const unseen: CompartmentSensors = { door: 'unknown', item: 'unknown' }

/** The locker bank by the numbers on the doors. Without a locker every fact is unknown. */
export function doorAdapter(
  locker: Locker | undefined,
  compartments: readonly CompartmentConfig[],
): DoorPort {
  const byNumber = new Map(compartments.map((compartment) => [compartment.number, compartment]))
  const addressOf = (number: number): LockAddress => {
    const compartment = byNumber.get(number)
    if (!compartment) throw new RangeError(`no compartment ${number} in the configuration`)
    return compartment
  }
  const view = (number: number, sensors: CompartmentSensors): CompartmentSensors =>
    byNumber.get(number)?.hasItemSensor ? sensors : { ...sensors, item: 'unknown' }

  return {
    sensors: (number) => (locker ? view(number, locker.sensors(addressOf(number))) : unseen),
    onSensors(number, listener) {
      const { board, lock } = addressOf(number)
      if (!locker) return () => {}
      return locker.onSensors(({ address, sensors }) => {
        if (address.board === board && address.lock === lock) listener(view(number, sensors))
      })
    },
    async unlock(number) {
      if (!locker) return { outcome: 'refused', reason: 'NOT_CONNECTED' }
      const { board, lock } = addressOf(number)
      return locker.unlock({ board, lock })
    },
    async read(number) {
      if (!locker) return unseen
      const { board, lock } = addressOf(number)
      const outcome = await locker.read(board)
      const sensors = outcome.outcome === 'done' ? outcome.value.locks[lock] : undefined
      return sensors ? view(number, sensors) : unseen
    },
  }
}
