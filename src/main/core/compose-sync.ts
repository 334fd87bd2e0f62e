import type { Diagnosis } from '../../contract/diagnosis.ts'
import { isQuiet } from '../domain/quiet-hours.ts'
import type { PageShelf } from '../pages/page-shelf.ts'
import type { Store } from '../store/open-store.ts'
import type { SyncIncident } from '../sync/answer.ts'
import { createBandwidth } from '../sync/bandwidth.ts'
import { type Connectivity, trackConnectivity } from '../sync/connectivity.ts'
import { createFeedWorker } from '../sync/feed-worker.ts'
import { createHeartbeatWorker, type HeartbeatFacts } from '../sync/heartbeat-worker.ts'
import { createLossWatch } from '../sync/loss-watch.ts'
import { createOutboxWorker, type OutboxStatus } from '../sync/outbox-worker.ts'
import { createPageUploader, type SealedPages } from '../sync/page-uploader.ts'
import { createPhoneCodeSender, type SendPhoneCode } from '../sync/phone-code.ts'
import { createProvinceClient } from '../sync/province-client.ts'
import type { Sealer } from '../sync/seal.ts'
import { sendWithPages } from '../sync/send-with-pages.ts'
import type { TlsIdentity } from '../sync/tls-identity.ts'
import { createVerifier } from '../sync/verifier.ts'
import type { KioskConfig } from './config/kiosk-config.ts'
import { readProvinceToken } from './config/load-config.ts'
import { type KioskKeys, textSigner } from './keys/kiosk-keys.ts'
import type { Logger } from './log.ts'
import { tellCondition } from './tell-condition.ts'

export interface SyncParts {
  readonly config: KioskConfig
  readonly keys: KioskKeys
  readonly store: Store
  readonly sealer: Sealer
  /** Over https: what this kiosk shows to the province. */
  readonly tls: TlsIdentity | undefined
  readonly pages: SealedPages & Pick<PageShelf, 'forgetReceipts'>
  readonly runningMs: () => number
  /** How the machine is, for the heartbeat. */
  readonly diagnose: () => Diagnosis
  /** Whether a person stands before the machine. */
  readonly isServing: () => boolean
  /** The feed brought something: results to stock, grants, texts. */
  readonly onApplied: () => void
  readonly log: Logger
}

export interface ComposedSync {
  readonly sendPhoneCode: SendPhoneCode
  /** Something may have been queued. */
  notify(): void
  /** A person has dealt with what stopped the queue. */
  resume(): void
  status(): { readonly province: Connectivity; readonly worker: OutboxStatus }
  start(): void
  stop(): Promise<void>
}

/** The two directions to the province over one client. */
export function composeSync(parts: SyncParts): ComposedSync {
  const { config, keys, store, log } = parts
  const { province, kioskId, timeouts } = config
  const connectivity = trackConnectivity(() => new Date())
  connectivity.onChange(({ state, reason }) => log.info({ state, reason }, 'province'))
  const clock = {
    now: () => new Date(),
    runningMs: parts.runningMs,
    setTimer(delayMs: number, fire: () => void) {
      const timer = setTimeout(fire, delayMs)
      return () => clearTimeout(timer)
    },
  }
  const { maxKilobitsPerSecond, quietHours } = province.uploads
  const client = createProvinceClient({
    url: province.url,
    kioskId,
    token: readProvinceToken(config),
    provinceId: province.provinceId,
    receiptKeys: province.receiptKeys,
    tls: parts.tls,
    bandwidth:
      maxKilobitsPerSecond === undefined
        ? undefined
        : createBandwidth(maxKilobitsPerSecond * 125, clock),
    deadlineMs: timeouts.provinceRequestMs,
    onExchange: connectivity.note,
  })
  const report = (incident: SyncIncident) => {
    const { severity, event, ...details } = incident
    log[severity === 'alarm' ? 'error' : 'warn'](details, event)
    store.flow.audit.record(`sync.${event}`, { severity, ...details })
  }
  const outbox = createOutboxWorker(
    {
      outbox: store.outbox,
      epochs: store.epoch,
      client: {
        registerEpoch: client.registerEpoch,
        sendMessage: sendWithPages(
          client,
          createPageUploader({ client, pages: parts.pages }),
          store.pages.pagesOf,
        ),
      },
      slipKey: { keyId: keys.slip.keyId, publicKey: keys.slip.publicKey },
      clock,
      random: Math.random,
      report,
    },
    {
      isQuiet: () => isQuiet(clock.now(), { timeZone: config.hours.timeZone, week: quietHours }),
      isServing: parts.isServing,
    },
  )
  const feed = createFeedWorker(
    {
      feed: store.feed,
      client,
      staffVerifier: createVerifier(province.staffKeys ?? province.receiptKeys),
      clock,
      random: Math.random,
      report,
      onApplied: parts.onApplied,
    },
    { pollMs: timeouts.feedPollMs },
  )
  const heartbeat = createHeartbeatWorker({
    kioskId,
    client,
    facts: () => heartbeatFacts(store, parts.diagnose()),
    epoch: store.epoch.epoch,
    audit: { head: store.auditHead, hashAt: store.auditHashAt },
    signer: textSigner(keys),
    losses: createLossWatch({
      sent: store.sent,
      client,
      forgetPageReceipts: (lanes) => parts.pages.forgetReceipts(lanes.flatMap(store.pages.pagesOf)),
      clock,
      report,
      onFound() {
        tellCondition(store, 'province', log)('PROVINCE_WENT_BACK', null)
        outbox.notify()
      },
      onWhole() {
        const told = store.conditions.told('province')
        const { pending, sending, parked } = store.outbox.counts()
        const isOver = pending + sending + parked === 0
        if (told && isOver) tellCondition(store, 'province', log)(null, told)
      },
    }),
    clock,
    report,
  })
  return {
    sendPhoneCode: createPhoneCodeSender(client, parts.sealer, timeouts.phoneCodeRequestMs),
    notify: () => outbox.notify(),
    resume: () => outbox.resume(),
    status: () => ({ province: connectivity.current(), worker: outbox.status() }),
    start() {
      outbox.start()
      feed.start()
      heartbeat.start()
    },
    async stop() {
      await Promise.all([outbox.stop(), feed.stop(), heartbeat.stop()])
    },
  }
}

function heartbeatFacts(store: Store, diagnosis: Diagnosis): HeartbeatFacts {
  const { pending, sending, parked } = store.outbox.counts()
  const { certificateNotAfter } = diagnosis
  const { free, suspect, unknown } = diagnosis.compartments
  return {
    clockSynchronised: diagnosis.clockSynchronised,
    outbox: { pending: pending + sending, parked, oldestAt: store.outbox.oldestOpenAt() },
    services: diagnosis.services,
    supplies: diagnosis.supplies,
    compartments: { free, blocked: suspect.length + unknown.length },
    ...(certificateNotAfter !== undefined && { certificateNotAfter }),
  }
}
