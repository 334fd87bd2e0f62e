import { z } from 'zod'

/** What lies sealed in the SMS outbox. */
export const smsContentSchema = z.strictObject({
  phone: z.string(),
  text: z.string(),
  /** The same text without its secret, for the officer's page. */
  maskedText: z.string(),
  /** One-time QR, for channels that carry more than text (app, Zalo); never part of the text. */
  attachment: z.strictObject({ kind: z.literal('qr'), payload: z.string() }).nullable(),
})
export type SmsContent = z.infer<typeof smsContentSchema>

/** `0901234567` → `•••••••567`. */
export function maskPhone(phone: string): string {
  return '•'.repeat(Math.max(phone.length - 3, 0)) + phone.slice(-3)
}
