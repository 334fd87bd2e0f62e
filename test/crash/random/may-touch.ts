import { contract, type IntentionMeta } from '../../../src/contract/contract.ts'
import type { Snapshot } from '../../../src/contract/snapshot.ts'

/** Whether the screen that is shown has such a button for whoever stands there: the router asks the same. */
export function mayTouch(path: string, { role, screen }: Snapshot): boolean {
  const [group = '', name = ''] = path.split('.')
  const groups = contract as unknown as Record<
    string,
    Record<string, { '~orpc': { meta: IntentionMeta } }>
  >
  const meta = groups[group]?.[name]?.['~orpc'].meta
  if (meta === undefined) throw new Error(`no ${path} in the contract`)
  return meta.roles.includes(role) && (meta.screens === 'any' || meta.screens.includes(screen.name))
}
