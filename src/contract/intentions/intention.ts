import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Role } from '../roles.ts'
import type { ScreenName } from '../screen.ts'

/**
 * What the renderer may say to core. Each intention declares who may say it and on which screens; core checks
 * both against its own state, never against what the renderer claims.
 */
export interface IntentionMeta {
  readonly roles: readonly Role[]
  /** `any`: wherever that role is. */
  readonly screens: readonly ScreenName[] | 'any'
}

/** Why an intention was not taken. None of them is an error for the citizen: the snapshot shows what is. */
export const refusalCodes = ['STALE_SCREEN', 'NOT_HERE', 'NOT_ALLOWED', 'INVALID'] as const
export const answerSchema = z.object({
  taken: z.boolean(),
  code: z.enum(refusalCodes).optional(),
  /** The first snapshot that knows of it; answers and snapshots may overtake each other. */
  revision: z.int().optional(),
})
export type Answer = z.infer<typeof answerSchema>

export const base = oc.$meta<IntentionMeta>({ roles: [], screens: [] })
const onScreen = { screenId: z.string().max(64) }
export const citizen = ['citizen'] as const
export const officer = ['officer'] as const
export const anyone = ['nobody', 'citizen', 'officer', 'operator', 'technician'] as const
export const staff = ['officer', 'operator', 'technician'] as const

export function intention<S extends z.ZodRawShape>(
  roles: readonly Role[],
  screens: readonly ScreenName[] | 'any',
  shape: S,
) {
  return base
    .meta({ roles, screens })
    .input(z.strictObject({ ...onScreen, ...shape }))
    .output(answerSchema)
}
