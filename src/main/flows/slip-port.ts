import type { Language } from '../../contract/roles.ts'
import type { Outcome } from '../../devices/contract.ts'
import type { SlipFacts } from '../domain/slip-facts.ts'

/** What goes onto the paper besides what the configuration says of the place. */
export interface SlipJob {
  /** `reprint` is marked BẢN IN LẠI; `incident` says that it is not a slip. */
  readonly kind: 'slip' | 'reprint' | 'incident'
  readonly intakeId: string
  readonly bagCode: string
  readonly compartment: number
  readonly at: string
  readonly clockSynchronised: boolean
  readonly language: Language
  readonly facts: SlipFacts
  /** Payload of the signed QR; empty on an incident note. */
  readonly qr: string
}

export interface SlipPort {
  /** Whether a slip could be printed now. */
  ready(): boolean
  /** The same, after waiting a little for a printer that is only being found again, as after a restart. */
  readySoon(): Promise<boolean>
  onReadyChange(listener: () => void): () => void
  /** `done` only when the printer itself said that the paper is out. */
  print(job: SlipJob): Promise<Outcome<unknown>>
  /** The slip QR of a deposit, signed with the machine's key. */
  signQr(intakeId: string, at: string, contentHash: string): string
}
