import type { ScreenName } from '../../../src/contract/screen.ts'
import type { Machine } from '../../support/machine.ts'
import { cards } from '../../support/people.ts'

/** One citizen goes as far as the papers and leaves; milliseconds of each touch until the next screen is said. */
export async function citizenLap({ core, hold }: Machine): Promise<readonly number[]> {
  const times: number[] = []
  const timed = async (path: string, input: object, next: ScreenName) => {
    const beforeMs = performance.now()
    await core.touch(path as 'session.leave', input as Record<string, never>)
    await core.screen(next)
    times.push(performance.now() - beforeMs)
  }
  await core.screen('idle')
  await timed('session.start', { journey: 'intake' }, 'notice')
  await timed('intake.acceptNotice', {}, 'identify')
  await hold(cards.an)
  await core.screen('identity')
  await timed('intake.confirmIdentity', {}, 'relation')
  await timed('intake.chooseRelation', { relation: 'self' }, 'phone')
  await timed('intake.noPhone', {}, 'secret')
  await timed('session.back', {}, 'phone')
  await timed('session.leave', {}, 'idle')
  return times
}
