import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkConfig } from './config-checks.ts'
import { type ConfigProblem, problemsOf } from './config-problem.ts'
import { type ConfigFile, type KioskConfig, kioskConfigSchema } from './kiosk-config.ts'
import { readJson } from './read-json.ts'

export type LoadedConfig =
  | { readonly ok: true; readonly config: KioskConfig }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] }

/**
 * Reads and checks the configuration of a machine. Relative paths in it are meant from the file's own
 * folder and come back absolute.
 */
export function loadConfig(file: string): LoadedConfig {
  const json = readJson(file)
  if (!json.ok) return { ok: false, problems: [json.problem] }
  const parsed = kioskConfigSchema.safeParse(json.value)
  if (!parsed.success) return { ok: false, problems: problemsOf(file, parsed.error) }
  const problems = checkConfig(parsed.data).map((finding) => ({ file, ...finding }))
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, config: withAbsolutePaths(parsed.data, path.dirname(path.resolve(file))) }
}

function withAbsolutePaths(config: ConfigFile, folder: string): KioskConfig {
  const absolute = (name: string) => path.resolve(folder, name)
  const { tokenFile, tls } = config.province
  return {
    ...config,
    catalogueFile: absolute(config.catalogueFile),
    dataFolder: absolute(config.dataFolder),
    supportFolder: absolute(config.supportFolder ?? path.join(config.dataFolder, 'support')),
    exportFolder: absolute(config.exportFolder ?? path.join(config.dataFolder, 'exports')),
    scanFolder: absolute(config.scanFolder ?? memoryFolder(absolute(config.dataFolder))),
    journalFolder: absolute(config.journalFolder),
    ...(config.backupFolder !== undefined && { backupFolder: absolute(config.backupFolder) }),
    province: {
      ...config.province,
      ...(tokenFile === undefined ? {} : { tokenFile: absolute(tokenFile) }),
      ...(tls && {
        tls: {
          certificateFile: absolute(tls.certificateFile),
          keyFile: absolute(tls.keyFile),
          ...(tls.caFile !== undefined && { caFile: absolute(tls.caFile) }),
        },
      }),
    },
    devices: withAbsoluteChannels(config.devices, folder),
    keys:
      config.keys.provider === 'file'
        ? { ...config.keys, folder: absolute(config.keys.folder) }
        : config.keys,
  }
}

/** Every machine has its own, also where several share one computer. */
function memoryFolder(dataFolder: string): string {
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)
  return `/dev/shm/motcua-${name}`
}

/** Only `./…` and `../…` are files of ours (simulators); `/dev/…` and `COM3` stay as they are. */
function withAbsoluteChannels(devices: KioskConfig['devices'], folder: string) {
  const absolute = (name: string) => (/^\.{1,2}\//.test(name) ? path.resolve(folder, name) : name)
  const { printer, locker } = devices
  return {
    ...devices,
    ...(printer && {
      printer: {
        ...printer,
        channel: { ...printer.channel, path: absolute(printer.channel.path) },
      },
    }),
    ...(locker && {
      locker: { ...locker, channel: { ...locker.channel, path: absolute(locker.channel.path) } },
    }),
  }
}

/**
 * The bearer token towards the province.
 * @throws when the token file cannot be read: a machine without it can never deliver.
 */
export function readProvinceToken(config: KioskConfig): string {
  const { token, tokenFile } = config.province
  if (token !== undefined) return token
  if (tokenFile === undefined) throw new Error('province: neither token nor tokenFile')
  return readFileSync(tokenFile, 'utf8').trim()
}
