import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { systemClock } from './clock.ts'
import { loadProvinceConfig } from './config.ts'
import { ConfigRefusal } from './config-refusal.ts'
import { startProvince } from './server.ts'
import { setPasswordCommand } from './set-password-command.ts'

const usage = `usage: npm run province -- --port N [--host 127.0.0.1] [--data DIR] [--database postgres://…] [--config FILE] [--demo]
       npm run -s province -- set-password NAME --data DIR [--database postgres://…] < PASSWORD`

function fail(...lines: readonly string[]): never {
  for (const line of lines) console.error(line)
  process.exit(1)
}

if (process.argv[2] === 'set-password') {
  const { exitCode, text } = await setPasswordCommand(process.argv.slice(3), {
    clock: systemClock,
    // Nobody types it where it can be read: `systemd-ask-password` or a file.
    readLine: () => (process.stdin.isTTY ? undefined : readFileSync(0, 'utf8').split(/\r?\n/)[0]),
  })
  ;(exitCode === 0 ? process.stdout : process.stderr).write(text)
  process.exit(exitCode)
}

function options() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string', default: 'var/province' },
        database: { type: 'string' },
        config: { type: 'string', default: 'config/demo/province.json' },
        demo: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error), usage)
  }
}

const { port, host, data, database, config: file, demo } = options()
if (port === undefined || !/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
  fail('--port must be a number from 0 to 65535 (0: any free port)', usage)
}
if (database !== undefined && !/^postgres(ql)?:\/\//.test(database)) {
  fail('--database must be an address like postgres://user@host/database', usage)
}
const loaded = loadProvinceConfig(file)
if (!loaded.ok) fail(...loaded.problems)

const province = await startProvince({
  config: loaded.config,
  dataFolder: data,
  database,
  host,
  port: Number(port),
  demo,
}).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error)
  return fail(`${error instanceof ConfigRefusal ? file : 'province'}: ${reason}`)
})

const where = `data ${data}${database === undefined ? '' : '   PostgreSQL'}`
console.log(`province   ${province.url}   ${where}   config ${file}${demo ? '   demo' : ''}`)
process.send?.({ ready: true, url: province.url })

let stopping = false
const stop = () => {
  if (stopping) return
  stopping = true
  province.stop().then(
    () => process.exit(0),
    (error: unknown) => fail(`province: ${error instanceof Error ? error.stack : error}`),
  )
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
// Started by another process: end with it, however it ends.
process.on('disconnect', stop)
