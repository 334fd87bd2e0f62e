import { z } from 'zod'

/** What lies sealed in the SMS outbox. */
export const smsContentSchema = z.strictObject({
  phone: z.string(),
  text: z.string(),
  /** The same text without its secret, for the officer's page. */
  maskedText: z.string(),
  /** One-time QR, for channels that carry more than text (app, Zalo); never part of the text. */
  attachment: z.strictObject({ kind: z.literal('qr'), payload: z.string() }).nullable(),
  /** For carriers that take registered texts only: which one, and the values in it. */
  template: z
    .strictObject({
      name: z.enum(['phoneCode', 'collection', 'papers', 'reminder', 'returned', 'notification']),
      language: z.enum(['vi', 'en', 'km']),
      values: z.array(z.string()),
    })
    .optional(),
})
export type SmsContent = z.infer<typeof smsContentSchema>

/** `0901234567` → `•••••••567`. */
export function maskPhone(phone: string): string {
  return '•'.repeat(Math.max(phone.length - 3, 0)) + phone.slice(-3)
}
