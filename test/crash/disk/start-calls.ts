import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { damagedFolderOf } from '../../../src/main/store/restore/set-aside.ts'
import { type BareRun, configureBareCore, runBareCore } from '../../support/bare-core.ts'
import { type FailingCalls, straceOptions } from '../../support/failing-calls.ts'
import { changingCalls } from './calls-of-a-day.ts'

export interface StartCall {
  readonly call: string
  /** Below the machine's folder. */
  readonly file: string
}

export interface StartBench {
  /** What core asks of its own files at a start after a kill, once each. */
  calls(): Promise<readonly StartCall[]>
  /** A start at which such a call fails, on what a killed core left; then one at which none does. */
  start(
    failing: StartCall,
    how: 'once' | 'for good',
    error?: FailingCalls['error'],
  ): Promise<StartOutcome>
  remove(): void
}

export interface StartOutcome {
  readonly failing: BareRun
  readonly next: BareRun
  /** Something was set aside as damaged. */
  readonly restored: boolean
}

const calls = [...changingCalls, 'read', 'pread64']
/** Names with the number of a process in them: their writers are tried while core runs. */
const isTemporary = (file: string) => /\.\d+\.tmp$/.test(file)

export async function openStartBench(): Promise<StartBench> {
  const root = mkdtempSync(join(tmpdir(), 'start-calls-'))
  const folder = join(root, 'machine')
  const killed = join(root, 'killed')
  const output = join(root, 'calls.txt')
  mkdirSync(folder)
  const configFile = configureBareCore(folder)
  const first = await runBareCore(configFile, { whenReady: 'SIGKILL' })
  if (!first.ready) throw new Error(first.said)
  cpSync(folder, killed, { recursive: true })

  const runUnder = (options: FailingCalls) => {
    rmSync(folder, { recursive: true })
    cpSync(killed, folder, { recursive: true })
    return runBareCore(configFile, { under: ['strace', '-f', ...straceOptions(options, output)] })
  }
  return {
    async calls() {
      await runUnder({ calls })
      const seen = new Map<string, StartCall>()
      for (const line of readFileSync(output, 'utf8').split('\n')) {
        const call = /^\d+ +(\w+)\(/.exec(line)?.[1]
        const from = line.indexOf(`${folder}/`)
        if (call === undefined || from === -1 || line.includes(' ENOENT ')) continue
        const file = /^[^">]*/.exec(line.slice(from + folder.length + 1))?.[0] ?? ''
        if (!/^(kiosk|journal)\//.test(file) || isTemporary(file)) continue
        seen.set(`${file} ${call}`, { call, file })
      }
      return [...seen].toSorted(([a], [b]) => a.localeCompare(b)).map(([, one]) => one)
    },
    async start({ call, file }, how, error = 'EIO') {
      const failing = await runUnder({
        calls: [call],
        error,
        ...(how === 'once' && { nth: 1 }),
        paths: [join(folder, file)],
      })
      const next = await runBareCore(configFile)
      return { failing, next, restored: existsSync(damagedFolderOf(join(folder, 'kiosk'))) }
    },
    remove: () => rmSync(root, { recursive: true }),
  }
}
