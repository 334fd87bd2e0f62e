import type { Message, MessageBody, MessageKind } from '../../../contract/province/message.ts'

export type ReceivedMessage = {
  [K in MessageKind]: Omit<Message, 'kind' | 'body'> & {
    readonly kind: K
    readonly body: MessageBody<K>
  }
}[MessageKind]

export interface IncomingMessage {
  readonly message: ReceivedMessage
  /** Exactly as received. */
  readonly bytes: Buffer
  readonly bodyHash: string
  readonly receivedAt: string
  /** The JSON text of the signed receipt, answered again byte by byte. */
  readonly receipt: string
}

export interface HeldMessage {
  readonly kioskId: string
  readonly bodyHash: string
  readonly receipt: string
}

export type ReceiveOutcome =
  | { readonly outcome: 'stored' }
  /** Somebody else stored this key first; compare and answer from it. */
  | { readonly outcome: 'keyHeld'; readonly held: HeldMessage }
  | { readonly outcome: 'dossierExists' }
  | { readonly outcome: 'epochUnknown' }

export interface StoredMessage {
  readonly key: string
  readonly kioskId: string
  readonly epoch: number
  readonly sequence: number
  readonly lane: string
  readonly kind: MessageKind
  readonly at: string
  readonly receivedAt: string
  readonly bodyHash: string
  readonly bytes: Buffer
}

export interface StoredPage {
  readonly kioskId: string
  /** SHA-256 hex of `bytes`. */
  readonly contentHash: string
  /** age ciphertext to the province. */
  readonly bytes: Buffer
  readonly receivedAt: string
  /** The JSON text of the signed receipt, answered again byte by byte. */
  readonly receipt: string
}

/** A message whose sealed text has to become an SMS. */
export interface PendingNotice {
  readonly messageKey: string
  readonly kioskId: string
  readonly bytes: Buffer
}

export type NoticeFailure =
  | 'UNSEAL_FAILED'
  | 'INVALID_CONTENT'
  | 'UNKNOWN_RESULT'
  | 'RESULT_MISMATCH'
  | 'NO_PHONE'
  | 'TOO_LATE'

export interface FailedNotice {
  readonly messageKey: string
  readonly kioskId: string
  readonly lane: string
  readonly failure: NoticeFailure
  readonly receivedAt: string
}
