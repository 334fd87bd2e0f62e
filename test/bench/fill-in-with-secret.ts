import type { Screen } from '../../src/contract/screen.ts'
import { chooseProcedure, demoProcedure, eventually } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { cards } from '../support/people.ts'

/**
 * From idle until it is said what is handed in. Without a phone, with a secret: an SMS would have to be looked up
 * among thousands.
 */
export async function fillInWithSecret(machine: Machine): Promise<void> {
  const { core } = machine
  await core.screen('idle')
  await core.touch('session.start', { journey: 'intake' })
  await core.screen('notice')
  await core.touch('intake.acceptNotice')
  await core.screen('identify')
  await holdUntil(machine, cards.an, ({ name }) => name === 'identity')
  await core.touch('intake.confirmIdentity')
  await core.screen('relation')
  await core.touch('intake.chooseRelation', { relation: 'self' })
  await core.screen('phone')
  await core.touch('intake.noPhone')
  await core.until(({ screen }) => screen.name === 'secret' && !screen.repeat)
  await core.type('471105')
  await core.until(({ screen }) => screen.name === 'secret' && screen.repeat)
  await core.type('471105')
  await chooseProcedure(machine, demoProcedure)
}

/** On a crowded machine the reports of one code may come too far apart to be one: held again, as people do. */
export function holdUntil(machine: Machine, text: string, read: (screen: Screen) => boolean) {
  return eventually(async () => {
    if (read(machine.core.current().screen)) return true
    await machine.hold(text)
    return false
  })
}
