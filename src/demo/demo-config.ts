import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { ProvinceKeys } from '../contract/province/keys.ts'
import { provinceKeysSchema } from '../contract/province/keys.ts'
import type { DemoFolders } from './demo-folders.ts'

export const demoConfigFolder = fileURLToPath(new URL('../../config/demo', import.meta.url))

const compartmentSchema = z.looseObject({
  number: z.int(),
  kind: z.enum(['drop', 'result']),
  size: z.enum(['small', 'large']),
  board: z.int(),
  lock: z.int(),
  row: z.int(),
  column: z.int(),
})
export type DemoCompartment = z.output<typeof compartmentSchema>

/** As much of the kiosk's configuration as the outside world sees; the rest passes through unread. */
const templateSchema = z.looseObject({
  kioskId: z.string(),
  province: z.looseObject({}),
  devices: z.looseObject({
    printer: z.looseObject({ channel: z.looseObject({}) }),
    locker: z.looseObject({ channel: z.looseObject({}) }),
    reader: z.looseObject({ channel: z.looseObject({}) }),
    scanner: z.looseObject({ channel: z.looseObject({}) }),
  }),
  compartments: z.array(compartmentSchema),
  host: z.looseObject({}).default({}),
})

export interface DemoConfig {
  readonly kioskId: string
  readonly compartments: readonly DemoCompartment[]
}

const staffSchema = z.object({
  staff: z.array(
    z.object({
      displayName: z.string(),
      role: z.string(),
      badge: z.string(),
      pin: z.string().optional(),
    }),
  ),
  users: z.array(z.object({ name: z.string(), password: z.string().optional() })),
})
export type DemoStaff = z.output<typeof staffSchema>

const readDemoFile = (name: string): unknown =>
  JSON.parse(readFileSync(path.join(demoConfigFolder, name), 'utf8'))

/** Who works in the demo province, with badges, PINs and passwords, all public. */
export function readDemoStaff(): DemoStaff {
  return staffSchema.parse(readDemoFile('province.json'))
}

/** The public keys that the province made at its first start. */
export async function fetchProvinceKeys(provinceUrl: string): Promise<ProvinceKeys> {
  const response = await fetch(`${provinceUrl}/v1/keys`)
  if (!response.ok) throw new Error(`the province answered ${response.status} to /v1/keys`)
  return provinceKeysSchema.parse(await response.json())
}

/** Completes `config/demo/kiosk.json` with what is known only now, and writes it to the data folder. */
export function writeDemoConfig(
  folders: DemoFolders,
  running: {
    readonly provinceUrl: string
    readonly keys: ProvinceKeys
    readonly paths: {
      readonly printer: string
      readonly locker: string
      readonly scanner: string
    }
    readonly screenPort: number
  },
): DemoConfig {
  const template = templateSchema.parse(readDemoFile('kiosk.json'))
  const { printer, locker, scanner } = template.devices
  const { paths } = running
  const config = {
    ...template,
    province: { ...template.province, ...running.keys, url: running.provinceUrl },
    catalogueFile: path.join(demoConfigFolder, 'procedures.json'),
    devices: {
      ...template.devices,
      printer: { ...printer, channel: { ...printer.channel, path: paths.printer } },
      locker: { ...locker, channel: { ...locker.channel, path: paths.locker } },
      scanner: {
        ...scanner,
        channel: { ...scanner.channel, environment: { SANE_CONFIG_DIR: paths.scanner } },
      },
    },
    dataFolder: path.join(folders.root, 'kiosk'),
    journalFolder: path.join(folders.root, 'journal'),
    keys: { provider: 'file', folder: path.join(folders.root, 'keys') },
    host: { ...template.host, port: running.screenPort },
  }
  writeFileSync(folders.configFile, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 })
  return { kioskId: template.kioskId, compartments: template.compartments }
}
