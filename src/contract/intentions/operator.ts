import { z } from 'zod'
import { parkReasons, queueFilters, releaseReasons } from '../screens/operator.ts'
import { intention } from './intention.ts'

const operator = ['operator'] as const

/** An operator at the sync queue. */
export const operatorIntentions = {
  filter: intention(operator, ['queue'], { filter: z.enum(queueFilters) }),
  turnPage: intention(operator, ['queue'], { to: z.enum(['earlier', 'later']) }),
  inspect: intention(operator, ['queue'], { key: z.uuid() }),
  /** Everything that waits for its time goes now; a worker that stopped starts again. */
  retryAll: intention(operator, ['queue'], {}),
  exportCsv: intention(operator, ['queue'], {}),
  /** This one goes now; a worker that paused or stopped starts again. */
  retry: intention(operator, ['queueMessage'], {}),
  park: intention(operator, ['queueMessage'], {}),
  release: intention(operator, ['queueMessage'], {}),
  handOver: intention(operator, ['queueMessage'], {}),
  giveReason: intention(operator, ['queueReason'], {
    reason: z.enum([...parkReasons, ...releaseReasons]),
  }),
} as const
