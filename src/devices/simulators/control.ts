/**
 * Control channel of a simulator process: a Unix domain socket, one JSON object a line each way.
 * It is the hand of the outside world: the demo panel and the tests drive it, core never does.
 */
export interface ControlRequest {
  readonly id: number
  /** E.g. `putItem`, `closeDoor`, `openCover`, `hold`, `fault`, `state`. Each simulator lists its own. */
  readonly command: string
  readonly args?: Readonly<Record<string, unknown>>
}

export type ControlResponse =
  | { readonly id: number; readonly ok: true; readonly result?: unknown }
  | { readonly id: number; readonly ok: false; readonly error: string }

/** One line of the physical log: what happened in the world, not what was asked for. */
export interface PhysicalEvent {
  /** Counts from 1 and goes on over restarts of the simulator. */
  readonly sequence: number
  /** Wall clock, ISO 8601 UTC. */
  readonly at: string
  /** E.g. `pulse`, `doorOpened`, `doorClosed`, `itemIn`, `itemOut`, `paperOut`, `printed`, `cut`. */
  readonly event: string
  readonly [detail: string]: unknown
}

/**
 * Faults every byte-level simulator can be told to have, by `fault` with `{ fault, on, ...}`.
 * `on: true` lasts until `on: false`; `count` limits it to the next n frames or bytes.
 */
export const wireFaults = [
  'silent', // takes requests, never answers
  'wrongChecksum', // answers with a checksum that does not match
  'byteByByte', // each byte in a write of its own, `delayMs` apart
  'noise', // random bytes before each answer
  'lateReply', // answers `delayMs` late, after the driver's deadline
  'unplugged', // the channel disappears until switched off
] as const
export type WireFault = (typeof wireFaults)[number]
