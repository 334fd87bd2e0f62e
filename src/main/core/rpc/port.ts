/**
 * One client's two-way text channel, whatever carries it: a virtual port on the process channel today, a
 * MessagePort in Electron. Messages arrive in order and whole.
 */
export interface Port {
  /** Resolves once the transport took the text, so that a slow one slows its sender down; rejects when closed. */
  send(text: string): Promise<void>
  onMessage(listener: (text: string) => void): void
  onClose(listener: () => void): void
  close(): void
}
