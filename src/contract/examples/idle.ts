import type { Screen } from '../screen.ts'

export const idleExamples: Readonly<Record<string, Screen>> = {
  idle: { name: 'idle', freeCompartments: 12, hint: 'none', problem: null },
  'idle-hint': {
    name: 'idle',
    freeCompartments: 3,
    hint: 'holdCardOrBag',
    problem: 'readNotWanted',
  },
  outOfService: { name: 'outOfService' },
}
