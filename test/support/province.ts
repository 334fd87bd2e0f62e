import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ProvinceKeys } from '../../src/contract/province/keys.ts'
import { type ProvinceConfig, provinceConfigSchema } from '../../src/province/config.ts'
import { smsContentSchema } from '../../src/province/notices/sms-content.ts'
import { unsealJson } from '../../src/province/notices/unseal-json.ts'
import { openKeys } from '../../src/province/security/keys.ts'
import { hashSecret } from '../../src/province/security/secret-hash.ts'
import type { ProvinceStore } from '../../src/province/store/contract.ts'
import { openPostgresStore } from '../../src/province/store/postgres/open-postgres-store.ts'
import type { Dossier } from '../../src/province/store/records/dossier-records.ts'
import type { StoredHeartbeat } from '../../src/province/store/records/kiosk-records.ts'
import type { StoredMessage } from '../../src/province/store/records/message-records.ts'
import { openSqliteStore } from '../../src/province/store/sqlite/open-sqlite-store.ts'
import { type Officer, signInOfficer } from './officer.ts'

/** Everything a test may show at the demo kiosk, the reader or the sign-in page. All of it is made up. */
export const demoKiosk = { id: 'K07', token: 'test-token-of-kiosk-K07-not-a-secret' } as const
export const otherKiosk = { id: 'K08', token: 'test-token-of-kiosk-K08-not-a-secret' } as const
export const demoOfficer = {
  staffId: 'canbo-01',
  badge: 'MCB1*TEST-OFFICER',
  pin: '246810',
} as const
export const demoOperator = {
  staffId: 'vanhanh-01',
  badge: 'MCB1*TEST-OPERATOR',
  pin: '135790',
} as const
export const webOfficer = { name: 'canbo', password: 'canbo-test-only' } as const
export const webOperator = { name: 'vanhanh', password: 'vanhanh-test-only' } as const
export const webManager = { name: 'quanly', password: 'quanly-test-only' } as const

/** Hashing with full cost would be most of a test's time. */
const cheap = { N: 1024, r: 8, p: 1 }

export async function testProvinceConfig(
  overrides: Partial<ProvinceConfig> = {},
): Promise<ProvinceConfig> {
  const staff = { displayName: 'Cán bộ mẫu', validDays: 30 }
  return provinceConfigSchema.parse({
    demo: true,
    provinceId: 'test-province',
    name: 'Trung tâm mẫu',
    timeZone: 'Asia/Ho_Chi_Minh',
    officialCode: { pattern: '{unitCode}-{yyMMdd}-{seq4}' },
    units: [
      { code: 'H99.01', name: 'Phường mẫu' },
      { code: 'H99.02', name: 'Xã mẫu' },
    ],
    kiosks: [
      { ...demoKiosk, unitCode: 'H99.01', place: 'Sảnh mẫu' },
      { ...otherKiosk, unitCode: 'H99.02', place: 'Sảnh khác' },
    ],
    staff: [
      {
        ...staff,
        staffId: demoOfficer.staffId,
        badge: demoOfficer.badge,
        role: 'officer',
        pinHash: await hashSecret(demoOfficer.pin, cheap),
      },
      {
        ...staff,
        staffId: demoOperator.staffId,
        badge: demoOperator.badge,
        role: 'operator',
        pinHash: await hashSecret(demoOperator.pin, cheap),
      },
    ],
    users: [
      {
        name: webOfficer.name,
        displayName: 'Cán bộ mẫu',
        role: 'officer',
        passwordHash: await hashSecret(webOfficer.password, cheap),
      },
      {
        name: webOperator.name,
        displayName: 'Vận hành mẫu',
        role: 'operator',
        passwordHash: await hashSecret(webOperator.password, cheap),
      },
      {
        name: webManager.name,
        displayName: 'Quản lý mẫu',
        role: 'manager',
        passwordHash: await hashSecret(webManager.password, cheap),
      },
    ],
    ...overrides,
  })
}

