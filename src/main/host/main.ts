import { fileURLToPath } from 'node:url'
import { problemLine } from '../core/config/config-problem.ts'
import { loadConfig } from '../core/config/load-config.ts'
import { ensurePage, pageFolder } from '../page/ensure-page.ts'
import { configurationExitCode } from '../supervision/keep-running.ts'
import { type Chromium, findChromium, hasDisplay, openChromium } from './chromium.ts'
import { hostUsage, readCommandLine } from './command-line.ts'
import { type Host, startHost } from './host.ts'
import { screenCookie } from './session-cookie.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const refuse = (line: string, exitCode: number): never => {
  process.stderr.write(`${line}\n`)
  process.exit(exitCode)
}

const command = readCommandLine(process.argv.slice(2))
if (typeof command === 'string') refuse(`${command}\n${hostUsage}`, 64)
else await run(command.configFile, command.port, command.browser)

async function run(configFile: string, port: number | undefined, browser: boolean) {
  const loaded = loadConfig(configFile)
  if (!loaded.ok) {
    refuse(loaded.problems.map(problemLine).join('\n'), configurationExitCode)
    return
  }
  await ensurePage(say)

  let host: Host | undefined
  let chromium: Chromium | undefined
  let stopping = false
  const stop = async (exitCode: number) => {
    if (stopping) return
    stopping = true
    await Promise.all([chromium?.close(), host?.stop()])
    process.exit(exitCode)
  }
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  process.on('SIGHUP', () => void stop(0))

  host = await startHost({
    coreEntry: fileURLToPath(new URL('../core/main.ts', import.meta.url)),
    coreArgs: ['--config', configFile],
    pageFolder,
    port: port ?? loaded.config.host.port,
    onCoreDown: (description) => say(`host   core ended (${description})`),
    onGaveUp: (exitCode) => void stop(exitCode),
  })
  // What is said here goes into a journal that more people read than may use the screen.
  const isForOthers = loaded.config.mode === 'demo' || !browser
  say(`host   ${isForOthers ? host.url : host.pageUrl}`)
  if (!browser) return
  const executable = findChromium()
  if (executable === undefined) return say(`screen no Chromium found: open ${host.url}`)
  chromium = await openChromium(executable, {
    url: host.pageUrl,
    session: { name: screenCookie, token: host.token },
    mode: hasDisplay() ? 'kiosk' : 'headless',
  })
  say(`screen ${executable} (pid ${chromium.pid})`)
}
