import { takeDataLock } from '../data-lock.ts'

// Takes the lock, says so, and stays until it is killed.
const lock = takeDataLock(process.argv[2] ?? '')
process.send?.(lock.ok ? 'locked' : lock.message)
process.on('disconnect', () => process.exit(0))
