import { demoUsage, readDemoCommand } from './command-line.ts'
import { startGuard } from './guard.ts'
import { startDemo } from './start-demo.ts'

const startedAtMs = performance.now()
const command = readDemoCommand(process.argv.slice(2))
if (typeof command === 'string') {
  process.stderr.write(`${command}\n${demoUsage}\n`)
  process.exit(64)
}
if (process.env.NODE_ENV === 'production') {
  process.stderr.write('the demo is refused in production\n')
  process.exit(1)
}

const say = (component: string, line: string) =>
  process.stdout.write(`${component.padEnd(9)} ${line}\n`)
const guard = startGuard()
const stops: (() => Promise<void>)[] = []
let stopping: Promise<void> | undefined

function stop(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    for (const end of stops.reverse()) {
      await end().catch((error: unknown) => say('stop', String(error)))
    }
    await guard.close()
    process.exit(exitCode)
  })()
  return stopping
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping === undefined) say('stop', 'ending everything')
    void stop(0)
  })
}
// `npm` killed without a chance to pass a signal on: its child is adopted by somebody else.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) void stop(0)
}, 500).unref()

try {
  await startDemo(command, {
    guard,
    say,
    onStop: (end) => {
      stops.push(end)
      // Told to end while something was still coming up.
      if (stopping !== undefined) void end()
    },
    onEnded: (component, how) => {
      if (stopping !== undefined) return
      say(component, `has ended (${how}); so ends the demo`)
      void stop(1)
    },
  })
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  say('ready', `in ${seconds} s; Ctrl-C ends all of it`)
} catch (error) {
  if (stopping === undefined) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  }
  await stop(1)
}
