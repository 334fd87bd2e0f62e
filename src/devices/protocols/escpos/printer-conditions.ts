import type { RealTimeStatusKind } from './commands.ts'

/** What one status answer says about the printer; several are folded together by the driver. */
export interface PrinterConditions {
  readonly offline: boolean
  readonly coverOpen: boolean
  readonly paperEnd: boolean
  readonly paperNearEnd: boolean
  readonly cutterError: boolean
  readonly mechanicalError: boolean
  readonly unrecoverableError: boolean
  /** Cures itself, in practice always the head's temperature. */
  readonly autoRecoverableError: boolean
  /** Someone holds the feed button, or the printer waits to come online again. */
  readonly passing: boolean
}

export const noConditions: PrinterConditions = {
  offline: false,
  coverOpen: false,
  paperEnd: false,
  paperNearEnd: false,
  cutterError: false,
  mechanicalError: false,
  unrecoverableError: false,
  autoRecoverableError: false,
  passing: false,
}

const bit = (value: number, index: number): boolean => ((value >> index) & 1) === 1

/** The four bytes of `GS a`. Bits 2 and 3 of byte 3 (paper) keep their old value while the cover is open. */
export function conditionsFromAutomaticStatus(
  bytes: readonly [number, number, number, number],
): PrinterConditions {
  const [first, second, third] = bytes
  return {
    offline: bit(first, 3),
    coverOpen: bit(first, 5),
    paperEnd: bit(third, 2) || bit(third, 3),
    paperNearEnd: bit(third, 0) || bit(third, 1),
    cutterError: bit(second, 3),
    mechanicalError: bit(second, 2),
    unrecoverableError: bit(second, 5),
    autoRecoverableError: bit(second, 6),
    passing: bit(first, 6) || bit(second, 0) || bit(second, 1),
  }
}

/** What one `DLE EOT n` byte tells; the rest is left out. */
export function conditionsFromRealTimeStatus(
  kind: RealTimeStatusKind,
  value: number,
): Partial<PrinterConditions> {
  switch (kind) {
    case 'printer':
      return { offline: bit(value, 3), passing: bit(value, 5) || bit(value, 6) }
    case 'offlineCause':
      // Bit 5 says that printing stopped for paper end: it stands also while the cover is open.
      return { coverOpen: bit(value, 2), ...(bit(value, 5) ? { paperEnd: true } : {}) }
    case 'errorCause':
      return {
        mechanicalError: bit(value, 2),
        cutterError: bit(value, 3),
        unrecoverableError: bit(value, 5),
        autoRecoverableError: bit(value, 6),
      }
    case 'paper':
      return {
        paperNearEnd: bit(value, 2) || bit(value, 3),
        ...(bit(value, 5) || bit(value, 6) ? { paperEnd: true } : {}),
      }
  }
}

/** A complete round of all four answers. */
export function conditionsFromRound(
  values: Readonly<Record<RealTimeStatusKind, number>>,
): PrinterConditions {
  return {
    ...noConditions,
    ...conditionsFromRealTimeStatus('printer', values.printer),
    ...conditionsFromRealTimeStatus('offlineCause', values.offlineCause),
    ...conditionsFromRealTimeStatus('errorCause', values.errorCause),
    ...conditionsFromRealTimeStatus('paper', values.paper),
  }
}
