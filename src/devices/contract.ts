import type { ReasonCode } from '../contract/faults.ts'

export type DeviceClass = 'printer' | 'locker' | 'reader' | 'scanner'

export type DeviceState =
  | 'starting'
  | 'online'
  | 'busy'
  | 'offline'
  | 'absent'
  | 'needsAttendant'
  | 'broken'

export interface DeviceStatus {
  readonly state: DeviceState
  /** Empty when all is well. `PAPER_LOW` may stand beside `online`. */
  readonly reasons: readonly ReasonCode[]
}

export interface DeviceIdentity {
  readonly maker?: string
  readonly model?: string
  readonly serial?: string
  readonly firmware?: string
}

/**
 * Result of an `actuate` command (unlock, print). It is never re-sent by itself.
 * `done`: observed by a sensor or the device's own proof. `refused`: nothing happened.
 * `failed`: the effect is known and it is not the wanted one. `unknown`: a sensor or a person decides.
 */
export type Outcome<T = undefined> =
  | { readonly outcome: 'done'; readonly value: T }
  | { readonly outcome: 'refused'; readonly reason: ReasonCode }
  | { readonly outcome: 'failed'; readonly reason: ReasonCode }
  | { readonly outcome: 'unknown'; readonly reason: ReasonCode }

export type Unsubscribe = () => void

/** One exchange with the wire, kept for the technician. Personal payloads keep length and header only. */
export interface ExchangeRecord {
  /** Monotonic milliseconds. */
  readonly atMs: number
  readonly direction: 'out' | 'in'
  readonly hex: string
}

/**
 * Called around every frame that leaves or enters a driver, before and after.
 * Crash tests end the process inside it; production leaves it unset.
 */
export type FrameTap = (frame: {
  readonly phase: 'before' | 'after'
  readonly direction: 'write' | 'read'
  readonly device: string
  /** Stable name of the message without changing values, e.g. `unlock`, `status:door-open`. */
  readonly message: string
}) => void

export interface Device {
  readonly id: string
  readonly deviceClass: DeviceClass
  status(): DeviceStatus
  identity(): DeviceIdentity
  /** Called at every change of status, never at an unchanged poll. */
  onStatus(listener: (status: DeviceStatus) => void): Unsubscribe
  /** The newest exchanges, oldest first, at most 200. */
  lastExchanges(): readonly ExchangeRecord[]
  counters(): Readonly<Record<string, number>>
  /** Connects in the background and keeps reconnecting; a missing device is a status, not an error. */
  start(): void
  /** Closes the channel; resolves when no more events will come. */
  stop(): Promise<void>
}

// ---------------------------------------------------------------- printer

/** 1 bit a dot, rows from the top, most significant bit left, 1 = black. `widthDots` is a multiple of 8. */
export interface Raster {
  readonly widthDots: number
  readonly heightDots: number
  /** `widthDots / 8 * heightDots` bytes. */
  readonly data: Uint8Array
}

/** How sure the driver is that paper came out: the process id echo, or a queued status answered after the cut. */
export type PrintProof = 'processId' | 'queuedStatus'

export interface Printer extends Device {
  readonly deviceClass: 'printer'
  /** Known before the first connect from the profile; `printedProof` may weaken after the self-test. */
  capabilities(): { readonly rasterWidthDots: number; readonly printedProof: PrintProof }
  /**
   * Prints one raster and cuts. `done` only when the printer itself said that everything before the proof
   * request was physically printed. Never repeated by the driver.
   */
  print(raster: Raster): Promise<Outcome<{ readonly proof: PrintProof }>>
}

// ---------------------------------------------------------------- locker

export interface LockAddress {
  readonly board: number
  readonly lock: number
}

export interface CompartmentSensors {
  readonly door: 'open' | 'closed' | 'unknown'
  readonly item: 'present' | 'absent' | 'unknown'
}

/** Facts from one status frame of one board. Index = lock number. */
export interface BoardReading {
  readonly board: number
  /** Monotonic milliseconds at which the frame was complete. */
  readonly atMs: number
  /** Counts frames of this driver; a reading with a higher number was read later. */
  readonly sequence: number
  readonly locks: readonly CompartmentSensors[]
}

