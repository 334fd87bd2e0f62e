import { flag, oneOf, wholeNumber, words } from '../base/control-arguments.ts'
import type { CommandArguments, ControlCommands } from '../base/control-server.ts'
import type { Bank } from './bank.ts'
import type { Door } from './door.ts'

/** Hands and mishaps at the cabinet. `changed` is called after everything that outlasts a restart. */
export function lockerCommands(bank: Bank, changed: () => void): ControlCommands {
  const doorOf = (args: CommandArguments): Door =>
    bank.door(wholeNumber(args, 'board', 0), wholeNumber(args, 'lock'))

  const at =
    (act: (door: Door, args: CommandArguments) => unknown) =>
    (args: CommandArguments): unknown => {
      const result = act(doorOf(args), args)
      changed()
      return result
    }

  return {
    openDoor: at((door) => door.force()),
    closeDoor: at((door) => door.close()),
    pullDoor: at((door) => ({ opened: door.pull() })),
    putItem: at((door, args) => door.putItem(words(args, 'item'))),
    takeItem: at((door, args) => ({
      item: door.takeItem(args.item === undefined ? undefined : words(args, 'item')),
    })),
    jam: at((door, args) => door.jam(flag(args, 'on', true))),
    coilStuck: at((door, args) => door.coil(flag(args, 'on', true))),
    /** A dead sensor stays at `stuck`, or at what it shows now. */
    sensorDead: at((door, args) => {
      const on = flag(args, 'on', true)
      switch (oneOf(args, 'which', ['door', 'item'])) {
        case 'door': {
          const stuck = oneOf(
            args,
            'stuck',
            ['open', 'closed'],
            door.sensedOpen() ? 'open' : 'closed',
          )
          return door.stickDoorSensor(on ? stuck : undefined)
        }
        case 'item': {
          const now = door.sensedItem() ? 'present' : 'absent'
          const stuck = oneOf(args, 'stuck', ['present', 'absent'], now)
          return door.stickItemSensor(on ? stuck : undefined)
        }
      }
    }),
    state: () => ({ doors: bank.state() }),
  }
}
