import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { uuidv7 } from 'uuidv7'
import { openStore } from '../../../src/main/store/open-store.ts'
import { createSealer } from '../../../src/main/sync/seal.ts'
import { intakeIdOf, syntheticDossier } from '../../support/kiosk-client.ts'
import type { Machine } from '../../support/machine.ts'

/** Numbers that the machine's own intakes never reach. */
const firstNumber = 500_001

/** So many dossiers, a deposit and a slip each, wait in the queue of a machine whose core is down. */
export async function fillBacklog(machine: Machine, dossiers: number): Promise<void> {
  const config = JSON.parse(readFileSync(machine.configFile, 'utf8'))
  const store = openStore({
    folder: config.dataFolder,
    kioskId: config.kioskId,
    compartments: config.compartments,
    supplies: {
      bags: { capacity: config.bags.capacity ?? 100, lowAt: config.bags.lowAt ?? 10 },
      paper: { capacity: config.paper?.rollMm ?? 76_000, lowAt: config.paper?.lowAtMm ?? 6_000 },
    },
    clock: { now: () => new Date(), runningMs: () => 0 },
    newKey: uuidv7,
    newInstance: randomUUID,
  })
  try {
    const sealer = createSealer(machine.province.published.ageRecipient)
    const at = new Date().toISOString()
    for (let number = firstNumber; number < firstNumber + dossiers; number += 1) {
      const intakeId = intakeIdOf(number)
      const plaintext = JSON.stringify(syntheticDossier(intakeId))
      store.enqueue({
        kind: 'dossierDeposited',
        lane: intakeId,
        body: {
          ...{ intakeId, bagCode: `BAG-${intakeId}`, procedureCode: '1.000000', compartment: 1 },
          ...{ depositedAt: at, clockSynchronised: true, phoneConfirmed: true },
          contentHash: createHash('sha256').update(plaintext).digest('hex'),
          sealed: await sealer.seal(plaintext),
        },
      })
      store.enqueue({
        kind: 'slipPrinted',
        lane: intakeId,
        body: { intakeId, copy: 1, printedAt: at },
      })
    }
  } finally {
    store.close()
  }
}
