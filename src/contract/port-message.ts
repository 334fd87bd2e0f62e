import { z } from 'zod'

/** The longest text that core takes from a page; the longest intention is far below this. */
export const longestPageTextCharacters = 64 * 1024

/**
 * What travels on a MessagePort between page and core. A MessagePort does not tell when the other side took a
 * message, so the page says `taken` for each text: core never writes ahead of a page that hangs.
 */
export const portMessageSchema = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ taken: z.literal(true) }),
])
export type PortMessage = z.infer<typeof portMessageSchema>
