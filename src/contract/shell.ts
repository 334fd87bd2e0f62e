/** What Electron's shell puts on the page's `window`, under `shellName`; a page without it speaks over a WebSocket. */
export interface KioskShell {
  /** Asks for a port to core. It comes as a message `portAnnouncement` with one port, when core is up. */
  connect(): void
  /** "I am alive and show something", at least every `beatEveryMs`; `idle`: nobody is being served. */
  beat(idle: boolean): void
}

export const shellName = 'kioskShell'
export const portAnnouncement = 'kiosk:port'
/** The page's port leads nowhere any more: core ended. */
export const lostAnnouncement = 'kiosk:lost'

/** Channels between preload and shell. */
export const shellChannels = {
  connect: 'kiosk:connect',
  beat: 'kiosk:beat',
  port: 'kiosk:port',
  lost: 'kiosk:lost',
} as const

export const beatEveryMs = 1_000