export interface JudgedSms {
  readonly id: number
  readonly kioskId: string
  readonly purpose: string
  readonly phone: string
  readonly text: string
  readonly qr: string | null
}

export interface Whereabouts {
  /** Of somebody else who removes it; without: a new one that goes with the province. */
  readonly dataFolder?: string
  /** `postgres://…`; without: SQLite in the data folder. */
  readonly database?: string
}

/** What the province holds, read from its store directly: works while it runs and after it was killed. */
export interface ProvinceJudge {
  dossiers(): Promise<readonly Dossier[]>
  messages(): Promise<readonly StoredMessage[]>
  sms(): Promise<readonly JudgedSms[]>
  /** The newest of each kiosk. */
  heartbeats(): Promise<readonly StoredHeartbeat[]>
}

export function judgeProvince(dataFolder: string, database?: string): ProvinceJudge {
  const read = async <T>(work: (store: ProvinceStore) => Promise<T>): Promise<T> => {
    const store = database ? await openPostgresStore(database) : openSqliteStore(dataFolder)
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }
  return {
    dossiers: () => read((store) => store.dossiers.list({ offset: 0, limit: 1_000_000 })),
    messages: () => read((store) => store.messages.list({ limit: 1_000_000 })),
    heartbeats: () => read((store) => store.heartbeats.newest()),
    async sms() {
      const keys = await openKeys(dataFolder, true)
      const stored = await read((store) => store.sms.after(0, 1_000_000))
      return Promise.all(
        stored.map(async ({ id, kioskId, purpose, sealed }) => {
          const content = await unsealJson(keys, sealed, smsContentSchema)
          if (!content.ok) throw new Error(`SMS ${id} cannot be opened`)
          const { phone, text, attachment } = content.value
          return { id, kioskId, purpose, phone, text, qr: attachment?.payload ?? null }
        }),
      )
    },
  }
}

export interface TestProvince extends ProvinceJudge {
  readonly url: string
  readonly kioskId: string
  readonly token: string
  readonly dataFolder: string
  readonly published: ProvinceKeys
  /** Signs in at the web page; presses its buttons. */
  officer(): Promise<Officer>
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>
  /** Starts again on the same data and port after `kill`. */
  restart(): Promise<void>
  /** Ends the process and removes its data. */
  stop(): Promise<void>
}

const mainFile = fileURLToPath(new URL('../../src/province/main.ts', import.meta.url))

/** Starts the province as a process of its own on a free port, with the demo kiosk and `/demo/sms`. */
export async function startTestProvince(
  overrides: Partial<ProvinceConfig> = {},
  { dataFolder: sharedFolder, database }: Whereabouts = {},
): Promise<TestProvince> {
  const folder = mkdtempSync(join(tmpdir(), 'province-'))
  const dataFolder = sharedFolder ?? join(folder, 'data')
  const configFile = join(folder, 'province.json')
  writeFileSync(configFile, JSON.stringify(await testProvinceConfig(overrides)))

  let child: ChildProcess | undefined
  const start = async (port: number): Promise<string> => {
    const args = ['--port', String(port), '--data', dataFolder, '--config', configFile, '--demo']
    if (database !== undefined) args.push('--database', database)
    const started = spawn(process.execPath, [mainFile, ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child = started
    let output = ''
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    }
    return new Promise((resolve, reject) => {
      started.once('exit', () => reject(new Error(`the province did not start: ${output}`)))
      started.once('message', (message: { url: string }) => resolve(message.url))
    })
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  const url = await start(0)
  const published = (await (await fetch(`${url}/v1/keys`)).json()) as ProvinceKeys
  return {
    url,
    kioskId: demoKiosk.id,
    token: demoKiosk.token,
    dataFolder,
    published,
    ...judgeProvince(dataFolder, database),
    officer: () => signInOfficer(url, webOfficer),
    kill: () => end('SIGKILL'),
    async restart() {
      await start(Number(new URL(url).port))
    },
    async stop() {
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
