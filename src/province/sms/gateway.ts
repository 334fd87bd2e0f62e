import type { SmsContent } from '../notices/sms-content.ts'

export type GatewayAnswer =
  | { readonly outcome: 'sent' }
  /** Nothing of it has reached the carrier. */
  | { readonly outcome: 'notSent' }
  /** It may have been sent, or not. */
  | { readonly outcome: 'unknown' }
  /** `code`: the carrier's own. */
  | { readonly outcome: 'refused'; readonly code: string }
  | { readonly outcome: 'unfit'; readonly problem: 'ALPHABET' | 'REFUSED' }

/** Hands one message to a carrier. Never throws for what a network or a carrier does. */
export interface SmsGateway {
  send(requestId: string, content: SmsContent): Promise<GatewayAnswer>
}