export interface Locker extends Device {
  readonly deviceClass: 'locker'
  /** Last known facts; `unknown` before the first frame and whenever the bus is silent or disconnected. */
  sensors(address: LockAddress): CompartmentSensors
  /** Called for each change of a compartment's facts, also when they become unknown. */
  onSensors(
    listener: (change: {
      readonly address: LockAddress
      readonly sensors: CompartmentSensors
      /** Sequence of the status frame behind it; 0 when the facts were lost (bus silent). */
      readonly sequence: number
    }) => void,
  ): Unsubscribe
  /**
   * One unlock pulse. `done`: the door switch was seen open in a frame requested after the pulse. `failed`
   * (`DOOR_NOT_OPENED`): the board answers and the door stayed closed for `openTimeoutMs`. `refused`:
   * nothing was written. `unknown` (`BUS_SILENT`, `DISCONNECTED`): the write began and no frame tells.
   */
  unlock(address: LockAddress): Promise<Outcome>
  /** A fresh status frame of the board, requested after the call. A query: retried by the driver. */
  read(board: number): Promise<Outcome<BoardReading>>
}

// ---------------------------------------------------------------- reader

export interface Reading {
  /** The payload as bytes, joined over all reports before anything was decoded. */
  readonly bytes: Uint8Array
  /** UTF-8 (fatal), else windows-1258, NFC; `undefined` when neither decodes. */
  readonly text: string | undefined
  /** AIM identifier such as `]Q1`, when the reader sends one. */
  readonly aimId: string | undefined
  /** Monotonic milliseconds at which the last report arrived. */
  readonly atMs: number
}

export interface Reader extends Device {
  readonly deviceClass: 'reader'
  onReading(listener: (reading: Reading) => void): Unsubscribe
}

// ---------------------------------------------------------------- scanner

export interface ScanOptions {
  /** What a province asks for and what every document feeder can do. */
  readonly resolutionDpi: 200
  /** Absolute path of a private folder in memory (tmpfs): pages appear there in the clear. */
  readonly folder: string
  /** The job ends after so many pages; the rest stays in the feeder. */
  readonly maxPages: number
}

/** One side of paper that went through. The file belongs to whoever was told: the driver never deletes it. */
export interface ScannedPage {
  /** Counts from 1 within its job, in the order in which paper went through. */
  readonly number: number
  /** A complete colour JPEG in the job's folder. */
  readonly path: string
  /** Monotonic milliseconds at which it was complete. */
  readonly atMs: number
}

/**
 * One run of the feeder. Pages that were told stay good whatever the outcome; every page was told before
 * `outcome` settles.
 */
export interface ScanJob {
  /** Attach in the same turn as `scan`: earlier pages are not repeated. */
  onPage(listener: (page: ScannedPage) => void): Unsubscribe
  /**
   * `done`: the feeder is empty, or `maxPages` is reached. `refused`: no paper moved (`FEEDER_EMPTY`,
   * `PORT_BUSY`, `PROGRAM_MISSING`, what keeps the device away, or cancelled in time). `failed`: it stopped
   * for a known reason (`JAM`, `DOUBLE_FEED`, `COVER_OPEN`, `DISCONNECTED`, `SCAN_CANCELLED`, …) and a sheet may
   * be half way. `unknown` (`SCANNER_SILENT`, `SCANNER_ERROR`): it was ended by force or died; somebody must
   * look where the paper is.
   */
  readonly outcome: Promise<Outcome<{ readonly pages: number }>>
  /** Stops the feeder; what was under way is not told as a page. Again, or after the end, it does nothing. */
  cancel(): void
}

/** `unknown` where the scanner has no such sensor, is away, or is scanning just now. */
export interface FeederSensors {
  readonly feeder: 'loaded' | 'empty' | 'unknown'
  readonly cover: 'open' | 'closed' | 'unknown'
}

export interface Scanner extends Device {
  readonly deviceClass: 'scanner'
  /**
   * Draws in what lies in the feeder. One job at a time. `needsAttendant` refuses nothing: a citizen who has
   * taken a jammed sheet out may try again.
   */
  scan(options: ScanOptions): ScanJob
  /** Asks the sensors now: is an original left in the feeder? A query: never moves paper. */
  sensePaper(): Promise<FeederSensors>
}
