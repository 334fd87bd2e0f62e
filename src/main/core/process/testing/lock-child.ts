import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { takeDataLock } from '../data-lock.ts'

/** Keeps nothing of it. */
function take(): string {
  const lock = takeDataLock(process.argv[2] ?? '')
  return lock.ok ? 'locked' : lock.message
}

// Takes the lock, says so, and stays until it is killed. The lock must outlive what nobody refers to.
const said = take()
setFlagsFromString('--expose-gc')
runInNewContext('gc')()
process.send?.(said)
process.on('disconnect', () => process.exit(0))
