import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { badgeHash } from '../../../src/main/access/badge-hash.ts'
import { type Catalogue, loadCatalogue } from '../../../src/main/core/config/catalogue.ts'
import type { KioskConfig } from '../../../src/main/core/config/kiosk-config.ts'
import { loadConfig } from '../../../src/main/core/config/load-config.ts'
import { fileKeyProvider } from '../../../src/main/core/keys/file-key-provider.ts'
import type { KioskKeys } from '../../../src/main/core/keys/kiosk-keys.ts'
import { hashSecret } from '../../../src/province/security/secret-hash.ts'

/** What is the same in every run: made once, since keys and configuration decide nothing in one. */
export interface MachineParts {
  readonly config: KioskConfig
  readonly catalogue: Catalogue
  readonly keys: KioskKeys
}

export const technician = { badge: 'MCB1*TEST-TECHNICIAN', pin: '975310' } as const

/** Few enough that they run short, with both kinds and sizes among them. */
const compartments: readonly number[] = [1, 2, 3, 7, 9, 10, 11]
const cheap = { N: 1024, r: 8, p: 1 }
const plenty = 100_000

let made: Promise<MachineParts> | undefined

export function machineParts(): Promise<MachineParts> {
  made ??= makeParts()
  return made
}

async function makeParts(): Promise<MachineParts> {
  const folder = mkdtempSync(join(tmpdir(), 'machine-parts-'))
  try {
    const source = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url))
    const demo = JSON.parse(readFileSync(source('config/demo/kiosk.json'), 'utf8'))
    const { printer, locker, reader } = demo.devices
    const file = join(folder, 'kiosk.json')
    const config = {
      ...demo,
      catalogueFile: source('config/demo/procedures.json'),
      devices: { printer, locker, reader },
      compartments: demo.compartments.filter(({ number }: { number: number }) =>
        compartments.includes(number),
      ),
      limits: {
        ...demo.limits,
        staffOpeningsPerHour: plenty,
        codeAttemptsPerPerson: plenty,
        phoneCodesPerNumberPerDay: plenty,
        unconfirmedPerPersonPerDay: plenty,
        unconfirmedPerPhonePerDay: plenty,
        unconfirmedPerHour: plenty,
        compartmentsForConfirmed: 0,
      },
      firstTechnician: {
        staffId: 'KT01',
        displayName: 'Kỹ thuật viên mẫu',
        badgeHash: badgeHash(technician.badge),
        pinHash: await hashSecret(technician.pin, cheap),
      },
    }
    writeFileSync(file, JSON.stringify(config))
    const loaded = loadConfig(file)
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
    const catalogue = loadCatalogue(loaded.config.catalogueFile)
    if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.problems))
    const keys = await fileKeyProvider(join(folder, 'keys')).load()
    if (!keys.ok) throw new Error(keys.message)
    return { config: loaded.config, catalogue: catalogue.catalogue, keys: keys.keys }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
