import { z } from 'zod'

/** What travels on the channel between host and core: many clients on one pipe, each a numbered port. */
export const frameSchema = z.discriminatedUnion('rpc', [
  /** Core to host: ports may be opened from now on. */
  z.object({ rpc: z.literal('ready') }),
  z.object({ rpc: z.literal('open'), port: z.int().positive() }),
  z.object({ rpc: z.literal('data'), port: z.int().positive(), text: z.string() }),
  z.object({ rpc: z.literal('close'), port: z.int().positive() }),
])
export type Frame = z.infer<typeof frameSchema>

/** Anything else on the channel is somebody else's and stays untouched. */
export function readFrame(message: unknown): Frame | undefined {
  const parsed = frameSchema.safeParse(message)
  return parsed.success ? parsed.data : undefined
}
