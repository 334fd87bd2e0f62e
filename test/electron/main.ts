import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { chooseScreen } from '../../src/demo/electron.ts'
import { hasDisplay } from '../../src/main/host/chromium.ts'

/** Runs the suite on the real Electron, or says in one line why it could not: that is no pass. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const run = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1

const underXvfb = !hasDisplay() && spawnSync('which', ['xvfb-run']).status === 0
const electron = await chooseScreen({
  browser: true,
  electron: process.argv.includes('--fetch'),
  hasDisplay: hasDisplay() || underXvfb,
})
if ('missing' in electron) {
  process.stdout.write(`NOT RUN: the suite on the real Electron, since ${electron.missing}\n`)
} else {
  process.env.MOTCUA_ELECTRON = electron.executable
  const suite = ['vitest', 'run', '--config', 'vitest.electron.config.ts']
  const built = run('npm', 'run', 'build')
  process.exitCode = built || (underXvfb ? run('xvfb-run', '-a', ...suite) : run('npx', ...suite))
}
