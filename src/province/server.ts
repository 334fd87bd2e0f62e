import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import type { ProvinceKeys } from '../contract/province/keys.ts'
import { createAdapters } from './adapters/create-adapters.ts'
import { deliveryWorker } from './adapters/delivery-worker.ts'
import { demoRoutes } from './api/demo-routes.ts'
import { kioskRoutes } from './api/kiosk-routes.ts'
import { answerWithProblems } from './api/problems.ts'
import { type Clock, systemClock } from './clock.ts'
import type { ProvinceConfig } from './config.ts'
import { ConfigRefusal } from './config-refusal.ts'
import { localTime } from './local-time.ts'
import { consoleLog, type Log } from './log.ts'
import { noticeSender } from './notices/notice-sender.ts'
import { phoneCodeSender } from './notices/phone-code-sender.ts'
import { smsWriter } from './notices/sms-texts.ts'
import { resultSender } from './officer/send-result.ts'
import { staffGrants } from './officer/staff-grants.ts'
import { officialCode } from './official-code.ts'
import { retentionJob } from './privacy/retention-job.ts'
import { messageReceiver } from './receiving/receive-message.ts'
import { pageReceiver } from './receiving/receive-page.ts'
import { warnOfCertificate } from './security/certificate-warning.ts'
import { type Keys, openKeys } from './security/keys.ts'
import { readProvinceTls } from './security/tls.ts'
import { seed } from './seed.ts'
import { smsSender } from './sms/sms-sender.ts'
import { vnptGateway } from './sms/vnpt-gateway.ts'
import type { ProvinceStore } from './store/contract.ts'
import { openPostgresStore } from './store/postgres/open-postgres-store.ts'
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts'
import { createSessions } from './web/sessions.ts'
import { signInChecker } from './web/sign-in.ts'
import { web } from './web/web.ts'

export interface ProvinceOptions {
  readonly config: ProvinceConfig
  /** Holds `keys.json` and, without `database`, the store; made when missing. */
  readonly dataFolder: string
  /** `postgres://…`: the store that several processes with the same keys may share. Without: SQLite. */
  readonly database?: string | undefined
  readonly host?: string
  /** 0: any free port. */
  readonly port?: number
  /** Serves `/demo/sms`: only on loopback. */
  readonly demo?: boolean
  readonly clock?: Clock
  readonly log?: Log
}

export interface RunningProvince {
  readonly url: string
  readonly published: ProvinceKeys
  readonly store: ProvinceStore
  /** Resolves when every notice received so far is in the SMS outbox or failed. */
  noticesSettled(): Promise<void>
  /** Resolves when what has been kept long enough is gone, if a day has passed since the last time. */
  forgotten(): Promise<void>
  /** Resolves when nothing that is due now waits for the carrier. */
  smsSettled(): Promise<void>
  /** Resolves when nothing that is due now waits for an official system. */
  officialSettled(): Promise<void>
  stop(): Promise<void>
}

const minuteMs = 60_000
/** For one whole request: a kiosk that may have little of its office's line still brings a large page. */
const requestTimeout = 5 * minuteMs
const wantsCertificate = {
  requestCert: true,
  rejectUnauthorized: false,
  minVersion: 'TLSv1.2',
} as const
/** How often the queues are looked at; when something is due is a matter of the clock that was passed in. */
const lookEveryMs = 5_000

/** Starts the receiving service; resolves when it answers. */
export async function startProvince(options: ProvinceOptions): Promise<RunningProvince> {
  const { dataFolder, host = '127.0.0.1', port = 0, demo = false } = options
  const { clock = systemClock, log = consoleLog } = options
  if ((demo || options.config.demo) && !isLoopback(host)) {
    throw new Error(`a demo province listens on loopback only, not on ${host}`)
  }
  if (options.config.tls === undefined && !isLoopback(host)) {
    throw new ConfigRefusal(
      `tls: missing, and plain http is served on loopback only, not on ${host}`,
    )
  }
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const store = options.database
    ? await openPostgresStore(options.database)
    : openSqliteStore(dataFolder)
  try {
    return await serve({ ...options, host, port, demo, clock, log, store })
  } catch (error) {
    await store.close()
    throw error
  }
}

type Served = Required<Omit<ProvinceOptions, 'database'>> & { readonly store: ProvinceStore }

