import type { Clock } from '../clock.ts'
import type { FrameTap, PrintProof } from '../contract.ts'
import type { ChannelFactory } from '../transport/channel.ts'

/** What a model can do; printers are data. */
export interface EscposProfile {
  /** Dots of a row: 576 for 80 mm, 384 for 58 mm. */
  readonly rasterWidthDots: number
  /** The best proof the model is said to give; the self-test may find that it gives less. */
  readonly printedProof: PrintProof
  /** False for models whose near-end bits mean nothing. */
  readonly nearEnd: boolean
}

export interface EscposTimeouts {
  /** Between two rounds of status questions while nothing prints. */
  readonly heartbeatMs: number
  /** For one answer to `DLE EOT`. */
  readonly replyTimeoutMs: number
  /** For the self-test: a slip that an earlier process left in the buffer may have to print first. */
  readonly selfTestTimeoutMs: number
  /** From the request for the proof to the proof: the whole slip has to be printed meanwhile. */
  readonly proofTimeoutMs: number
  /** For the answer that the buffers are empty: what was written before has to be read first. */
  readonly clearTimeoutMs: number
}

export const defaultEscposTimeouts: EscposTimeouts = {
  heartbeatMs: 2_000,
  replyTimeoutMs: 500,
  selfTestTimeoutMs: 5_000,
  proofTimeoutMs: 20_000,
  clearTimeoutMs: 2_000,
}

export interface EscposPrinterOptions extends Partial<EscposTimeouts> {
  readonly id: string
  readonly channel: ChannelFactory
  readonly clock: Clock
  readonly profile: EscposProfile
  /** Where process ids begin; differs from start to start, so that an old echo is never ours. */
  readonly firstProcessId?: number
  readonly tap?: FrameTap
}
