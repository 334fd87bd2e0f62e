import { describe } from 'vitest'
import { busCollection } from './bus-collection.ts'
import { busEmptying } from './bus-emptying.ts'
import { busIntake } from './bus-intake.ts'
import { busStocking } from './bus-stocking.ts'

// A machine each, side by side: most of their time is waiting for answers that do not come.
describe.concurrent('intake', busIntake)
describe.concurrent('collection', busCollection)
describe.concurrent('stocking', busStocking)
describe.concurrent('emptying', busEmptying)
