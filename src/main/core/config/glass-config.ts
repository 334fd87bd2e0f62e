import { z } from 'zod'
import { reachLimitMm } from '../../domain/choose-compartment.ts'

/** The picture on the panel as it hangs in the machine, without the frame around it. */
export const glassConfigSchema = z.strictObject({
  /** Its lower edge above the floor. */
  bottomMm: z.int().min(0).max(2_000).default(780),
  heightMm: z.int().min(100).max(2_000).default(598),
})
export type GlassConfig = z.output<typeof glassConfigSchema>

/** Share of the picture's height, from its top, that lies above what everyone reaches: 0 to 1. */
export function shareAboveReach({ bottomMm, heightMm }: GlassConfig): number {
  const aboveMm = bottomMm + heightMm - reachLimitMm
  return Math.min(1, Math.max(0, aboveMm / heightMm))
}
