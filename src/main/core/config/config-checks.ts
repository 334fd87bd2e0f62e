import { mostQuietMinutes, quietMinutes } from '../../domain/quiet-hours.ts'
import type { ConfigProblem } from './config-problem.ts'
import {
  demoLimit,
  demoPrefix,
  demoTechnicianBadgeHash,
  demoTechnicianPinHash,
} from './demo-values.ts'
import type { ConfigFile } from './kiosk-config.ts'
import type { LocalizedText } from './localized-text.ts'

type Finding = Omit<ConfigProblem, 'file'>

/** What one key cannot tell by itself. */
export function checkConfig(config: ConfigFile): Finding[] {
  return [
    ...checkCompartments(config),
    ...checkTexts(config),
    ...checkProvince(config),
    ...checkBags(config),
    ...checkDisk(config),
    ...checkHours(config),
    ...(config.mode === 'production' ? checkProduction(config) : []),
  ]
}

function checkCompartments({ compartments, devices }: ConfigFile): Finding[] {
  const findings: Finding[] = []
  const numbers = new Set<number>()
  const addresses = new Map<string, number>()
  for (const [index, compartment] of compartments.entries()) {
    const key = `compartments[${index}]`
    if (numbers.has(compartment.number)) {
      findings.push({ key: `${key}.number`, reason: `${compartment.number} is used twice` })
    }
    numbers.add(compartment.number)
    const address = `board ${compartment.board} lock ${compartment.lock}`
    const other = addresses.get(address)
    if (other !== undefined) {
      findings.push({ key: `${key}.lock`, reason: `${address} already opens compartment ${other}` })
    }
    addresses.set(address, compartment.number)
    const locker = devices.locker?.options
    if (locker && !locker.boards.includes(compartment.board)) {
      findings.push({
        key: `${key}.board`,
        reason: `board ${compartment.board} is not in devices.locker.options.boards`,
      })
    }
    if (locker && compartment.hasItemSensor && !locker.hasItemSensor) {
      findings.push({ key: `${key}.hasItemSensor`, reason: 'the locker has no item sensors' })
    }
  }
  return findings
}

function checkTexts(config: ConfigFile): Finding[] {
  const texts: readonly (readonly [string, LocalizedText])[] = [
    ['helpLine.hours', config.helpLine.hours],
  ]
  const findings: Finding[] = texts.flatMap(([key, text]) =>
    config.languages
      .filter((language) => text[language] === undefined)
      .map((language) => ({
        key: `${key}.${language}`,
        reason: `missing, and the machine speaks ${language}`,
      })),
  )
  if (new Set(config.languages).size !== config.languages.length) {
    findings.push({ key: 'languages', reason: 'names a language twice' })
  }
  return findings
}

function checkProvince({ province }: ConfigFile): Finding[] {
  const url = new URL(province.url)
  const findings: Finding[] = []
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    findings.push({ key: 'province.url', reason: 'plain http is allowed to this machine only' })
  }
  if (url.protocol === 'http:' && province.tls !== undefined) {
    findings.push({ key: 'province.tls', reason: 'a certificate is shown over https only' })
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    findings.push({ key: 'province.url', reason: 'must hold no user, password, query or fragment' })
  }
  const { quietHours } = province.uploads
  const never = quietHours.findIndex(
    ({ weekday }) => quietMinutes(quietHours, weekday) > mostQuietMinutes,
  )
  if (never >= 0) {
    const reason = `leaves less than ${24 - mostQuietMinutes / 60} hours of the day to send in`
    findings.push({ key: `province.uploads.quietHours[${never}]`, reason })
  }
  const keyIds = province.receiptKeys.map((key) => key.keyId)
  if (new Set(keyIds).size !== keyIds.length) {
    findings.push({ key: 'province.receiptKeys', reason: 'names a keyId twice' })
  }
  return findings
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function checkBags({ bags }: ConfigFile): Finding[] {
  try {
    new RegExp(bags.codePattern, 'u')
    return []
  } catch {
    return [{ key: 'bags.codePattern', reason: 'is not a regular expression' }]
  }
}

function checkDisk({ limits }: ConfigFile): Finding[] {
  if (limits.fullDiskMegabytes < limits.freeDiskMegabytes) return []
  const reason = 'must be less than limits.freeDiskMegabytes'
  return [{ key: 'limits.fullDiskMegabytes', reason }]
}

function checkHours({ hours }: ConfigFile): Finding[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone: hours.timeZone })
    return []
  } catch {
    return [{ key: 'hours.timeZone', reason: `${hours.timeZone} is not a time zone` }]
  }
}

function checkProduction(config: ConfigFile): Finding[] {
  const findings: Finding[] = []
  const refuse = (key: string, reason: string) => findings.push({ key, reason })
  for (const name of ['printer', 'locker'] as const) {
    const path = config.devices[name]?.channel.path
    // A simulator's end of a PTY is a link in some folder or /dev/pts/N, never a real serial device.
    if (path !== undefined && (!/^(\/dev\/|COM\d+$)/.test(path) || path.startsWith('/dev/pts/'))) {
      refuse(
        `devices.${name}.channel.path`,
        'is not a serial device; simulators serve no production',
      )
    }
  }
  const readerPath = config.devices.reader?.channel.path
  if (readerPath !== undefined && /^\//.test(readerPath) && !readerPath.startsWith('/dev/hidraw')) {
    refuse('devices.reader.channel.path', 'is not a HID device; simulators serve no production')
  }
  const scanner = config.devices.scanner
  const isSimulated =
    /^(test|pnm|simulated|net:127\.|net:localhost)/.test(scanner?.options.device ?? '') ||
    // An own SANE configuration may call anything by any name.
    scanner?.channel.environment.SANE_CONFIG_DIR !== undefined
  if (isSimulated) {
    refuse('devices.scanner', 'is not a scanner on a cable; simulators serve no production')
  }
  if (config.province.url.startsWith('https:') && config.province.tls === undefined) {
    refuse('province.tls', 'production shows the province a certificate of its own')
  }
  if (config.province.token !== undefined) {
    refuse('province.token', 'production reads its token from tokenFile')
  }
  if (config.province.provinceId.startsWith(demoPrefix)) {
    refuse('province.provinceId', 'is a demo province')
  }
  for (const [index, key] of config.province.receiptKeys.entries()) {
    if (key.keyId.startsWith(demoPrefix)) {
      refuse(`province.receiptKeys[${index}].keyId`, 'is a demo key')
    }
  }
  if (config.languages.includes('km') && !config.nativeReviewed.includes('km')) {
    refuse('languages', 'km waits for a native speaker: name it in nativeReviewed afterwards')
  }
  if (config.keys.provider === 'file') {
    refuse('keys.provider', 'production keeps its keys in systemd credentials, not in files')
  }
  if (config.firstTechnician.badgeHash === demoTechnicianBadgeHash) {
    refuse('firstTechnician.badgeHash', 'is the badge of the demo technician')
  }
  if (config.firstTechnician.pinHash === demoTechnicianPinHash) {
    refuse('firstTechnician.pinHash', 'is the PIN of the demo technician')
  }
  for (const [key, limit] of Object.entries(config.limits)) {
    if (limit === demoLimit) refuse(`limits.${key}`, 'is the limit of a demonstration')
  }
  return findings
}
