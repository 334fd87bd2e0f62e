import { describe } from 'vitest'
import { doorJammed } from './door-jammed.ts'
import { doorLeftOpen } from './door-left-open.ts'
import { doorSwitchDead } from './door-switch-dead.ts'
import { itemBack } from './item-back.ts'
import { itemSensorDead } from './item-sensor-dead.ts'

// A machine each, side by side: most of their time is waiting for doors.
describe.concurrent('jammed', doorJammed)
describe.concurrent('left open', doorLeftOpen)
describe.concurrent('dead switch', doorSwitchDead)
describe.concurrent('dead item sensor', itemSensorDead)
describe.concurrent('item taken back', itemBack)
