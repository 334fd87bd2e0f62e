import pino from 'pino'

export type Logger = pino.Logger

/**
 * One JSON line an event on standard error. What people said, scanned or are called never gets here: events
 * carry codes, numbers and device states only.
 */
export function createLogger(): Logger {
  return pino(
    {
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      level: process.env.KIOSK_LOG ?? 'info',
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
