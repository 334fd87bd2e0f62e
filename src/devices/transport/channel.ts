import type { ReasonCode } from '../../contract/faults.ts'

/** Why a channel could not be opened, written to, or went away. */
export class ChannelError extends Error {
  readonly code: ReasonCode

  constructor(code: ReasonCode, message: string) {
    super(message)
    this.name = 'ChannelError'
    this.code = code
  }
}

/**
 * Dumb bytes to and from one device. A channel lives once: after `onClose` it is thrown away and a factory
 * makes the next one. Nothing is ever queued on a channel that is not open.
 */
export interface Channel {
  /** Rejects with a `ChannelError`: PORT_MISSING, PORT_BUSY, PERMISSION, NOT_CONNECTED. */
  open(): Promise<void>
  /**
   * Resolves when the operating system has taken the bytes. Rejects with a `ChannelError`: NOT_CONNECTED
   * (nothing was written), WRITE_TIMEOUT or DISCONNECTED (some bytes may have been written).
   */
  write(bytes: Uint8Array): Promise<void>
  onData(listener: (bytes: Uint8Array) => void): void
  /** Called once, whatever the cause: unplugged, failed, or closed by us. */
  onClose(listener: (error: ChannelError | undefined) => void): void
  close(): Promise<void>
}

export type ChannelFactory = () => Channel
