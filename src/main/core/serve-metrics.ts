import { answerLocally, type LocalAnswer } from '../../devices/transport/local-http.ts'
import { type KioskFacts, kioskMetrics } from '../diagnostics/kiosk-metrics.ts'
import { metricsContentType, metricsText } from '../diagnostics/metrics-text.ts'
import type { Store } from '../store/open-store.ts'
import type { Kiosk } from './compose-kiosk.ts'
import type { ComposedSync } from './compose-sync.ts'
import type { Logger } from './log.ts'
import type { EventLoopMetric } from './process/event-loop-metric.ts'

export interface MetricsParts {
  readonly port: number
  readonly kiosk: Pick<Kiosk, 'diagnose'>
  readonly store: Store
  readonly sync: Pick<ComposedSync, 'status'>
  readonly eventLoop: Pick<EventLoopMetric, 'read'>
  readonly log: Logger
}

/** `/metrics` for Prometheus and `/health` for whoever watches processes, on loopback. A port that is taken stops nothing. */
export function serveMetrics(parts: MetricsParts): { close(): void } {
  const server = answerLocally(
    parts.port,
    (path) => answerTo(path, parts),
    (code) => parts.log.warn({ code, port: parts.port }, 'metrics'),
  )
  return { close: () => void server.close() }
}

function answerTo(path: string, parts: MetricsParts): LocalAnswer | undefined {
  switch (path) {
    case '/metrics': {
      const text = metricsText(kioskMetrics(factsOf(parts)))
      return { status: 200, contentType: metricsContentType, text }
    }
    case '/health': {
      const { fit, services, findings } = parts.kiosk.diagnose()
      return {
        status: fit ? 200 : 503,
        contentType: 'application/json',
        text: `${JSON.stringify({ fit, services, findings })}\n`,
      }
    }
    default:
      return undefined
  }
}

function factsOf({ kiosk, store, sync, eventLoop }: MetricsParts): KioskFacts {
  const { province, worker } = sync.status()
  return {
    diagnosis: kiosk.diagnose(),
    outbox: store.outbox.counts(),
    oldestOpenAt: store.outbox.oldestOpenAt(),
    province,
    worker: worker.state,
    epoch: store.epoch.epoch().epoch,
    auditRows: store.auditHead().sequence,
    eventLoopDelay: eventLoop.read(),
    residentBytes: process.memoryUsage.rss(),
    upSeconds: Math.round(process.uptime()),
  }
}
