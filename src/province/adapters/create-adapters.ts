import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { AdapterConfig } from './adapter-config.ts'
import type { OfficialAdapter } from './contract.ts'
import { dvcqgAdapter } from './dvcqg/dvcqg-adapter.ts'
import { igateAdapter } from './igate/igate-adapter.ts'

/** @throws Error when a secret cannot be read */
export function createAdapters(
  configs: readonly AdapterConfig[],
  parts: { readonly timeZone: string; readonly clock: Clock; readonly log: Log },
): readonly OfficialAdapter[] {
  return configs.map((config) =>
    config.kind === 'dvcqg' ? dvcqgAdapter(config, parts) : igateAdapter(config, parts),
  )
}
