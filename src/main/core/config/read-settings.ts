import { parseArgs } from 'node:util'
import { readTlsIdentity, type TlsIdentity } from '../../sync/tls-identity.ts'
import { type Catalogue, loadCatalogue } from './catalogue.ts'
import type { ConfigProblem } from './config-problem.ts'
import type { KioskConfig } from './kiosk-config.ts'
import { loadConfig } from './load-config.ts'

export interface Settings {
  readonly config: KioskConfig
  readonly catalogue: Catalogue
  /** What this kiosk shows to the province; plain HTTP on loopback needs none. */
  readonly identity: TlsIdentity | undefined
  /** Core crashed again and again: the device it was talking to is left out. */
  readonly safeStart: boolean
}

export type SettingsRead =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] }

/** `--config FILE [--safe-start]`, and every file that the configuration names. */
export function readSettings(args: readonly string[]): SettingsRead {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string', default: '' },
      'safe-start': { type: 'boolean', default: false },
    },
  })
  const loaded = loadConfig(values.config)
  if (!loaded.ok) return loaded
  const { config } = loaded
  const catalogue = loadCatalogue(config.catalogueFile)
  if (!catalogue.ok) return catalogue
  const identity = identityOf(config, values.config)
  if (!identity.ok) return identity
  return {
    ok: true,
    settings: {
      config,
      catalogue: catalogue.catalogue,
      identity: identity.identity,
      safeStart: values['safe-start'],
    },
  }
}

function identityOf({ province: { tls } }: KioskConfig, file: string) {
  if (tls === undefined) return { ok: true, identity: undefined } as const
  const read = readTlsIdentity(tls)
  if (read.ok) return read
  const reason = `${tls[read.key]} ${read.reason}`
  return { ok: false, problems: [{ file, key: `province.tls.${read.key}`, reason }] } as const
}
