/** The part of a WebSocket that the contract needs; a MessagePort of the shell is dressed up as one. */
export interface Socket {
  /** 0 connecting, 1 open, 3 closed. */
  readonly readyState: number
  send(text: string): void
  close(): void
  addEventListener(type: 'open' | 'close', listener: () => void, options?: { once?: boolean }): void
  addEventListener(type: 'message', listener: (event: { data: string }) => void): void
  removeEventListener(type: 'open' | 'close', listener: () => void): void
}

/** Opens a connection to core; called again for each new try. */
export type Dial = () => Socket
