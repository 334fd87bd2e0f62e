import type { TryScope } from '../../domain/lockout.ts'
import type { SecretsPort } from '../secrets-port.ts'
import type { RightStore } from '../store-port.ts'
import type { Draft } from './draft.ts'

const hourMs = 3_600_000
const dayMs = 86_400_000

export interface UnconfirmedLimits {
  /** Whether one more intake like this would be taken now; counts nothing. */
  mayGoOn(draft: Draft): boolean
  /** Counts one, on disk, or says that there were too many. */
  count(draft: Draft): boolean
  /** How many empty compartments are not for it. */
  keptCompartments(draft: Draft): number
}

/**
 * A phone that nobody confirmed may be anybody's, and without one nobody can be asked: whoever fills the machine
 * with bags that belong to no one comes this way. With a confirmed phone none of it counts.
 */
export function createUnconfirmedLimits(ports: {
  readonly store: Pick<RightStore, 'beginTry' | 'mayTry'>
  readonly secrets: Pick<SecretsPort, 'personHash' | 'phoneHash'>
  readonly limits: {
    readonly perPersonPerDay: number
    readonly perPhonePerDay: number
    readonly perHour: number
    readonly compartmentsForConfirmed: number
  }
}): UnconfirmedLimits {
  const { store, secrets, limits } = ports

  function scopesOf({ applicant, phone }: Draft): readonly TryScope[] {
    const scope = (name: string, limit: number, windowMs: number) => ({
      ...{ scope: `unconfirmed:${name}`, limit, windowMs },
    })
    const idNumber = applicant?.idNumber ?? ''
    return [
      scope('all', limits.perHour, hourMs),
      ...(idNumber === ''
        ? []
        : [scope(`person:${secrets.personHash(idNumber)}`, limits.perPersonPerDay, dayMs)]),
      ...(phone === ''
        ? []
        : [scope(`phone:${secrets.phoneHash(phone)}`, limits.perPhonePerDay, dayMs)]),
    ]
  }

  return {
    mayGoOn: (draft) => draft.phoneConfirmed || store.mayTry(scopesOf(draft)),
    count: (draft) => draft.phoneConfirmed || store.beginTry(scopesOf(draft)),
    keptCompartments: (draft) => (draft.phoneConfirmed ? 0 : limits.compartmentsForConfirmed),
  }
}
