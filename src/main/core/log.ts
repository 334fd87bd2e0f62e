import pino from 'pino'
import { createLogCap } from './log-cap.ts'

export type Logger = pino.Logger

/**
 * One JSON line an event on standard error. What people said, scanned or are called never gets here: events
 * carry codes, numbers and device states only. A flood is counted, not written.
 */
export function createLogger(): Logger {
  const standardError = pino.destination({ dest: 2, sync: true })
  return pino(
    {
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      level: process.env.KIOSK_LOG ?? 'info',
    },
    createLogCap({
      write: (line) => standardError.write(line),
      monotonicMs: () => performance.now(),
      setTimer: (delayMs, fire) => setTimeout(fire, delayMs).unref(),
    }),
  )
}
