import { takeDataLock } from '../data-lock.ts'

// Takes the lock, says so, and stays until it is killed. Nobody refers to the lock meanwhile, and what can be
// collected is.
function take(): string {
  const lock = takeDataLock(process.argv[2] ?? '')
  return lock.ok ? 'locked' : lock.message
}

const said = take()
const collect = (globalThis as { gc?: () => void }).gc ?? (() => {})
collect()
setImmediate(() => {
  collect()
  setImmediate(() => process.send?.(said))
})
process.on('disconnect', () => process.exit(0))