async function serve(options: Served): Promise<RunningProvince> {
  const { config, host, port, demo, clock, log, store } = options
  const keys = await ownKeys(options)
  const grants = staffGrants({ store, keys, clock })
  await seed({ config, store, grants, clock })

  const writer = smsWriter({ diacritics: config.smsDiacritics })
  const time = localTime(config.timeZone)
  const notices = noticeSender({ store, keys, writer, clock, time })
  const random = Math.random
  const { smsGateway } = config
  const carrier =
    smsGateway && smsSender({ store, keys, gateway: vnptGateway(smsGateway), clock, log, random })
  const sendSms = async () => carrier?.run()
  // What fails stays pending in the store; the next message, look or start takes it up again.
  const logFailure = (what: string) => (error: unknown) =>
    log('error', `${what}: ${error instanceof Error ? error.stack : String(error)}`)
  const sendNotices = () => {
    notices.run().then(sendSms).catch(logFailure('notices'))
  }

  const adapters = createAdapters(config.adapters, { timeZone: config.timeZone, clock, log })
  const unitName = (code: string) => config.units.find((unit) => unit.code === code)?.name ?? code
  const official = deliveryWorker({ store, keys, adapters, unitName, clock, log, random })
  const { retention } = config
  const forgetting = retentionJob({ store, keys, retention, clock, log })
  const look = () => {
    forgetting.run().catch(logFailure('retention'))
    official.run().catch(logFailure('official systems'))
    sendSms().catch(logFailure('sms'))
  }

  const tls = config.tls && readProvinceTls(config.tls)
  const stopWarning = tls && warnOfCertificate(tls.notAfter, clock, log)
  let server: Server | undefined
  const app = fastify({
    bodyLimit: config.limits.messageBytes,
    // Idle keep-alive connections must not hold up the end of the process.
    forceCloseConnections: true,
    requestTimeout,
    // Behind a proxy on this machine it is the proxy that knows where somebody comes from.
    trustProxy: config.https && config.tls === undefined ? 'loopback' : false,
    routerOptions: { maxParamLength: 200 },
    serverFactory: (handler) => {
      const times = { requestTimeout, headersTimeout: minuteMs / 2 }
      server = tls
        ? // Browsers of the staff show none: the kiosks' routes look at it, the page does not.
          createSecureServer({ ...times, ...tls, ...wantsCertificate }, handler)
        : createServer(times, handler)
      return server
    },
  })
  answerWithProblems(app, log)
  const published = keys.published(config.provinceId)
  const sendPhoneCode = phoneCodeSender({
    store,
    keys,
    writer,
    clock,
    perMinute: config.limits.phoneCodesPerMinute,
  })
  await app.register(async (scope) => {
    kioskRoutes(scope, {
      store,
      published,
      clock,
      receive: messageReceiver({ store, keys, provinceId: config.provinceId, clock }),
      receivePage: pageReceiver({ store, keys, provinceId: config.provinceId, clock }),
      pageBytes: config.limits.pageBytes,
      wantsCertificate: tls !== undefined,
      async sendPhoneCode(kioskId, sealed) {
        const outcome = await sendPhoneCode(kioskId, sealed)
        if (outcome === 'handedOver') sendSms().catch(logFailure('sms'))
        return outcome
      },
      onReceived: sendNotices,
    })
  })
  if (demo) demoRoutes(app, { store, keys })

  const { maxTries, lockMinutes, idleMinutes, maxHours, triesPerAddress } = config.signIn
  const parts = {
    store,
    keys,
    clock,
    grants,
    time,
    adapters,
    hasCarrier: carrier !== undefined,
    provinceName: config.name,
    secureCookies: config.https || tls !== undefined,
    codeOf: (unitCode: string, day: string, sequence: number) =>
      officialCode(config.officialCode.pattern, { unitCode, day, sequence }),
    sendResult: resultSender({ store, keys, clock }),
    sessions: createSessions({
      store: store.sessions,
      clock,
      idleMs: idleMinutes * minuteMs,
      maxMs: maxHours * 60 * minuteMs,
    }),
    checkSignIn: signInChecker({
      ...{ store, clock, maxTries, triesPerAddress },
      lockMs: lockMinutes * minuteMs,
    }),
  }
  await app.register((scope) => web(scope, parts, log))

  await app.listen({ host, port })
  sendNotices()
  look()
  const looking = setInterval(look, lookEveryMs)
  const address = server?.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    published,
    store,
    noticesSettled: () => notices.run(),
    forgotten: () => forgetting.run(),
    smsSettled: async () => {
      await notices.run()
      await sendSms()
    },
    officialSettled: () => official.run(),
    async stop() {
      stopWarning?.()
      clearInterval(looking)
      await app.close()
      await official.stop()
      // A run under way still writes: the store is closed only after it.
      await notices.run().catch(() => undefined)
      await carrier?.stop()
      await forgetting.run().catch(() => undefined)
      await store.close()
    },
  }
}

/** The keys of the data folder, if the store is theirs: with others every dossier in it would be unreadable. */
async function ownKeys({ config, dataFolder, store, clock }: Served): Promise<Keys> {
  const before = await store.identity.find()
  const inUse = before !== undefined || (await store.kiosks.list()).length > 0
  const keys = await openKeys(dataFolder, inUse)
  const { provinceId, ageRecipient } = keys.published(config.provinceId)
  const mine = { provinceId, keyId: keys.keyId, ageRecipient }
  const held = await store.identity.claim(mine, clock().toISOString())
  if (held.provinceId !== mine.provinceId) {
    throw new Error(`the store belongs to the province ${held.provinceId}`)
  }
  if (held.keyId !== mine.keyId || held.ageRecipient !== mine.ageRecipient) {
    throw new Error(`the store was begun with other keys than those in ${dataFolder}`)
  }
  return keys
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
