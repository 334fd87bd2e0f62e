import type { Failure } from '../../../src/main/sync/answer.ts'
import type { ProvinceClient } from '../../../src/main/sync/province-client.ts'
import type { Chance } from './chance.ts'
import type { Turns } from './turns.ts'

/** The line between machine and province: cut for a while, or bad now and then. */
export interface Network {
  cut: boolean
  /** Share of exchanges that go wrong while it is not cut. */
  badShare: number
}

const lost: Failure = { outcome: 'later', code: 'NETWORK', concerns: 'everyone' }
const late: Failure = { outcome: 'later', code: 'DEADLINE', concerns: 'everyone' }
const broken: Failure = { outcome: 'later', code: 'INTERNAL', concerns: 'thisMessage' }

/** The real client over real HTTP; what it is lost on the way is lost here. */
export function onNetwork(
  client: ProvinceClient,
  parts: {
    readonly network: Network
    readonly chance: Chance
    readonly turns: Turns
    readonly isAlive: () => boolean
  },
): ProvinceClient {
  const { network, chance, turns, isAlive } = parts
  const exchange = <T>(work: () => Promise<T | Failure>): Promise<T | Failure> =>
    turns.take(isAlive, async () => {
      if (network.cut) return lost
      if (!chance.happens(network.badShare)) return work()
      switch (chance.pick(['before', 'after', 'server'] as const)) {
        case 'before':
          return lost
        case 'after':
          await work()
          return late
        case 'server':
          return broken
      }
    })
  return {
    sendMessage: (message, signal) => exchange(() => client.sendMessage(message, signal)),
    putPage: (...page) => exchange(() => client.putPage(...page)),
    registerEpoch: (...epoch) => exchange(() => client.registerEpoch(...epoch)),
    feedPage: (...page) => exchange(() => client.feedPage(...page)),
    refuseFeedItem: (...refusal) => exchange(() => client.refuseFeedItem(...refusal)),
    beat: (...beat) => exchange(() => client.beat(...beat)),
    missingKeys: (...keys) => exchange(() => client.missingKeys(...keys)),
    requestPhoneCode: (...request) => exchange(() => client.requestPhoneCode(...request)),
  }
}
