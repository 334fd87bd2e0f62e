import type { Supply } from '../../../src/contract/supplies.ts'
import { serveNext } from '../../support/fault-bench.ts'
import { signIn, signOut, touchOn } from '../../support/journeys.ts'
import type { Machine } from '../../support/machine.ts'
import { demoOfficer } from '../../support/province.ts'
import type { Remedy } from './remedy.ts'

async function fillUp(machine: Machine, supply: Supply): Promise<void> {
  await signIn(machine, demoOfficer.badge, demoOfficer.pin)
  await touchOn(machine, 'staffMenu', 'officer.fillSupply', { supply })
  await signOut(machine)
}

/** With a stock of two bags that is low with one. */
export const supplyRemedies: readonly Remedy[] = [
  {
    code: 'BAGS_LOW',
    subject: 'bags',
    async bring(machine) {
      await fillUp(machine, 'bags')
      await serveNext(machine)
    },
    follow: (machine) => fillUp(machine, 'bags'),
  },
  {
    code: 'NO_BAGS',
    subject: 'bags',
    async bring(machine) {
      await serveNext(machine)
      await serveNext(machine)
    },
    follow: (machine) => fillUp(machine, 'bags'),
  },
]
