import { isFirstStart } from '../kill-case.ts'
import { killCases } from '../kill-cases.ts'

/** A file of core by what it is for; its place below the machine's folder, or what its name looks like. */
export const diskFiles = {
  log: 'kiosk/kiosk.sqlite-wal',
  journal: 'journal/journal.log',
  pages: 'kiosk/pages',
  page: /kiosk\/pages\/\.[0-9a-f]{64}\.age\.\d+\.tmp/,
  receipt: /kiosk\/pages\/\.[0-9a-f]{64}\.receipt\.json\.\d+\.tmp/,
} as const
export type DiskFile = keyof typeof diskFiles

export interface DiskCase {
  /** Core halts inside this effect, and its next such call fails. */
  readonly at: string
  readonly call: 'openat' | 'pwrite64' | 'fsync' | 'rename'
  readonly file: DiskFile
}

/** Every write of both journeys, and every flush: each commit in the log of the database, and each file beside it. */
export function diskCases(): readonly DiskCase[] {
  return killCases()
    .filter((label) => !isFirstStart(label))
    .flatMap((at) => callsAfter(at).map(([call, file]) => ({ at, call, file })))
}

function callsAfter(label: string): readonly (readonly [DiskCase['call'], DiskFile])[] {
  const [phase, , effect = ''] = label.split('|')
  if (`${phase} ${effect}` === 'after commit:depositDossier') return [['pwrite64', 'journal']]
  if (phase !== 'before') return []
  if (effect.startsWith('commit:')) {
    return [
      ['pwrite64', 'log'],
      ['fsync', 'log'],
    ]
  }
  return ofFiles[effect] ?? []
}

/**
 * The threads that write files wake the event loop by a write, too, and would end with it. So of a file whose name
 * nobody knows before it is the opening that fails here; its write fails on a full disk.
 */
const ofFiles: Readonly<Record<string, readonly (readonly [DiskCase['call'], DiskFile])[]>> = {
  'fsync:journal': [['fsync', 'journal']],
  'write:file': [['openat', 'page']],
  'fsync:file': [['fsync', 'page']],
  'rename:file': [['rename', 'page']],
  'fsync:folder': [['fsync', 'pages']],
  'write:pageReceipt': [['openat', 'receipt']],
  'fsync:pageReceipt': [['fsync', 'receipt']],
  'rename:pageReceipt': [['rename', 'receipt']],
  'fsync:pageReceiptFolder': [['fsync', 'pages']],
}
