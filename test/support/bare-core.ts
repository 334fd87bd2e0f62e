import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const source = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

/** Core alone: no device on its wires, no province; all that it keeps lies below one folder. @returns the configuration */
export function configureBareCore(folder: string): string {
  const demo = JSON.parse(readFileSync(source('config/demo/kiosk.json'), 'utf8'))
  const configFile = join(folder, 'kiosk.json')
  const at = (name: string) => join(folder, name)
  writeFileSync(
    configFile,
    JSON.stringify({
      ...demo,
      province: { ...demo.province, url: 'http://127.0.0.1:9' },
      catalogueFile: source('config/demo/procedures.json'),
      ...{ dataFolder: at('kiosk'), journalFolder: at('journal'), scanFolder: at('scans') },
      keys: { provider: 'file', folder: at('keys') },
    }),
  )
  return configFile
}

export interface BareRun {
  readonly ready: boolean
  readonly exitCode: number | null
  readonly said: string
}

export interface BareRunOptions {
  /** The program and options that core is started under, as strace(1). */
  readonly under?: readonly string[]
  /** What is done with it as soon as it is ready. */
  readonly whenReady?: 'SIGTERM' | 'SIGKILL' | (() => Promise<void>)
}

/** Until it is ready, and then ended; or until it has ended by itself. */
export async function runBareCore(
  configFile: string,
  { under = [], whenReady = 'SIGTERM' }: BareRunOptions = {},
): Promise<BareRun> {
  const [program = '', ...args] = [
    ...under,
    ...[process.execPath, source('src/main/core/main.ts'), '--config', configFile],
  ]
  const core = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  let ready = false
  const lines = createInterface({ input: core.stderr })
  lines.on('line', (line) => {
    said += `${line}\n`
    if (ready || !line.includes('"core ready"')) return
    ready = true
    const pid = Number(JSON.parse(line).pid)
    const end = (signal: NodeJS.Signals) => process.kill(pid, signal)
    if (typeof whenReady === 'string') end(whenReady)
    else void whenReady().finally(() => end('SIGTERM'))
  })
  const [exitCode] = await once(core, 'close')
  return { ready, exitCode, said }
}
